//! The network that is measured, a signal for it, and the timer that counts instructions.

#![no_std]
#![forbid(unsafe_code)]

use core::hint::black_box;

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;
#[cfg(feature = "onnx")]
use streaming_net::{Output, Run, StreamingNet};
use streaming_net_firmware::inputs;

include!(concat!(env!("OUT_DIR"), "/net.rs"));

/// The network, in memory that is zero at first.
pub static NET: ConstStaticCell<Net> = ConstStaticCell::new(Net::new());

/// Two channels of a signal that a network cannot foresee, repeated over all that it takes.
pub fn frame(push: usize) -> [Number; Net::INPUTS] {
    let input = inputs::WAVESHAPER[push % inputs::WAVESHAPER.len()];
    core::array::from_fn(|channel| number(input[channel % 2]))
}

/// Starts the timer.
pub fn start_timer() -> Option<()> {
    let mut timer = Peripherals::take()?.SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(0x00FF_FFFF);
    timer.clear_current();
    timer.enable_counter();
    Some(())
}

/// Instructions of `work`, calls and reading of the timer included, where one takes `2^shift` nanoseconds.
pub fn instructions(shift: u32, work: impl FnOnce()) -> u32 {
    let before = SYST::get_current();
    work();
    let ticks = before.wrapping_sub(SYST::get_current()) & 0x00FF_FFFF;
    let half = 1 << (shift - 1);
    // Computed here: else the division may be between the timer's readings of the next call.
    black_box(
        ((u64::from(ticks) * 1_000_000_000 / u64::from(inputs::CLOCK) + half) >> shift) as u32,
    )
}

/// The largest difference of an output from the recorded one, as part of that, or of 1 where that is more. Infinity where one
/// is missing.
#[cfg(feature = "onnx")]
#[allow(dead_code, reason = "a model may have no run")]
fn error<N: StreamingNet, const FRAMES: usize, const OUTPUTS: usize>(
    net: &mut N,
    run: &Run<N::Input, N::Output, FRAMES, OUTPUTS>,
) -> f32 {
    let (mut largest, mut recorded) = (0.0_f32, run.output.iter());
    for output in run.input.iter().filter_map(|frame| net.push(*frame)) {
        let Some(expected) = recorded.next() else { return f32::INFINITY };
        for (y, expected) in output.numbers().iter().zip(expected.numbers()) {
            largest = largest.max((y - expected).abs() / expected.abs().max(1.0));
        }
    }
    if recorded.next().is_some() { f32::INFINITY } else { largest }
}

/// What is timed where nothing is.
#[inline(never)]
pub fn nothing(_: &mut Net) {
    cortex_m::asm::nop();
}
