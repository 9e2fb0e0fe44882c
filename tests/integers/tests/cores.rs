//! The host gives what every core gives: the output of the firmware's program `integers`.

use std::fmt::Write as _;

use streaming_net::{Output, StreamingNet};

#[allow(unreachable_pub, reason = "as the firmware has it")]
mod firmware {
    include!(concat!(env!("OUT_DIR"), "/firmware.rs"));
}

use firmware::{
    Amp, Depthwise, DepthwiseFeatures, Features, GroupNorm, Keyword, LayerNorm, Lstm, Maxima,
    Means, Noise, Resting, Started, Sums, Tcn, Transposed, Upsampled, WaveNet, Waveshaper,
};

const EXPECTED: &str = include_str!("../../../examples/firmware/expected/integers.out");

fn replay<N, const INPUTS: usize>(text: &mut String, name: &str, mut net: N)
where
    N: StreamingNet<i16, Input = [i16; INPUTS]>,
{
    let mut noise = Noise::default();
    for push in 0..64 {
        write!(text, "{name} {push}").unwrap();
        match net.push(noise.frame(push)) {
            Some(output) => output.numbers().iter().for_each(|y| write!(text, " {y}").unwrap()),
            None => text.push_str(" none"),
        }
        text.push('\n');
    }
}

#[test]
fn the_host_gives_what_the_firmware_prints() {
    let mut text = String::new();
    replay(&mut text, "waveshaper_i16", Waveshaper::new());
    replay(&mut text, "tcn_i16", Tcn::new());
    replay(&mut text, "wavenet_i16", WaveNet::new());
    replay(&mut text, "amp_i16", Amp::new());
    replay(&mut text, "lstm_i16", Lstm::new());
    replay(&mut text, "depthwise_i16", Depthwise::new());
    replay(&mut text, "keyword_i16", Keyword::new());
    replay(&mut text, "layer_norm_i16", LayerNorm::new());
    replay(&mut text, "group_norm_i16", GroupNorm::new());
    replay(&mut text, "upsampled_i16", Upsampled::new());
    replay(&mut text, "transposed_i16", Transposed::new());
    replay(&mut text, "started_i16", Started::new());
    replay(&mut text, "resting_i16", Resting::new());
    replay(&mut text, "means_i16", Means::new());
    replay(&mut text, "maxima_i16", Maxima::new());
    replay(&mut text, "sums_i16", Sums::new());
    replay(&mut text, "features_i16", Features::new());
    replay(&mut text, "depthwise_features_i16", DepthwiseFeatures::new());
    for (line, expected) in text.lines().zip(EXPECTED.lines()) {
        assert_eq!(line, expected);
    }
    assert_eq!(text.lines().count(), EXPECTED.lines().count());
}
