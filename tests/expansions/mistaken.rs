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
impl Mistaken {
    /// Channels of an input frame.
    pub const INPUTS: usize = 2;
    /// Channels of an output frame.
    pub const OUTPUTS: usize = 5;
    /// The number of newest input frames that an output depends on.
    pub const RECEPTIVE_FIELD: usize = 1;
    /// Multiply-accumulates of the costliest push.
    pub const MACS: usize = 0;
    /// Bytes of RAM that the network holds between pushes.
    pub const STATE_BYTES: usize = ::core::mem::size_of::<Self>();
    /// Bytes of weights in flash.
    pub const WEIGHT_BYTES: usize = 0;
    /// A table of the layers and their costs. It takes flash only if the firmware uses it.
    pub const SUMMARY: &'static str = "";
    /// A network in its initial state, before the first frame.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
    /// Takes the next frame.
    pub fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[f32; 5]> {
        let _ = frame;
        ::core::unreachable!()
    }
    /// Pushes several frames, writes their outputs to the start of `answers` and returns how many it wrote. The
    /// outputs are bit for bit those of [`push`](Self::push). If `answers` is too short, the remaining outputs
    /// are dropped; the state still advances.
    pub fn push_block(
        &mut self,
        frames: &[[f32; 2]],
        answers: &mut [[f32; 5]],
    ) -> usize {
        let _ = (frames, answers);
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
    type Input = [f32; 2];
    type Output = [f32; 5];
    const INPUTS: usize = Self::INPUTS;
    const OUTPUTS: usize = Self::OUTPUTS;
    const RECEPTIVE_FIELD: usize = Self::RECEPTIVE_FIELD;
    const MACS: usize = Self::MACS;
    const STATE_BYTES: usize = Self::STATE_BYTES;
    const WEIGHT_BYTES: usize = Self::WEIGHT_BYTES;
    fn push(&mut self, frame: [f32; 2]) -> ::core::option::Option<[f32; 5]> {
        Self::push(self, frame)
    }
    fn push_block(&mut self, frames: &[[f32; 2]], answers: &mut [[f32; 5]]) -> usize {
        Self::push_block(self, frames, answers)
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
            use ::streaming_net::editor::conv as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.r#in;
            let _ = kind::ARGUMENTS.out;
            let _ = kind::ARGUMENTS.relu;
        }
        {
            use ::streaming_net::editor::conf as kind;
            let _ = kind::ARGUMENTS.k;
            let _ = kind::ARGUMENTS.out;
        }
        {
            use ::streaming_net::editor::conv as kind;
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
