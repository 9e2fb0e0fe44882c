//! A guitar pedal as it runs on a Daisy: 48 kHz, blocks of 48 stereo frames of 24 bits, and a DMA that fills one half of a
//! buffer while the other one is worked on. QEMU has neither codec nor DMA: `play` is in their place.

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_semihosting::hprintln;
use streaming_net::StreamingNet;

use crate::samples::{to_float, to_word};
use crate::{inputs, print};

const BLOCK: usize = 48;

/// A block's words: left and right in turns.
type Half = [u32; 2 * BLOCK];

/// A capture, and the buffers that it works on.
pub struct Pedal<N> {
    net: N,
    /// What the codec brings.
    input: [Half; 2],
    /// What it plays.
    output: [Half; 2],
}

impl<N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>> Pedal<N> {
    /// A pedal for a capture, for a `static`.
    pub const fn new(net: N) -> Self {
        Self { net, input: [[0; 2 * BLOCK]; 2], output: [[0; 2 * BLOCK]; 2] }
    }

    /// The capture, to load other weights.
    pub const fn net(&mut self) -> &mut N {
        &mut self.net
    }

    /// What is called before the first block: the capture comes to rest, and does not click.
    pub fn on_start(&mut self) {
        self.net.reset();
    }

    /// What the DMA's interrupt calls when a half is full: the guitar on the left channel goes through the capture, and
    /// comes out on both.
    pub fn on_half(&mut self, half: usize) {
        let (Some(input), Some(output)) = (self.input.get(half), self.output.get_mut(half)) else {
            return;
        };
        let mut frames = [[0.0]; BLOCK];
        for (frame, [left, _]) in frames.iter_mut().zip(input.as_chunks::<2>().0) {
            *frame = [to_float(*left)];
        }
        let mut outputs = [[0.0]; BLOCK];
        // Every push of a capture has an output.
        self.net.push_block(&frames, &mut outputs);
        for (words, [y]) in output.as_chunks_mut::<2>().0.iter_mut().zip(outputs) {
            *words = [to_word(y); 2];
        }
    }
}

/// Instructions a sample that a core at 480 MHz does at 48 kHz, if each takes a cycle.
const BUDGET: u32 = 10_000;
/// Instructions of a tick of the timer, of four nanoseconds each.
const INSTRUCTIONS_A_TICK: u32 = 250_000_000 / inputs::CLOCK;
/// One in so many samples is printed.
const PRINTED: usize = 12;

/// Plays a recording through the pedal, prints some of the samples that are heard, and what they took.
pub fn play<N>(name: &str, pedal: &mut Pedal<N>)
where
    N: StreamingNet<Input = [f32; 1], Output = [f32; 1]>,
{
    let Some(Peripherals { SYST: mut timer, .. }) = Peripherals::take() else { return };
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(0x00FF_FFFF);
    timer.clear_current();
    timer.enable_counter();

    pedal.on_start();
    let blocks = inputs::GUITAR.as_chunks::<BLOCK>().0;
    let (mut sum, mut worst, mut late) = (0, 0, 0);
    for (index, block) in blocks.iter().enumerate() {
        let half = index % 2;
        for (words, [sample]) in pedal.input[half].as_chunks_mut::<2>().0.iter_mut().zip(block) {
            *words = [to_word(*sample), 0];
        }
        let before = SYST::get_current();
        pedal.on_half(half);
        let ticks = before.wrapping_sub(SYST::get_current()) & 0x00FF_FFFF;
        let instructions = ticks * INSTRUCTIONS_A_TICK / BLOCK as u32;
        sum += instructions;
        worst = worst.max(instructions);
        late += u32::from(instructions > BUDGET);
        for (frame, [left, _]) in
            pedal.output[half].as_chunks::<2>().0.iter().enumerate().step_by(PRINTED)
        {
            print(name, BLOCK * index + frame, Some(&[to_float(*left)]));
        }
    }
    let mean = sum / blocks.len() as u32;
    hprintln!("# {} instructions a sample, at most {}, of {}", mean, worst, BUDGET);
    hprintln!("# {} blocks of {} frames, {} late", blocks.len(), BLOCK, late);
    hprintln!("# {} bytes of state, {} of weights", N::STATE_BYTES, N::WEIGHT_BYTES);
}
