// streaming_net! {
//     /// Three mistakes: the type is there, with the shape that is known.
//     #[weights = "weights/notebook_v4.json"]
//     pub struct Mistaken <
//         conv(k=0, in=2, out=4, relu);
//         conf(k=1, out=5);
//         conv(k=1, out=5, reluu)
//     >
// }

/// Three mistakes: the type is there, with the shape that is known.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct Mistaken {}
#[allow(clippy::same_name_method, reason = "the trait's methods are these")]
impl Mistaken {
    /// Channels of an input frame.
    pub const INPUTS: ::core::primitive::usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: ::core::primitive::usize = 5;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: ::core::primitive::usize = 1;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: ::core::primitive::usize = 0;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: ::core::primitive::usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: ::core::primitive::usize = 0;
    /// The layers and their costs, as a table. It takes flash where it is used.
    pub const SUMMARY: &'static ::core::primitive::str = "";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
    /// Takes the next frame.
    pub fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 5]> {
        let _ = __frame;
        ::core::unreachable!()
    }
    /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
    /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 5]],
    ) -> ::core::primitive::usize {
        let _ = (__frames, __outputs);
        ::core::unreachable!()
    }
    /// Returns to the initial state, as after [`new`](Self::new).
    pub fn reset(&mut self) {}
}
impl ::core::default::Default for Mistaken {
    fn default() -> Self {
        Self::new()
    }
}
impl ::streaming_net::StreamingNet for Mistaken {
    type Input = [::core::primitive::f32; 2];
    type Output = [::core::primitive::f32; 5];
    const INPUTS: ::core::primitive::usize = Self::INPUTS;
    const OUTPUTS: ::core::primitive::usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: ::core::primitive::usize = Self::RECEPTIVE_FIELD;
    const MACS: ::core::primitive::usize = Self::MACS;
    const STATE_BYTES: ::core::primitive::usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: ::core::primitive::usize = Self::WEIGHT_BYTES;
    fn push(
        &mut self,
        __frame: [::core::primitive::f32; 2],
    ) -> ::core::option::Option<[::core::primitive::f32; 5]> {
        Self::push(self, __frame)
    }
    fn push_block(
        &mut self,
        __frames: &[[::core::primitive::f32; 2]],
        __outputs: &mut [[::core::primitive::f32; 5]],
    ) -> ::core::primitive::usize {
        Self::push_block(self, __frames, __outputs)
    }
    fn reset(&mut self) {
        Self::reset(self);
    }
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    {
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::__private::editor::conf as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::__private::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.reluu;
        }
    }
};
::core::compile_error! {
    "`k` must be at least 1, not 0"
}
::core::compile_error! {
    "no layer kind `conf`\nhelp: did you mean `conv`?"
}
::core::compile_error! {
    "`conv` has no `reluu`\nhelp: did you mean `relu`?"
}
