//! Counts the instructions of each push. QEMU is to run it so that an instruction takes 1024 nanoseconds.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;
use streaming_net_firmware::{end, inputs};

include!(concat!(env!("OUT_DIR"), "/net.rs"));

static NET: ConstStaticCell<Net> = ConstStaticCell::new(Net::new());

const PUSHES: u32 = 256;

/// Two channels of a signal that a network cannot foresee, repeated over all that it takes.
fn frame(push: u32) -> [f32; Net::INPUTS] {
    let input = inputs::WAVESHAPER[push as usize % inputs::WAVESHAPER.len()];
    core::array::from_fn(|channel| input[channel % 2])
}

#[inline(never)]
fn push_net(net: &mut Net, frame: &[f32; Net::INPUTS], answer: &mut [f32; Net::OUTPUTS]) {
    if let Some(y) = net.push(*frame) {
        *answer = y;
    }
}

/// What is timed where nothing is.
#[inline(never)]
fn nothing(_: &mut Net, _: &[f32; Net::INPUTS], _: &mut [f32; Net::OUTPUTS]) {
    cortex_m::asm::nop();
}

/// Instructions of `work`, calls and reading of the timer included.
fn instructions(work: impl FnOnce()) -> u32 {
    let before = SYST::get_current();
    work();
    let ticks = before.wrapping_sub(SYST::get_current()) & 0x00FF_FFFF;
    // An instruction takes 1024 ns.
    ((u64::from(ticks) * 1_000_000_000 / u64::from(inputs::CLOCK) + 512) >> 10) as u32
}

#[entry]
fn main() -> ! {
    let Some(peripherals) = Peripherals::take() else { end() };
    let mut timer = peripherals.SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(0x00FF_FFFF);
    timer.clear_current();
    timer.enable_counter();
    let net = NET.take();
    let mut answer = [0.0; Net::OUTPUTS];
    let (mut sum, mut worst, mut overhead, mut finite) = (0, 0, u32::MAX, true);
    for push in 0..PUSHES {
        let frame = frame(push);
        overhead = overhead.min(instructions(|| nothing(net, &frame, &mut answer)));
        let count = instructions(|| push_net(net, &frame, &mut answer)).saturating_sub(overhead);
        sum += count;
        worst = worst.max(count);
        finite &= answer.iter().all(|y| y.is_finite());
    }
    hprintln!(
        "{} {} {} {} {}",
        sum / PUSHES,
        worst,
        Net::MACS,
        Net::WEIGHT_BYTES,
        Net::STATE_BYTES
    );
    if !finite {
        hprintln!("an answer is not finite");
    }
    end()
}
