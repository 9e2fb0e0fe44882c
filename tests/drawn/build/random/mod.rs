//! Networks drawn at random: the text for the macro, and a weights file that also says the topology for the reference.

mod affine;
mod branches;
mod conditions;
mod conv;
mod more_planes;
mod net;
mod operations;
mod plain;
mod planes;
mod pools;
mod recurrent;
mod skips;
mod tensor;
mod timing;

use fastrand::Rng;

pub(crate) use self::net::{
    draw as draw_of_every_kind, draw_conditioned, draw_operations, draw_upsampled,
};
pub(crate) use self::plain::draw;
use super::Declared;

fn pick<T: Copy, const N: usize>(random: &mut Rng, from: [T; N]) -> T {
    from[random.usize(0..N)]
}
