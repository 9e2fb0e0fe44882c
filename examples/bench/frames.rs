//! Frames a second on the host, of the networks that `cargo xtask bench` counts and of the examples'.
//!
//! `cargo bench -p streaming-net-benches` measures. A host says nothing of a Cortex-M; it says whether a plug-in or a test
//! over hours of sound is fast enough.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use streaming_net::{StreamingNet, streaming_net};

include!(concat!(env!("OUT_DIR"), "/networks.rs"));

streaming_net! {
    /// The notebook's last network.
    #[weights = "../../tests/weights/notebook_v4.json"]
    pub struct Notebook <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >
}

streaming_net! {
    /// The waveshaper of `examples/waveshaper`.
    #[weights = "../waveshaper/weights.json"]
    pub struct Waveshaper <
        conv(k=4, in=2, out=4, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=4, dilation=4, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=4, dilation=16, causal, relu);
        conv(k=1, out=4, relu);
        conv(k=4, out=8, dilation=64, causal, relu);
        conv(k=1, out=8, relu);
        conv(k=1, out=1)
    >
}

/// Frames of a block, one millisecond at 48 kHz.
const BLOCK: usize = 48;

fn main() {
    divan::main();
}

/// A signal between -1 and 1 on all channels.
fn signal<N: StreamingNet<Input: Default>>() -> [N::Input; BLOCK] {
    let mut number = 1_u16;
    [(); BLOCK].map(|()| {
        let mut frame = N::Input::default();
        for x in frame.as_mut() {
            number = number.wrapping_mul(25_173).wrapping_add(13_849);
            *x = f32::from(number) / 32_768.0 - 1.0;
        }
        frame
    })
}

#[divan::bench(
    min_time = 0.2,
    types = [Mixer, Notebook, Waveshaper, Daisy, Nano, Wavenet16, WavenetGated, A1TenTen, A1TenTenFast, A1TenTenRelu, A2Lite, A2Full, Tcn, Amp, ConvGru, Lstm, Lstm40Fast, Keywords, Keywords64]
)]
fn push<N: StreamingNet<Input: Default> + Default>(bencher: Bencher<'_, '_>) {
    let (mut net, frames) = (N::default(), signal::<N>());
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| {
        for frame in black_box(&frames) {
            black_box(net.push(*frame));
        }
    });
}

#[divan::bench(
    min_time = 0.2,
    types = [Mixer, Notebook, Waveshaper, Daisy, Nano, Wavenet16, WavenetGated, A1TenTen, A1TenTenFast, A1TenTenRelu, A2Lite, A2Full, Tcn, Amp, ConvGru, Lstm, Lstm40Fast, Keywords, Keywords64]
)]
fn push_block<N: StreamingNet<Input: Default, Output: Default> + Default>(
    bencher: Bencher<'_, '_>,
) {
    let (mut net, frames) = (N::default(), signal::<N>());
    let mut outputs = [(); BLOCK].map(|()| N::Output::default());
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| {
        black_box(net.push_block(black_box(&frames), black_box(&mut outputs)));
    });
}
