//! An expansion means the same wherever it stands: no prelude, names that are taken, inside a function, switched off.

#![no_implicit_prelude]

use ::core::clone::Clone as _;
use ::core::default::Default as _;
use ::core::option::Option::{None, Some};
use ::core::{assert, assert_eq};
use ::streaming_net::{StreamingNet, streaming_net};

/// Names that an expansion must not take for its own.
mod core {}
mod std {}
#[allow(dead_code, reason = "they are there to be in the way")]
mod taken {
    pub(crate) struct Option;
    pub(crate) struct Conv;
    pub(crate) struct History;
    pub(crate) fn relu() {}
    pub(crate) fn frame() {}
    pub(crate) struct Delay;
    pub(crate) fn add() {}
    pub(crate) fn branch() {}
    pub(crate) fn joined() {}
    pub(crate) static FIRST: u8 = 0;
}
/// What an expansion calls its variables.
#[allow(dead_code, reason = "they are there to be in the way")]
mod variables {
    pub(crate) fn frame() {}
    pub(crate) fn frames() {}
    pub(crate) fn first() {}
    pub(crate) fn second() {}
    pub(crate) fn input() {}
    pub(crate) fn block() {}
    pub(crate) fn skips() {}
    pub(crate) fn early_1() {}
    pub(crate) fn net() {}
    pub(crate) fn compared() {}
}
#[allow(unused_imports, reason = "they are there to be in the way")]
use self::taken::{Conv, Delay, FIRST, History, Option, add, branch, frame, joined, relu};

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub(crate) struct Block < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >;

    #[weights = "weights/notebook_v3.json"]
    struct Second < conv(k=3, in=2, out=4, relu) >
}

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    #[cfg(any())]
    pub struct SwitchedOff < conv(k=3, in=2, out=4, relu) >
}

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    #[cfg(all())]
    #[derive(Clone, Debug, Default, PartialEq)]
    #[repr(align(64))]
    #[must_use]
    pub struct Decorated < conv(k=3, in=2, out=4, relu) >
}

const FRAMES: [[f32; 2]; 3] =
    [[0.696_469_2, 0.286_139_34], [0.226_851_45, 0.551_314_8], [0.719_468_95, 0.423_106_46]];

fn last<N: StreamingNet<Input = [f32; 2]>>(mut net: N) -> ::core::option::Option<N::Output> {
    let [first, second, third] = FRAMES;
    assert!(net.push(first).is_none());
    assert!(net.push(second).is_none());
    net.push(third)
}

#[test]
fn nothing_is_mistaken_for_a_name_of_the_user() {
    let Some([_, y, ..]) = last(Block::new()) else {
        ::core::panic!("the third frame has an output")
    };
    assert!((y - 0.311_806_38).abs() < 1e-6);
    assert!(last(Second::new()).is_some());
}

/// Closures, blocks, several states and frames, where every variable of theirs is the name of something else.
mod branched {
    #[allow(unused_imports, reason = "they are there to be in the way")]
    use super::variables::{
        block, compared, early_1, first, frame, frames, input, net, second, skips,
    };
    use ::streaming_net::streaming_net;

    streaming_net! {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(super) struct Branched <
            sum(in=2) < max_pool(size=2); delay(frames=1) | residual < delay(frames=2) >; avg_pool(size=2) >;
            skips < skip(); residual < tanh(); skip() >; gated(linear, sigmoid); concat < relu() | > >;
            concat < delay(frames=1) | | product < sigmoid() | delay(frames=2) > >;
            gated();
            upsample(n=2);
            residual < relu() >;
            upsample(n=3)
        >;

        struct Upsampled < upsample(in=1, n=2) >;

        #[weights = "weights/expansions/resting.json"]
        #[start = "rest"]
        #[self_test]
        struct Resting <
            conv(k=3, in=1, out=2, relu);
            conv(k=2, out=1, dilation=2, causal);
            avg_pool(size=2)
        >
    }

    #[test]
    fn a_network_among_names() {
        let mut net = Branched::new();
        let outputs: [_; 24] = ::core::array::from_fn(|_| net.push([0.5, -0.5]));
        ::core::assert!(outputs[23].is_some() || outputs[22].is_some());
        ::core::assert_eq!(Upsampled::new().push([1.0]), ::core::option::Option::Some([[1.0]; 2]));
        let mut resting = Resting::new();
        ::core::assert_eq!(resting.self_test(), ::core::result::Result::Ok(()));
        ::core::assert_eq!(resting.push([0.0]), ::core::option::Option::Some([0.75]));
    }
}

/// Constants, which a pattern of their name would mean, and types with the names of primitive ones.
mod constants {
    #![allow(dead_code, unused_imports, reason = "they are there to be in the way")]
    #![allow(non_camel_case_types, non_upper_case_globals, reason = "as variables and primitives")]

