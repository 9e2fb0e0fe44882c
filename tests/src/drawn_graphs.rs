//! Networks that are directed graphs: values that several layers use, strides, pools, delays, residual blocks, skips and
//! conditions. The compiler's own tests draw them too, and share the whole-sequence reference, which knows nothing of it.

#[allow(dead_code, reason = "the build script and the tests use a part each")]
#[path = "../../compiler/src/tests/drawn/net.rs"]
mod net;
#[allow(dead_code, reason = "the build script and the tests use a part each")]
#[path = "../../compiler/src/tests/drawn/random.rs"]
mod random;
#[allow(dead_code, reason = "the build script and the tests use a part each")]
#[path = "../../compiler/src/tests/drawn/sequence.rs"]
mod sequence;

pub(crate) use self::net::{Drawn, WIDTH};
use self::sequence::Sequence;

/// Those that are compiled: networks whose branches meet.
pub(crate) const SEEDS: [u64; 64] = [
    2, 3, 5, 6, 7, 11, 12, 13, 14, 15, 19, 21, 22, 25, 27, 28, 29, 31, 32, 34, 35, 36, 37, 38, 39,
    41, 42, 44, 45, 46, 49, 50, 51, 52, 54, 57, 58, 61, 62, 64, 66, 67, 68, 70, 71, 72, 73, 74, 76,
    77, 78, 79, 80, 81, 82, 86, 87, 88, 89, 90, 91, 92, 95, 96,
];

/// What a whole sequence gives.
pub struct Whole {
    /// The network, as it stands in the macro.
    pub text: String,
    /// The input frame that the first output belongs to.
    pub origin: usize,
    /// Input frames from one output to the next.
    pub stride: usize,
    /// The outputs.
    pub frames: Vec<Vec<f64>>,
}

/// The network of a seed, and what it gives for `input`.
#[must_use]
pub fn whole(seed: u64, input: &[Vec<f64>]) -> Whole {
    let (Drawn { text, .. }, Sequence { origin, stride, frames, .. }) = Drawn::new(seed, input);
    Whole { text, origin, stride, frames }
}
