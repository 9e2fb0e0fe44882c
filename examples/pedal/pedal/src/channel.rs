//! A capture that gives way to another one without a click.

use crate::BLOCK;
use crate::captures::Captures;
use crate::gain::{Codec, Staging};

/// A network and the gain around it.
#[derive(Debug)]
struct Voice<'a, N> {
    net: &'a mut N,
    staging: Staging,
}

impl<'a, N: Captures> Voice<'a, N> {
    const fn new(net: &'a mut N) -> Self {
        Self { net, staging: Staging::NONE }
    }

    /// Swaps the weights, and comes to rest with the new ones.
    fn load(&mut self, capture: usize, codec: Codec) {
        if let Some(found) = N::ALL.get(capture) {
            self.net.load(capture);
            self.staging = Staging::of(found, codec);
        }
    }

    fn play(&mut self, samples: &mut [f32; BLOCK]) {
        let Staging { input, output, at_rest } = self.staging;
        let frames = samples.map(|sample| [sample * input]);
        let mut outputs = [[0.0]; BLOCK];
        // Every push of a capture gives an output.
        self.net.push_block(&frames, &mut outputs);
        *samples = outputs.map(|[sample]| (sample - at_rest) * output);
    }
}

/// What plays one of several captures, and goes over to another one.
pub trait Channel {
    /// The network.
    type Net: Captures;

    /// Begins with a capture, at rest.
    fn start(&mut self, capture: usize, codec: Codec);

    /// Goes over to a capture. While it is on its way to another one, this one comes next.
    fn select(&mut self, capture: usize);

    /// Plays a block in place.
    fn block(&mut self, codec: Codec, samples: &mut [f32; BLOCK]);
}

/// Two networks: the old capture plays on while the new one fades in, in 10 ms. That takes the RAM of two networks, and for the
/// time of the fade the instructions of both.
#[derive(Debug)]
pub struct CrossFade<'a, N> {
    voices: [Voice<'a, N>; 2],
    active: usize,
    /// The capture to come next.
    next: Option<usize>,
    /// Samples until the old capture is silent.
    left: usize,
}

impl<N> CrossFade<'_, N> {
    /// Samples of a fade: 10 ms.
    pub const LENGTH: usize = 15 * BLOCK;
}

impl<'a, N: Captures> CrossFade<'a, N> {
    /// Takes two networks of the same type, in any state.
    pub const fn new(one: &'a mut N, other: &'a mut N) -> Self {
        Self { voices: [Voice::new(one), Voice::new(other)], active: 0, next: None, left: 0 }
    }
}

impl<N: Captures> Channel for CrossFade<'_, N> {
    type Net = N;

    fn start(&mut self, capture: usize, codec: Codec) {
        self.voices[self.active].load(capture, codec);
        self.next = None;
        self.left = 0;
    }

    fn select(&mut self, capture: usize) {
        self.next = Some(capture);
    }

    fn block(&mut self, codec: Codec, samples: &mut [f32; BLOCK]) {
        let [one, other] = &mut self.voices;
        let (new, old) = if self.active == 0 { (one, other) } else { (other, one) };
        if self.left == 0 {
            // The new capture comes to rest in a block of its own: that takes about as long as a block of two captures.
            if let Some(capture) = self.next.take() {
                old.load(capture, codec);
                self.active = 1 - self.active;
                self.left = Self::LENGTH;
            }
            new.play(samples);
            return;
        }
        let mut before = *samples;
        old.play(&mut before);
        new.play(samples);
        for (new, old) in samples.iter_mut().zip(before) {
            *new += (old - *new) * (self.left as f32 / Self::LENGTH as f32);
            self.left = self.left.saturating_sub(1);
        }
    }
}

/// One network: the old capture fades out in 5 ms, the weights are swapped, and the new capture fades in.
#[derive(Debug)]
pub struct Dip<'a, N> {
    voice: Voice<'a, N>,
    next: Option<usize>,
    /// The volume, from 0 to `LENGTH`.
    volume: usize,
}

impl<N> Dip<'_, N> {
    /// Samples of each fade: 5.3 ms.
    pub const LENGTH: usize = 8 * BLOCK;
}

impl<'a, N: Captures> Dip<'a, N> {
    /// Takes one network, in any state.
    pub const fn new(net: &'a mut N) -> Self {
        Self { voice: Voice::new(net), next: None, volume: Self::LENGTH }
    }
}

impl<N: Captures> Channel for Dip<'_, N> {
    type Net = N;

    fn start(&mut self, capture: usize, codec: Codec) {
        self.voice.load(capture, codec);
        self.next = None;
        self.volume = Self::LENGTH;
    }

    fn select(&mut self, capture: usize) {
        self.next = Some(capture);
    }

    fn block(&mut self, codec: Codec, samples: &mut [f32; BLOCK]) {
        if self.volume == 0
            && let Some(capture) = self.next.take()
        {
            self.voice.load(capture, codec);
        }
        self.voice.play(samples);
        for sample in samples {
            self.volume = match self.next {
                Some(_) => self.volume.saturating_sub(1),
                None => (self.volume + 1).min(Self::LENGTH),
            };
            *sample *= self.volume as f32 / Self::LENGTH as f32;
        }
    }
}
