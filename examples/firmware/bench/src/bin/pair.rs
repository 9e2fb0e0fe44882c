//! Two networks by turns, for the flash that they take: of one type, of two of one shape, or of one type with a list of weights files. Prints
//! the bytes of weights of one.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use core::array;

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::StreamingNet;
use streaming_net_bench::{NET, Net, Other, choose, frame};
use streaming_net_firmware::end;

/// Frames of a block, a millisecond at 48 kHz.
const BLOCK: usize = 48;

static OTHER: ConstStaticCell<Other> = ConstStaticCell::new(Other::new());

#[inline(never)]
fn play<N>(net: &mut N) -> f32
where
    N: StreamingNet<Input = [f32; Net::INPUTS], Output = [f32; Net::OUTPUTS]>,
{
    let mut outputs = [[0.0; Net::OUTPUTS]; BLOCK];
    let written = net.push_block(&array::from_fn::<_, BLOCK, _>(frame), &mut outputs);
    let single = net.push(frame(BLOCK)).unwrap_or([0.0; Net::OUTPUTS]);
    outputs.iter().take(written).chain([&single]).flatten().sum()
}

#[entry]
fn main() -> ! {
    let (net, other) = (NET.take(), OTHER.take());
    choose(other);
    let sums = [play(net), play(other)];
    hprintln!("{}", Net::WEIGHT_BYTES);
    if !sums.iter().all(|sum| sum.is_finite()) {
        hprintln!("a sum is not finite");
    }
    end()
}
