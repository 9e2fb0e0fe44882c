//! What editors show and complete within `streaming_net!`: a module for each layer kind, a field for each of its keys and
//! flags. An expansion names them where `cfg(rust_analyzer)` is set, and nothing else does.

macro_rules! kind {
    (
        $(#[doc = $kind_doc:literal])*
        $kind:ident { $($(#[doc = $doc:literal])* $argument:ident,)* }
    ) => {
        $(#[doc = $kind_doc])*
        pub mod $kind {
            /// The keys and flags of the layer kind.
            #[derive(Debug)]
            #[non_exhaustive]
            pub struct Arguments {
                $($(#[doc = $doc])* pub $argument: (),)*
            }

            /// One of each.
            pub const ARGUMENTS: Arguments = Arguments { $($argument: (),)* };
        }
    };
}

/// A kind that has weights: it takes `in`, `out`, `no_bias` and an activation beside its own.
macro_rules! weighted {
    (
        $(#[doc = $kind_doc:literal])*
        $kind:ident { $($(#[doc = $doc:literal])* $argument:ident,)* }
    ) => {
        kind! {
            $(#[doc = $kind_doc])*
            $kind {
                /// `in=2`: channels of an input frame. The first layer says it; for a later one, it is what the layer
                /// before gives.
                r#in,
                /// `out=4`: channels of an output frame.
                out,
                $($(#[doc = $doc])* $argument,)*
                /// The layer was trained without a bias.
                no_bias,
                /// `max(x, 0)`
                relu,
                /// `min(max(x, 0), 6)`
                relu6,
                /// `leaky_relu=0.1`: `x`, and `0.1 * x` below zero.
                leaky_relu,
                /// `elu=1.0`: `x`, and `1.0 * (exp(x) - 1)` below zero.
                elu,
                /// The hyperbolic tangent.
                tanh,
                /// `1 / (1 + exp(-x))`
                sigmoid,
                /// `exp(x)` of each channel, divided by their sum.
                softmax,
            }
        }
    };
}

/// A kind that is a function of each frame.
macro_rules! activation {
    (
        $(#[doc = $kind_doc:literal])*
        $kind:ident { $($(#[doc = $doc:literal])* $argument:ident,)* }
    ) => {
        kind! {
            $(#[doc = $kind_doc])*
            $kind {
                /// `in=2`: channels of a frame. Only a first layer has to say it.
                r#in,
                $($(#[doc = $doc])* $argument,)*
            }
        }
    };
}

weighted! {
    /// `conv(k=3, in=2, out=4)`: a convolution over time.
    conv {
        /// `k=3`: the kernel's taps.
        k,
        /// `dilation=2`: frames from tap to tap, 1 when left out.
        dilation,
        /// `stride=2`: input frames for one output, 1 when left out.
        stride,
        /// `groups=2`: groups of channels, 1 when left out. Output group `g` sees input group `g` alone.
        groups,
        /// No output before the taps are full; the default.
        valid,
        /// Zeros before the first frame, and an output for every frame.
        causal,
    }
}

weighted! {
    /// `depthwise(k=3)`: a convolution with as many groups as channels.
    depthwise {
        /// `k=3`: the kernel's taps.
        k,
        /// `dilation=2`: frames from tap to tap, 1 when left out.
        dilation,
        /// `stride=2`: input frames for one output, 1 when left out.
        stride,
        /// No output before the taps are full; the default.
        valid,
        /// Zeros before the first frame, and an output for every frame.
        causal,
    }
}

weighted! {
    /// `dense(out=4)`: a convolution with one tap.
    dense {}
}

activation! {
    /// `max(x, 0)`
    relu {}
}
activation! {
    /// `min(max(x, 0), 6)`
    relu6 {}
}
activation! {
    /// `x`, and `slope * x` below zero.
    leaky_relu {
        /// `slope=0.1`: the slope below zero.
        slope,
    }
}
activation! {
    /// `x`, and `alpha * (exp(x) - 1)` below zero.
    elu {
        /// `alpha=1.0`: the limit below zero, made positive.
        alpha,
    }
}
activation! {
    /// The hyperbolic tangent.
    tanh {}
}
activation! {
    /// `1 / (1 + exp(-x))`
    sigmoid {}
}
activation! {
    /// `exp(x)` of each channel, divided by their sum.
    softmax {}
}