    use ::streaming_net::streaming_net;

    struct f32;
    enum usize {}
    trait u8 {}
    type str = ();
    const frame: i32 = 0;
    const frames: i32 = 0;
    const outputs: i32 = 0;
    const net: i32 = 0;
    const skips: i32 = 0;
    const scratch: i32 = 0;
    const buffer_1: i32 = 0;
    const first: i32 = 0;
    const compared: i32 = 0;
    const conv1: i32 = 0;
    const skip2: i32 = 0;
    const kernel: i32 = 0;
    const bias: i32 = 0;
    const RUN: i32 = 0;
    const CONV1: i32 = 0;
    static block: i32 = 0;
    static sum: i32 = 0;
    static relu: i32 = 0;

    streaming_net! {
        #[weights = "weights/expansions/capture.json"]
        #[block = "fast"]
        pub(super) struct Capture <
            conditioned <
                skips <
                    dense(in=1, out=4, no_bias);
                    residual < conv(k=3, out=4, causal); mixin(); relu(); skip(); dense(out=4) >;
                    residual < conv(k=3, out=8, dilation=4, causal); mixin(); gated(); skip(); dense(out=4) >;
                    head(out=4, no_bias);
                    residual < conv(k=2, out=4, dilation=2, causal, relu); skip() >;
                    residual < conv(k=2, out=4, causal); mixin(relu); skip(); dense(out=4) >;
                    skip(out=4);
                    conv(k=2, out=4, dilation=3, causal, relu);
                    skip()
                >
            >;
            dense(out=1)
        >

        #[weights = "weights/expansions/resting.json"]
        #[start = "rest"]
        #[self_test]
        pub(super) struct Resting <
            conv(k=3, in=1, out=2, relu);
            conv(k=2, out=1, dilation=2, causal);
            avg_pool(size=2)
        >

        #[weights = "weights/expansions/upsampled.json"]
        pub(super) struct Upsampled <
            conv_transpose(k=3, in=2, out=1, stride=2, relu); upsample(n=2); conv(k=2, out=1, causal, softmax)
        >
    }
}

#[test]
fn constants_and_types_are_not_mistaken_for_names_of_the_expansion() {
    let mut net = constants::Capture::new();
    let mut block = net.clone();
    let mut outputs = [[0.0]; 9];
    assert_eq!(block.push_block(&[[0.5]; 9], &mut outputs), 9);
    assert_eq!(outputs.map(Some), [[0.5]; 9].map(|frame| net.push(frame)));
    assert!(constants::Resting::new().self_test().is_ok());
    assert_eq!(constants::Upsampled::new().push([0.0; 2]), Some([[1.0]; 4]));
}

#[test]
fn a_network_in_a_function() {
    streaming_net! {
        #[weights = "weights/expansions/wrapped.json"]
        struct Block < conv(k=3, in=2, out=4, relu) >
    }
    let Some(inner) = last(Block::new()) else { ::core::panic!("the third frame has an output") };
    assert_eq!(last(Second::new()), Some(inner));
}

#[test]
fn attributes_go_to_the_struct() {
    assert_eq!(::core::mem::align_of::<Decorated>(), 64);
    assert_eq!(Decorated::STATE_BYTES, ::core::mem::size_of::<Decorated>());
    assert!(Decorated::default() == Decorated::new());
}

#[test]
fn a_network_fits_a_static_and_moves_between_threads() {
    static NET: ::std::sync::Mutex<Block> = ::std::sync::Mutex::new(Block::new());
    fn sendable<T: ::core::marker::Send + 'static>(_: &T) {}
    sendable(&NET);
    let ::core::result::Result::Ok(mut net) = NET.lock() else { ::core::panic!("nobody else") };
    assert_eq!(net.push(FRAMES[0]), None);
}

/// What passes through another macro arrives in invisible groups.
macro_rules! wrapper {
    ($(#[$meta:meta])* $vis:vis $name:ident, $path:literal, $taps:literal, $slope:expr) => {
        streaming_net! {
            $(#[$meta])*
            #[weights = $path]
            $vis struct $name < conv(k=$taps, in=2, out=4, leaky_relu=$slope) >
        }
    };
}

wrapper! {
    #[derive(Clone, Default)]
    Wrapped, "weights/expansions/wrapped.json", 3, -0.5
}
wrapper! {
    #[cfg(any())]
    pub WrappedOff, "weights/nowhere.json", 3, 0.5
}

#[test]
fn a_network_through_another_macro() {
    let Some([a, b, ..]) = last(Wrapped::default()) else { ::core::panic!("it outputs") };
    assert!((a - 0.425_194_1).abs() < 1e-6, "as without the macro: {a}");
    assert!((b - 0.5 * 0.073_543_39).abs() < 1e-6, "the slope is negative: {b}");
}
