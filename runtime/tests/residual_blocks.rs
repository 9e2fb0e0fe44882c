//! Blocks of residual layers of few channels are their frames one by one, to the last bit, whatever the activation.

use streaming_net::__private::{
    Conv, FastTanh, FewActivation, History, Pointwise, Tanh, add, fast_tanh, leaky_relu, relu,
    scratch, tanh,
};

static CONV: Conv<3, 3, 2> = Conv {
    kernel: [
        [[0.3, -0.2], [1.1, 0.7], [-0.6, 0.9]],
        [[-0.8, 0.4], [0.2, -1.3], [0.5, 0.1]],
        [[1.7, -0.9], [-0.4, 0.6], [0.8, -0.3]],
    ],
    bias: [0.25, -0.75],
};
static MIXIN: Conv<1, 1, 2> = Conv { kernel: [[[0.9, -1.4]]], bias: [0.1, 0.2] };
static END: Conv<1, 2, 3> =
    Conv { kernel: [[[0.7, -0.3, 1.2], [0.6, 0.9, -0.5]]], bias: [0.1, 0.0, -0.2] };

/// Frames of a block, more than are computed in steps at a time.
const FRAMES: usize = 64;
const DILATION: usize = 5;

/// The outputs and the sums of skips, whose bits are compared.
type Results = (Vec<[u32; 3]>, Vec<[u32; 2]>);

fn bits<const CHANNELS: usize>(frames: &[[f32; CHANNELS]]) -> Vec<[u32; CHANNELS]> {
    frames.iter().map(|frame| frame.map(f32::to_bits)).collect()
}

fn inputs() -> Vec<[f32; 3]> {
    let wave = |at: u8, step: f32| (f32::from(at) * step).sin() * 2.5;
    // Two blocks.
    (0..128).map(|at| [wave(at, 0.37), wave(at, 1.13), wave(at, 2.71)]).collect()
}

fn one_by_one(activation: impl Fn(&mut [f32])) -> Results {
    let mut history = History::<3, 2, DILATION>::new();
    let results = inputs().into_iter().map(|x| {
        let hidden = CONV.push_mixed(&mut history, x, (&MIXIN, [x[0]]), &activation);
        (END.apply_add(hidden, x, |_| {}), add([0.5, -0.5], hidden))
    });
    let (outputs, sums): (Vec<_>, Vec<_>) = results.unzip();
    (bits(&outputs), bits(&sums))
}

fn in_blocks(activation: impl FewActivation) -> Results {
    let mut history = History::<3, 2, DILATION>::new();
    let mut memory = [0.0; scratch(&[[3, DILATION, 1, 3]], FRAMES)];
    let (mut outputs, mut sums) = (Vec::new(), Vec::new());
    for frames in inputs().chunks_exact(FRAMES) {
        let condition: Vec<_> = frames.iter().map(|x| [x[0]]).collect();
        let (mut buffer, mut skips) = ([0.0; 3 * FRAMES], [[0.5, -0.5]; FRAMES]);
        let init = (MIXIN.sums_of(&condition), Some(skips.as_mut_slice()));
        let end = (activation, &END);
        let block =
            CONV.residual_block(&mut history, (frames, &mut memory), init, end, &mut buffer);
        outputs.extend(bits(block));
        sums.extend(bits(&skips));
    }
    (outputs, sums)
}

/// The same by the function that only adds the results.
fn added(activation: impl FewActivation) -> Vec<[u32; 2]> {
    let mut history = History::<3, 2, DILATION>::new();
    let mut memory = [0.0; scratch(&[[3, DILATION, 1, 3]], FRAMES)];
    let mut sums = Vec::new();
    for frames in inputs().chunks_exact(FRAMES) {
        let condition: Vec<_> = frames.iter().map(|x| [x[0]]).collect();
        let mut skips = [[0.5, -0.5]; FRAMES];
        let init = MIXIN.sums_of(&condition);
        CONV.add_block(&mut history, (frames, &mut memory), init, &mut skips, activation);
        sums.extend(bits(&skips));
    }
    sums
}

fn compare(activation: impl FewActivation, function: impl Fn(&mut [f32])) {
    let expected = one_by_one(function);
    assert_eq!(in_blocks(activation), expected);
    assert_eq!(added(activation), expected.1);
}

#[test]
fn with_an_activation_of_all_kernels() {
    compare(Pointwise::Linear, |_| {});
    compare(Pointwise::Relu, relu);
    compare(Pointwise::LeakyRelu(0.1), leaky_relu(0.1));
}

#[test]
fn with_a_tanh() {
    compare(Tanh, tanh);
    compare(FastTanh, fast_tanh);
}
