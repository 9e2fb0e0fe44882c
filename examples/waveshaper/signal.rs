//! The signal: frames of a sine and a knob, and what the network was trained to make of them.

use std::f32::consts::{PI, TAU};
use std::io::BufRead;

use crate::Waveshaper;

const SAMPLE_RATE: f32 = 48_000.0;

/// A sample of the sine, and the knob: 0 is square, 1 is saw.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) sine: f32,
    pub(crate) knob: f32,
}

impl Frame {
    pub(crate) fn input(self) -> [f32; Waveshaper::INPUTS] {
        [self.sine, self.knob]
    }
}

/// A sine that glides from 250 Hz to 500 Hz while the knob turns from square to saw.
pub(crate) fn glide() -> Vec<Frame> {
    const FRAMES: u16 = 1200;
    let mut phase = 0.0_f32;
    (0..FRAMES)
        .map(|frame| {
            let progress = f32::from(frame) / f32::from(FRAMES);
            phase = (phase + 250.0 * 2.0_f32.powf(progress) / SAMPLE_RATE).fract();
            // A third each: square, turning, saw.
            Frame { sine: (TAU * phase).sin(), knob: (3.0 * progress - 1.0).clamp(0.0, 1.0) }
        })
        .collect()
}

/// Frames as text, one a line.
pub(crate) fn read(lines: impl BufRead) -> Result<Vec<Frame>, String> {
    let mut frames = Vec::new();
    for (index, line) in lines.lines().enumerate() {
        let place = index + 1;
        let line = line.map_err(|error| format!("line {place}: {error}"))?;
        let numbers: Vec<f32> = line
            .split_whitespace()
            .map(|word| match word.parse::<f32>() {
                Ok(number) if number.is_finite() => Ok(number),
                _ => Err(format!("line {place}: `{word}` is not a number")),
            })
            .collect::<Result<_, _>>()?;
        match numbers[..] {
            [] => {}
            [sine, knob] => frames.push(Frame { sine, knob }),
            _ => {
                return Err(format!(
                    "line {place}: expected `sine knob`, found {} numbers",
                    numbers.len()
                ));
            }
        }
    }
    if frames.is_empty() { Err("no frames on standard input".to_owned()) } else { Ok(frames) }
}

/// What is to come out: the phase of the sine, which its value and its direction tell, as square and saw.
pub(crate) fn target(frames: &[Frame]) -> Vec<f32> {
    let mut before = f32::NEG_INFINITY;
    frames
        .iter()
        .map(|&Frame { sine, knob }| {
            let rising = sine >= before;
            before = sine;
            let angle = sine.clamp(-1.0, 1.0).asin();
            let angle = if rising { angle } else { PI - angle };
            let phase = (angle / TAU).rem_euclid(1.0);
            let square = if phase < 0.5 { 1.0 } else { -1.0 };
            let saw = 2.0 * phase - 1.0;
            (1.0 - knob) * square + knob * saw
        })
        .collect()
}
