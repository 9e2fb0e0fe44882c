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

#[entry]
fn main() -> ! {
    replay("tcn", Tcn::new(), &inputs::TCN);
    replay("wavenet", WaveNet::new(), &inputs::WAVENET);
    replay("keywords", Keywords::new(), &inputs::KEYWORDS);
    replay("amp", Amp::new(), &inputs::AMP);
    end()
}
