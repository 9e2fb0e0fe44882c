//! Networks of residual blocks, gates, skips, normalisation, means and recurrent layers over their recorded inputs.

#![no_std]
#![no_main]

use core::array;

#[cfg(target_arch = "arm")]
use panic_semihosting as _;
use streaming_net::__private::{Conv, History, linear};
use streaming_net::{Output, StreamingNet};
use streaming_net_firmware::networks::{Amp, Keywords, Tcn, WaveNet};
use streaming_net_firmware::{end, entry, inputs, print};

fn replay<N: StreamingNet>(name: &str, mut net: N, frames: &[N::Input]) {
    for (frame, input) in frames.iter().enumerate() {
        print(name, frame, net.push(*input).as_ref().map(Output::numbers));
    }
}

/// Compares blocks, of another number of frames each, with pushes, to the last bit.
fn blocks(frames: &[<Tcn as StreamingNet>::Input]) {
    let (mut net, mut single, mut later) = (Tcn::new(), Tcn::new(), frames);
    for count in (4..=48).step_by(4).cycle() {
        let (block, others) = later.split_at(count.min(later.len()));
        let mut outputs = [[0.0; Tcn::OUTPUTS]; 48];
        let written = net.push_block(block, &mut outputs);
        let pushed = block.iter().filter_map(|frame| single.push(*frame));
        let bits = |output: [f32; Tcn::OUTPUTS]| output.map(f32::to_bits);
        let outputs = outputs.into_iter().take(written);
        assert!(outputs.map(bits).eq(pushed.map(bits)), "a block of {count} frames");
        if others.is_empty() {
            return;
        }
        later = others;
    }
}

/// Prints outputs of a layer of few channels, with more products than a kernel writes out where it is called.
#[inline(never)]
fn few<const TAPS: usize, const PAST: usize, const INPUTS: usize, const OUTPUTS: usize>() {
    let number = |seed: usize| f32::from(u8::try_from(seed * 37 % 101).unwrap_or(0)) / 101.0 - 0.5;
    let weight = |tap, input, output| number(tap + 7 * input + 19 * output);
    let kernel = array::from_fn(|tap| {
        array::from_fn(|input| array::from_fn(|output| weight(tap, input, output)))
    });
    let conv = Conv::<TAPS, INPUTS, OUTPUTS> { kernel, bias: array::from_fn(number) };
    let mut history = History::<INPUTS, PAST, 1>::new();
    for frame in 0..TAPS + 2 {
        let input = array::from_fn(|channel| number(3 * frame + channel));
        let output = conv.push(&mut history, input, linear);
        if frame >= TAPS {
            print("few", frame, Some(&output));
        }
    }
}

/// Calls it with each number of inputs and outputs.
macro_rules! few {
    ($($inputs:literal: $($outputs:literal)*;)*) => {
        $($(few::<{ 257_usize.div_ceil($inputs * $outputs) }, { 256 / ($inputs * $outputs) }, $inputs, $outputs>();)*)*
    };
}

#[entry]
fn main() -> ! {
    few!(1: 1 2 3 4; 2: 1 2 3 4; 3: 1 2 3 4; 4: 1 2 3 4;);
    replay("tcn", Tcn::new(), &inputs::TCN);
    blocks(&inputs::TCN);
    replay("wavenet", WaveNet::new(), &inputs::WAVENET);
    replay("keywords", Keywords::new(), &inputs::KEYWORDS);
    replay("amp", Amp::new(), &inputs::AMP);
    end()
}
