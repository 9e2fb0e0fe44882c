//! Networks that are directed graphs: values that several layers use, strides, pools, delays, residual blocks, skips and
//! conditions. The compiler's own tests draw them too, and share the whole-sequence reference, which knows nothing of it.

#[path = "../../../compiler/src/tests/drawn/net.rs"]
mod net;
#[path = "../../../compiler/src/tests/drawn/random.rs"]
mod random;
#[path = "../../../compiler/src/tests/drawn/sequence.rs"]
mod sequence;

pub(crate) use self::net::{Drawn, WIDTH};
pub(crate) use self::sequence::Sequence;

/// Those that are compiled: networks whose branches meet.
pub(crate) const SEEDS: [u64; 64] = [
    2, 3, 5, 6, 7, 11, 12, 13, 14, 15, 19, 21, 22, 25, 27, 28, 29, 31, 32, 34, 35, 36, 37, 38, 39,
    41, 42, 44, 45, 46, 49, 50, 51, 52, 54, 57, 58, 61, 62, 64, 66, 67, 68, 70, 71, 72, 73, 74, 76,
    77, 78, 79, 80, 81, 82, 86, 87, 88, 89, 90, 91, 92, 95, 96,
];
