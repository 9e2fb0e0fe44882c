//! A push takes the same instructions whatever the frames hold: zeros, large and small numbers, what is no number.
//!
//! One push differs from the next, by strides and by the place in a history, so many are timed, each time from the first on,
//! by a counter that an instruction moves by a fraction.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use streaming_net_firmware::end;
use streaming_net_firmware::networks::{
    Branches, Convolutions, Features, Frames, Functions, Planes, Pools, Recurrent, Upsampling, V4,
    Waveshaper, Windows,
};

const PUSHES: usize = 1000;

/// The timer's ticks for so many pushes.
#[inline(never)]
fn ticks(frames: [[f32; 2]; 2], mut push: impl FnMut([f32; 2])) -> u32 {
    let before = SYST::get_current();
    for _ in 0..PUSHES / 2 {
        for frame in frames {
            push(frame);
        }
    }
    before.wrapping_sub(SYST::get_current()) & 0x00FF_FFFF
}

/// An output that has to be computed, though nobody reads it.
fn keep<T>(output: &Option<T>) {
    black_box(output);
}

/// Prints whether pushes take the same time with all frames, or the times.
macro_rules! compare {
    ($($name:literal: $net:ty)*) => {
        $(
            let mut net = <$net>::new();
            let times = FRAMES.map(|frames| {
                net.reset();
                ticks(black_box(frames), |frame| keep(&net.push(frame)))
            });
            let (least, most) = times.iter().fold((u32::MAX, 0), |(least, most), time| {
                (least.min(*time), most.max(*time))
            });
            // A tick begins anywhere within an instruction.
            if most - least <= 1 {
                hprintln!("{}: the same instructions for all frames", $name);
            } else {
                hprintln!("{}: {:?} ticks", $name, times);
            }
        )*
    };
}

const FRAMES: [[[f32; 2]; 2]; 6] = [
    [[0.0, 0.0], [0.0, 0.0]],
    [[1.0, -1.0], [-1.0, 1.0]],
    [[-3.0e38, 3.0e38], [3.0e38, 3.0e38]],
    [[1.0e-45, -1.0e-45], [1.0e-45, 1.0e-39]],
    [[f32::NAN, 1.0], [0.5, f32::NAN]],
    [[f32::INFINITY, f32::NEG_INFINITY], [0.25, -0.25]],
];

#[entry]
fn main() -> ! {
    let Some(peripherals) = Peripherals::take() else { end() };
    let mut timer = peripherals.SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(0x00FF_FFFF);
    timer.clear_current();
    timer.enable_counter();
    compare! {
        "notebook_v4": V4
        "waveshaper": Waveshaper
        "convolutions": Convolutions
        "planes": Planes
        "branches": Branches
        "recurrent": Recurrent
        "pools": Pools
        "features": Features
        "windows": Windows
        "frames": Frames
        "functions": Functions
        "upsampling": Upsampling
    }
    end()
}
