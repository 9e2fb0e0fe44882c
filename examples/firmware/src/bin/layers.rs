//! Networks of residual blocks, gates, skips, normalisation, means and recurrent layers over their recorded inputs.

#![no_std]
#![no_main]

#[cfg(target_arch = "arm")]
use panic_semihosting as _;
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

#[entry]
fn main() -> ! {
    replay("tcn", Tcn::new(), &inputs::TCN);
    blocks(&inputs::TCN);
    replay("wavenet", WaveNet::new(), &inputs::WAVENET);
    replay("keywords", Keywords::new(), &inputs::KEYWORDS);
    replay("amp", Amp::new(), &inputs::AMP);
    end()
}
