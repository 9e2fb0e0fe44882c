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

/// Frames of a block, one after the other: even and odd, few and many.
const BLOCKS: [usize; 5] = [1, 10, 3, 48, 2];

/// Prints what a network gives for each push, and checks that blocks give the same.
fn replay<N: StreamingNet<i16, Input = [i16; INPUTS]> + Default, const INPUTS: usize>(name: &str) {
    let (mut net, mut noise) = (N::default(), Noise::new());
    let frames: [_; PUSHES] = core::array::from_fn(|push| noise.frame(push));
    let outputs = frames.map(|frame| net.push(frame));
    for (push, output) in outputs.iter().enumerate() {
        print_integers(name, push, output.as_ref().map(Output::numbers));
    }
    let (mut net, mut left) = (N::default(), frames.as_slice());
    let mut expected = outputs.iter().flatten();
    for count in BLOCKS {
        let Some((block, later)) = left.split_at_checked(count) else { panic!("too few frames") };
        let mut of_block = [N::Output::ZEROS; PUSHES];
        let written = net.push_block(block, &mut of_block);
        for (found, expected) in of_block.iter().take(written).zip(&mut expected) {
            assert_eq!(found.numbers(), expected.numbers(), "{name} in blocks");
        }
        left = later;
    }
    assert!(left.is_empty() && expected.next().is_none(), "{name}: blocks have all outputs");
}

#[entry]
fn main() -> ! {
    replay::<Waveshaper, _>("waveshaper_i16");
    replay::<Tcn, _>("tcn_i16");
    replay::<WaveNet, _>("wavenet_i16");
    replay::<Amp, _>("amp_i16");
    replay::<Lstm, _>("lstm_i16");
    replay::<Depthwise, _>("depthwise_i16");
    replay::<Keyword, _>("keyword_i16");
    replay::<LayerNorm, _>("layer_norm_i16");
    replay::<GroupNorm, _>("group_norm_i16");
    replay::<Upsampled, _>("upsampled_i16");
    replay::<Transposed, _>("transposed_i16");
    replay::<Started, _>("started_i16");
    replay::<Resting, _>("resting_i16");
    replay::<Means, _>("means_i16");
    replay::<Maxima, _>("maxima_i16");
    replay::<Sums, _>("sums_i16");
    replay::<Features, _>("features_i16");
    replay::<DepthwiseFeatures, _>("depthwise_features_i16");
    end()
}
