//! A pulse comes out of the noise and the drift of a sensor, frame by frame, as the network was trained by `train.py`, with
//! PyTorch.
//!
//! ```text
//! cargo run --release --bin pulse
//! ```

use std::f32::consts::TAU;

use streaming_net::streaming_net;

streaming_net! {
    /// The pulse in what a sensor at a finger sees, 100 frames a second.
    #[weights = "pytorch/pulse.onnx"]
    pub struct Pulse;
}

/// Frames until every output is of frames alone, and those that are shown.
const WARM: usize = Pulse::RECEPTIVE_FIELD;
const SHOWN: u16 = 400;

fn main() {
    let (sensor, pulse): (Vec<_>, Vec<_>) = frames().take(WARM + usize::from(SHOWN)).unzip();
    let mut net = Pulse::new();
    // Every layer is causal, so every push has an output.
    let outputs: Vec<_> = sensor.iter().filter_map(|&x| net.push([x])).map(|[y]| y).collect();
    for (name, samples) in [("sensor", &sensor), ("network", &outputs), ("pulse", &pulse)] {
        println!("{name:8}{}", line(&samples[WARM..]));
    }
    println!("{SHOWN} frames, {} multiply-accumulates each", Pulse::MACS);
    let off = |samples: &[f32]| {
        let squares = samples.iter().zip(&pulse).skip(WARM).map(|(a, b)| (a - b).powi(2));
        (squares.sum::<f32>() / f32::from(SHOWN)).sqrt()
    };
    println!("off the pulse: {:.2} the sensor, {:.2} the network", off(&sensor), off(&outputs));
}

/// What the sensor sees, and the pulse in it: 72 beats a minute on a floor that wanders, under noise.
fn frames() -> impl Iterator<Item = (f32, f32)> {
    let mut state = 1_u32;
    let mut noise = move || {
        // Uniform numbers, of which twelve together are close to normal.
        let uniform = (0..12).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from((state >> 16) as u16) / 65_536.0
        });
        uniform.sum::<f32>() - 6.0
    };
    (0_u16..).map(move |frame| {
        let second = f32::from(frame) / 100.0;
        let beat = (1.2 * second).fract();
        let bump = |at: f32, width: f32| (-((beat - at) / width).powi(2)).exp();
        let pulse = bump(0.3, 0.1) + 0.4 * bump(0.6, 0.12);
        let floor = 0.5 * (TAU * 0.23 * second).sin();
        (pulse + floor + 0.25 * noise(), pulse)
    })
}

/// A line of text that is as high as the samples, the mean of four in each place.
fn line(samples: &[f32]) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let height =
        |mean: f32| (1_u8..8).filter(|&step| mean >= 0.275 * f32::from(step) - 0.7).count();
    samples.chunks_exact(4).map(|four| HEIGHTS[height(four.iter().sum::<f32>() / 4.0)]).collect()
}
