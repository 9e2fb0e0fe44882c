//! A capture that is made at 96 kHz, on a codec of 48 kHz.

use dsp_process::SplitProcess as _;
use idsp::hbf::{EvenSymmetric, HBF_TAPS_98, HbfDec, HbfInt};
use streaming_net::StreamingNet;

use crate::BLOCK;

/// The half-band filter of `idsp`: 59 taps of which 15 differ, 98 dB of attenuation, and a passband to 19.2 kHz.
const FILTER: EvenSymmetric<[f32; 15]> = HBF_TAPS_98.0;
/// A block and what the filter keeps of the last one.
const ROOM: usize = EvenSymmetric::<[f32; 15]>::LEN + BLOCK;

/// A network of twice the codec's rate, between two half-band filters of the crate `idsp`. Twice as many frames go through the
/// network; the sound comes 28.5 samples later.
#[derive(Clone, Debug)]
pub struct DoubleRate<N> {
    net: N,
    up: HbfInt<[f32; ROOM]>,
    down: HbfDec<[f32; ROOM]>,
}

impl<N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>> DoubleRate<N> {
    /// Samples of the codec that the filters take until a sound comes out.
    pub const LATENCY: f64 = 28.5;

    /// Takes a network that is made at twice the codec's rate.
    pub fn new(net: N) -> Self {
        Self { net, up: HbfInt::default(), down: HbfDec::default() }
    }

    /// Plays a block in place.
    pub fn block(&mut self, samples: &mut [f32; BLOCK]) {
        let mut pairs = [[0.0; 2]; BLOCK];
        FILTER.block(&mut self.up, samples, &mut pairs);
        let mut frames = [[0.0]; 2 * BLOCK];
        for (frame, sample) in frames.iter_mut().zip(pairs.as_flattened()) {
            *frame = [*sample];
        }
        let mut outputs = [[0.0]; 2 * BLOCK];
        self.net.push_block(&frames, &mut outputs);
        for (pair, [first, second]) in pairs.iter_mut().zip(outputs.as_chunks::<2>().0) {
            *pair = [first[0], second[0]];
        }
        FILTER.block(&mut self.down, &pairs, samples);
        for sample in samples {
            *sample *= 0.5;
        }
    }
}
