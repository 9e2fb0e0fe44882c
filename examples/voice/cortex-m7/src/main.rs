//! Prints what a push of Silero's network costs.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{EXIT_SUCCESS, exit};
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use streaming_net::streaming_net;

streaming_net! {
    /// The probability that the newest 512 of 576 samples have a voice.
    #[weights = "../silero_vad_16k_sequence.onnx"]
    #[budget(flash = 1_240_000)]
    pub struct Voice;
}

/// Instructions of a tick.
const PER_TICK: u32 = 10;

#[entry]
fn main() -> ! {
    let mut net = Voice::new();
    let mut timer = Peripherals::take().unwrap().SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(0x00ff_ffff);
    timer.clear_current();
    timer.enable_counter();
    // Neither zeros nor denormal numbers.
    let chunk = core::array::from_fn(|place| (place * 37 % 101) as f32 / 202.0 - 0.25);
    for _ in 0..3 {
        let before = SYST::get_current();
        let probability = net.push(core::hint::black_box(chunk));
        let ticks = before.wrapping_sub(SYST::get_current()) & 0x00ff_ffff;
        hprintln!("{} instructions, {:?}", ticks * PER_TICK, probability);
    }
    hprintln!("{} bytes of state, {} of weights", Voice::STATE_BYTES, Voice::WEIGHT_BYTES);
    loop {
        exit(EXIT_SUCCESS);
    }
}
