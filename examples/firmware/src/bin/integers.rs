//! Networks of 16-bit integers, which give the same bits on every core.

#![no_std]
#![no_main]

#[cfg(target_arch = "arm")]
use panic_semihosting as _;
use streaming_net::{Output, StreamingNet};
use streaming_net_firmware::integers::{Amp, Depthwise, Lstm, Noise, Tcn, WaveNet, Waveshaper};
use streaming_net_firmware::{end, entry, print_integers};

const PUSHES: usize = 64;

fn replay<N: StreamingNet<i16, Input = [i16; INPUTS]>, const INPUTS: usize>(
    name: &str,
    mut net: N,
) {
    let mut noise = Noise::new();
    for push in 0..PUSHES {
        let output = net.push(noise.frame(push));
        print_integers(name, push, output.as_ref().map(Output::numbers));
    }
}

#[entry]
fn main() -> ! {
    replay("waveshaper", Waveshaper::new());
    replay("tcn", Tcn::new());
    replay("wavenet", WaveNet::new());
    replay("amp", Amp::new());
    replay("lstm", Lstm::new());
    replay("depthwise", Depthwise::new());
    end()
}
