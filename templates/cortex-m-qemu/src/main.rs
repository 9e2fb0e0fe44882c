//! Takes noise and drift off the signal of a simulated pulse sensor.

#![no_std]
#![no_main]

mod sensor;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprint, hprintln};
use panic_semihosting as _;
use sensor::Sensor;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;

streaming_net! {
    /// The pulse in what a sensor at a finger measures, 100 frames a second.
    #[weights = "weights/pulse.onnx"]
    pub struct Pulse;
}

// The state starts at zero, so this takes RAM but no flash.
static NET: ConstStaticCell<Pulse> = ConstStaticCell::new(Pulse::new());

/// The frames that are shown, and those of one character.
const SHOWN: usize = 320;
const COLUMN: usize = 4;

#[entry]
fn main() -> ! {
    let net = NET.take();
    let mut sensor = Sensor::new();
    let mut measured = [0.0; SHOWN / COLUMN];
    let mut pulse = [0.0; SHOWN / COLUMN];

    for _ in 0..Pulse::RECEPTIVE_FIELD {
        net.push([sensor.measure()]);
    }
    for frame in 0..SHOWN {
        let input = sensor.measure();
        measured[frame / COLUMN] += input;
        // Every layer is causal: every push gives an output.
        if let Some([output]) = net.push([input]) {
            pulse[frame / COLUMN] += output;
        }
    }

    print("sensor ", &measured);
    print("network", &pulse);
    hprintln!(
        "{} bytes of RAM, {} of weights",
        Pulse::STATE_BYTES,
        Pulse::WEIGHT_BYTES
    );
    debug::exit(debug::EXIT_SUCCESS);
    loop {}
}

/// Prints a line whose characters are as high as the sums of each column.
fn print(name: &str, sums: &[f32]) {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    hprint!("{} ", name);
    for sum in sums {
        let height = ((sum / COLUMN as f32 + 0.7) * 4.0) as usize; // 0 below zero
        hprint!("{}", HEIGHTS[height.min(HEIGHTS.len() - 1)]);
    }
    hprintln!();
}
