//! Proof that no panic is reachable: the panic handler calls a function that does not exist, so this program links only
//! where the handler is not needed. It prints nothing, since printing may panic.

#![no_std]
#![no_main]

use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m_rt::entry;
use streaming_net::{Output, StreamingNet};
use streaming_net_firmware::networks::{
    Branches, Convolutions, Features, Frames, Functions, Planes, Pools, Recurrent, Resting,
    Upsampling, V1, V2, V3, V4, Waveshaper, Windows,
};
use streaming_net_firmware::{end, integers};

unsafe extern "C" {
    #[link_name = "\n\nERROR: a panic is reachable from push\n"]
    safe fn a_panic_is_reachable() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    a_panic_is_reachable()
}

/// The bits of a sample, which the compiler cannot know.
static SAMPLE: AtomicU32 = AtomicU32::new(0);

fn sample() -> f32 {
    f32::from_bits(SAMPLE.load(Ordering::Relaxed))
}

fn keep(output: Option<impl Output>) {
    for y in output.iter().flat_map(Output::numbers) {
        SAMPLE.store(y.to_bits(), Ordering::Relaxed);
    }
}

/// Blocks of any length, with room for any number of outputs.
#[inline(never)]
fn block<N: StreamingNet<Input = [f32; 2]>>(net: &mut N, outputs: &mut [N::Output]) {
    let frames = [[sample(), sample()]; 32];
    let length = |most: usize| most.min(sample().to_bits() as usize);
    if let Some(frames) = frames.get(..length(frames.len()))
        && let Some(outputs) = outputs.get_mut(..length(outputs.len()))
    {
        let written = net.push_block(frames, outputs);
        keep(outputs.get(..written).and_then(<[_]>::last).copied());
    }
}

/// Pushes and blocks of a network of integers.
#[inline(never)]
fn of_integers<N, const INPUTS: usize>(mut net: N)
where
    N: StreamingNet<i16, Input = [i16; INPUTS]>,
{
    let number = || SAMPLE.load(Ordering::Relaxed);
    let keep = |y: &i16| SAMPLE.store(y.cast_unsigned().into(), Ordering::Relaxed);
    let frames = [[(); INPUTS]; 8].map(|frame| {
        frame.map(|()| {
            let [low, high, ..] = number().to_le_bytes();
            i16::from_le_bytes([low, high])
        })
    });
    let mut outputs = [<N::Output as Output<i16>>::ZEROS; 8];
    let written = net.push_block(&frames, &mut outputs);
    outputs.iter().take(written).flat_map(Output::numbers).for_each(keep);
    net.reset();
    if let Some(output) = frames.first().and_then(|frame| net.push(*frame)) {
        output.numbers().iter().for_each(keep);
    }
}

/// A function for each network, whose stack is measured by its name.
macro_rules! pushes {
    ($($function:ident: $net:ty)*) => {
        $(
            #[inline(never)]
            fn $function(net: &mut $net) {
                keep(net.push([sample(), sample()]));
            }
        )*

        #[entry]
        fn main() -> ! {
            $({
                // A function of its own: networks take the same stack, one after the other.
                #[inline(never)]
                fn exercise() {
                    let mut net = <$net>::new();
                    $function(&mut net);
                    block(&mut net, &mut [<$net as StreamingNet>::Output::ZEROS; 32]);
                    net.reset();
                    $function(&mut net);
                }
                exercise();
            })*
            of_integers(integers::Waveshaper::new());
            of_integers(integers::Tcn::new());
            of_integers(integers::WaveNet::new());
            of_integers(integers::Amp::new());
            of_integers(integers::Lstm::new());
            of_integers(integers::Depthwise::new());
            of_integers(integers::Upsampled::new());
            of_integers(integers::Transposed::new());
            of_integers(integers::Features::new());
            of_integers(integers::DepthwiseFeatures::new());
            end()
        }
    };
}

pushes! {
    pushes_v1: V1
    pushes_v2: V2
    pushes_v3: V3
    pushes_v4: V4
    pushes_waveshaper: Waveshaper
    pushes_convolutions: Convolutions
    pushes_planes: Planes
    pushes_branches: Branches
    pushes_recurrent: Recurrent
    pushes_pools: Pools
    pushes_features: Features
    pushes_windows: Windows
    pushes_frames: Frames
    pushes_functions: Functions
    pushes_upsampling: Upsampling
    pushes_resting: Resting
}
