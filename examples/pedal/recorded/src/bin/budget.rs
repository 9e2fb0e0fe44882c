//! What a block of each type of capture takes: a line for each, with the instructions a sample, the bytes of state and of weights.
//! `examples/pedal/budget` also counts the modelled cycles of these functions.

#![no_std]
#![no_main]

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use panic_semihosting as _;
use pedal::BLOCK;

/// Half the instructions of a tick of the timer, of which each takes four nanoseconds.
const HALF_INSTRUCTIONS: u32 = if cfg!(an505) { 25 } else { 20 };
const MOST: u32 = 0x00FF_FFFF;

macro_rules! captures {
    ($($function:ident $name:ident $doc:literal { $($attribute:tt)* })*) => {
        #[allow(dead_code, reason = "what is counted is `push_block`")]
        mod nets {
            use streaming_net::streaming_net;

            streaming_net! {$(
                #[doc = $doc]
                $($attribute)*
                pub struct $name;
            )*}
        }

        $(
            #[inline(never)]
            fn $function(net: &mut nets::$name, frames: &[[f32; 1]; BLOCK], outputs: &mut [[f32; 1]; BLOCK]) {
                net.push_block(frames, outputs);
            }
        )*

        fn all(frames: &[[f32; 1]; BLOCK]) {
            $({
                let (mut net, mut outputs) = (nets::$name::new(), [[0.0]; BLOCK]);
                let before = SYST::get_current();
                $function(&mut net, frames, &mut outputs);
                let ticks = before.wrapping_sub(SYST::get_current()) & MOST;
                let instructions = ticks * HALF_INSTRUCTIONS / (2 * BLOCK as u32);
                let (state, weights) = (nets::$name::STATE_BYTES, nets::$name::WEIGHT_BYTES);
                hprintln!("{} {} {} {}", stringify!($function), instructions, state, weights);
            })*
        }
    };
}

captures! {
    lstm_6 Lstm6 "An LSTM of 6 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_6.nam")] }
    lstm_6_fast Lstm6Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_6.nam")] #[math = "fast"] }
    lstm_8 Lstm8 "An LSTM of 8 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_8.nam")] }
    lstm_8_fast Lstm8Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_8.nam")] #[math = "fast"] }
    lstm_16 Lstm16 "An LSTM of 16 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_16.nam")] }
    lstm_16_fast Lstm16Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_16.nam")] #[math = "fast"] }
    lstm_24 Lstm24 "An LSTM of 24 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_24.nam")] }
    lstm_24_fast Lstm24Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_24.nam")] #[math = "fast"] }
    lstm_32 Lstm32 "An LSTM of 32 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_32.nam")] }
    lstm_32_fast Lstm32Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_32.nam")] #[math = "fast"] }
    lstm_40 Lstm40 "An LSTM of 40 units." { #[weights = concat!(env!("OUT_DIR"), "/lstm_40.nam")] }
    lstm_40_fast Lstm40Fast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/lstm_40.nam")] #[math = "fast"] }
    a1_nano A1Nano "A1-nano." { #[weights = concat!(env!("OUT_DIR"), "/a1_nano.nam")] }
    a1_nano_fast A1NanoFast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/a1_nano.nam")] #[math = "fast"] }
    a1_feather A1Feather "A1-feather." { #[weights = concat!(env!("OUT_DIR"), "/a1_feather.nam")] }
    a1_feather_fast A1FeatherFast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/a1_feather.nam")] #[math = "fast"] }
    a1_lite A1Lite "A1-lite." { #[weights = concat!(env!("OUT_DIR"), "/a1_lite.nam")] }
    a1_lite_fast A1LiteFast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/a1_lite.nam")] #[math = "fast"] }
    a1_standard A1Standard "A1-standard." { #[weights = concat!(env!("OUT_DIR"), "/a1_standard.nam")] }
    a1_standard_fast A1StandardFast "The same, fast." { #[weights = concat!(env!("OUT_DIR"), "/a1_standard.nam")] #[math = "fast"] }
    a2_lite A2Lite "A2-Lite." { #[weights = "../../amp/a2.nam"] #[submodel = 0] }
    a2_full A2Full "A2-Full." { #[weights = "../../amp/a2.nam"] #[submodel = 1] }
}

#[entry]
fn main() -> ! {
    let Some(core) = cortex_m::Peripherals::take() else { panic!("the core is taken once") };
    let mut timer = core.SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(MOST);
    timer.clear_current();
    timer.enable_counter();
    let frames = core::array::from_fn(|frame| [0.1 * (frame % 7) as f32 - 0.3]);
    all(&frames);
    loop {
        debug::exit(debug::EXIT_SUCCESS);
    }
}
