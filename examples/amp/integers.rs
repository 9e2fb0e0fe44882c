//! The captures in 16-bit integers: samples of a codec go in as they are.

use streaming_net::{StreamingNet, streaming_net};

use crate::{Capture, sound};

// The ranges of integers come from the recorded runs beside the captures, a twentieth of a second of a guitar.
streaming_net! {
    #[weights = "amp/a1_nano.nam"]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "amp/a1_nano.json"]
    pub struct Nano;

    #[weights = "amp/a1_nano_relu.nam"]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "amp/a1_nano_relu.json"]
    pub struct NanoRelu;

    #[weights = "amp/a2.nam"]
    #[submodel = 0]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "amp/a2_lite.json"]
    pub struct Lite;
}

/// What comes out in integers. Prints how far that is from what the capture gives in floating point.
pub(crate) fn play(capture: Capture, played: &[f32], floats: &[f32]) -> Vec<f32> {
    match capture {
        Capture::Nano => {
            compare(&mut Nano::new(), Nano::quantize, Nano::dequantize, played, floats)
        }
        Capture::NanoRelu => {
            compare(&mut NanoRelu::new(), NanoRelu::quantize, NanoRelu::dequantize, played, floats)
        }
        Capture::Lite => {
            let mut net = Box::new(Lite::new());
            compare(net.as_mut(), Lite::quantize, Lite::dequantize, played, floats)
        }
    }
}

fn compare<N>(
    net: &mut N,
    quantize: fn(f32) -> i16,
    dequantize: fn(i16) -> f32,
    played: &[f32],
    floats: &[f32],
) -> Vec<f32>
where
    N: StreamingNet<i16, Input = [i16; 1], Output = [i16; 1]>,
{
    let frames: Vec<_> = played.iter().map(|&sample| [quantize(sample)]).collect();
    let mut outputs = vec![[0]; frames.len()];
    net.push_block(&frames, &mut outputs);
    let integers: Vec<_> = outputs.into_iter().map(|[y]| dequantize(y)).collect();
    // The networks of integers start cold: what they lose counts once the start is past.
    let start = usize::from(sound::SAMPLE_RATE / 2).min(integers.len() / 2);
    let (mut signal, mut noise) = (0.0, 0.0);
    for (float, integer) in floats.iter().zip(&integers).skip(start) {
        signal += f64::from(*float).powi(2);
        noise += f64::from(float - integer).powi(2);
    }
    println!(
        "in integers: {:.1} dB of signal to noise, an error-to-signal ratio of {:.1e}; {} bytes of state",
        10.0 * (signal / noise).log10(),
        noise / signal,
        N::STATE_BYTES
    );
    integers
}
