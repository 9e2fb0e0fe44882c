//! Networks of 16-bit integers, which give the same bits on every core.

#![no_std]
#![no_main]

#[cfg(target_arch = "arm")]
use panic_semihosting as _;
use streaming_net::{Output, StreamingNet};
use streaming_net_firmware::integers::{
    Amp, Depthwise, DepthwiseFeatures, Features, GroupNorm, Keyword, LayerNorm, Lstm, Maxima,
    Means, Noise, Resting, Started, Sums, Tcn, Transposed, Upsampled, WaveNet, Waveshaper,
};
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
    replay("waveshaper_i16", Waveshaper::new());
    replay("tcn_i16", Tcn::new());
    replay("wavenet_i16", WaveNet::new());
    replay("amp_i16", Amp::new());
    replay("lstm_i16", Lstm::new());
    replay("depthwise_i16", Depthwise::new());
    replay("keyword_i16", Keyword::new());
    replay("layer_norm_i16", LayerNorm::new());
    replay("group_norm_i16", GroupNorm::new());
    replay("upsampled_i16", Upsampled::new());
    replay("transposed_i16", Transposed::new());
    replay("started_i16", Started::new());
    replay("resting_i16", Resting::new());
    replay("means_i16", Means::new());
    replay("maxima_i16", Maxima::new());
    replay("sums_i16", Sums::new());
    replay("features_i16", Features::new());
    replay("depthwise_features_i16", DepthwiseFeatures::new());
    end()
}
