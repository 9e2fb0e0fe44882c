//! Audio callbacks as the Daisy's crates have them: 32 frames of `(f32, f32)` (`daisy`), and 32 stereo frames
//! interleaved as 24 bits in `u32` (`daisy-embassy`).

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net_firmware::networks::Waveshaper;
use streaming_net_firmware::samples::{to_float, to_word};
use streaming_net_firmware::{end, inputs, print};

static NET: ConstStaticCell<Waveshaper> = ConstStaticCell::new(Waveshaper::new());

/// `daisy`: the left channel is the sine, the right one the knob; the output goes to both.
fn floats(net: &mut Waveshaper, block: &mut [(f32, f32); 32]) {
    let mut outputs = [[0.0]; 32];
    // Every push of this network has an output.
    net.push_block(&block.map(|(left, right)| [left, right]), &mut outputs);
    *block = outputs.map(|[y]| (y, y));
}

/// `daisy-embassy`: the same, left and right interleaved.
fn words(net: &mut Waveshaper, input: &[u32; 64], output: &mut [u32; 64]) {
    let (input, output) = (input.as_chunks::<2>().0, output.as_chunks_mut::<2>().0);
    for (frame, output) in input.iter().zip(output) {
        if let Some([y]) = net.push(frame.map(to_float)) {
            *output = [to_word(y); 2];
        }
    }
}

#[entry]
fn main() -> ! {
    let net = NET.take();
    let (blocks, _) = inputs::WAVESHAPER.as_chunks::<32>();
    for (index, block) in blocks.iter().enumerate() {
        let mut block = block.map(|[sine, knob]| (sine, knob));
        floats(net, &mut block);
        for (frame, (y, _)) in block.iter().enumerate() {
            print("waveshaper", 32 * index + frame, Some(&[*y]));
        }
    }
    net.reset();
    let mut last = [0; 64];
    for block in blocks {
        let mut input = [0; 64];
        for (word, sample) in input.iter_mut().zip(block.as_flattened()) {
            *word = to_word(*sample);
        }
        words(net, &input, &mut last);
    }
    hprintln!("{} blocks of words, the last output {:.3}", blocks.len(), to_float(last[63]));
    end()
}
