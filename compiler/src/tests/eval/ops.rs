//! Each operation, on numbers that a person can follow.

use super::{graph, of_op};
use crate::tests::graphs::pushed;

#[track_caller]
fn assert_near(found: &[Vec<f64>], expected: &[&[f64]]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (a, b) in found.iter().zip(*expected) {
            assert!((a - b).abs() < 1e-6, "{found:?}, not {expected:?}");
        }
    }
}

#[test]
fn a_convolution_has_taps_groups_a_bias_and_a_schedule() {
    // The oldest tap first: 10 x[t-2] + x[t].
    let frames: [&[f64]; 5] = [&[1.0], &[2.0], &[3.0], &[4.0], &[5.0]];
    let op = "conv %0 k=2 dilation=2 in=1 out=1 bias";
    assert_near(&of_op(1, op, &[&[10.0, 1.0], &[0.5]], &frames), &[&[13.5], &[24.5], &[35.5]]);
    let op = "conv %0 k=2 dilation=2 stride=2 in=1 out=1 bias";
    assert_near(&of_op(1, op, &[&[10.0, 1.0], &[0.5]], &frames), &[&[13.5], &[35.5]]);
    let op = "conv %0 k=2 zeros=1 in=1 out=1";
    let expected: [&[f64]; 3] = [&[1.0], &[12.0], &[23.0]];
    assert_near(&of_op(1, op, &[&[10.0, 1.0]], &frames[..3]), &expected);
    // Two groups of two inputs and of two outputs: rows are inputs of a group, columns outputs.
    let kernel = [1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 30.0, 40.0];
    let op = "conv %0 k=1 in=4 out=4 groups=2";
    let expected: [&[f64]; 1] = [&[1.0 + 20.0, 2.0 + 40.0, 9.0 + 120.0, 12.0 + 160.0]];
    assert_near(&of_op(4, op, &[&kernel], &[&[1.0, 2.0, 3.0, 4.0]]), &expected);
    // One group of two taps, three inputs and two outputs.
    let kernel: Vec<f64> = (1..=12).map(f64::from).collect();
    let op = "conv %0 k=2 in=3 out=2 epilogue=relu";
    let found = of_op(3, op, &[&kernel], &[&[1.0, 0.0, -1.0], &[2.0, -3.0, 1.0]]);
    // 1 - 5 + 2 * 7 - 3 * 9 + 11 and 2 - 6 + 2 * 8 - 3 * 10 + 12.
    assert_near(&found, &[&[0.0, 0.0]]);
    let found = of_op(3, op, &[&kernel], &[&[1.0, 0.0, -1.0], &[2.0, 3.0, 1.0]]);
    assert_near(&found, &[&[1.0 - 5.0 + 14.0 + 27.0 + 11.0, 2.0 - 6.0 + 16.0 + 30.0 + 12.0]]);
}

#[test]
fn sums_start_from_a_bias_and_a_seed() {
    let text = "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2 bias seed=%0
        output %1";
    let graph = graph(text, &[(1, &[&[1.0, 2.0, 3.0, 4.0], &[100.0, 200.0]])]);
    assert_near(&pushed(&graph, &[vec![10.0, 20.0]]).1, &[&[180.0, 320.0]]);
    // A seed that comes late makes the sums late.
    let text = "%0 = input 1
        %1 = conv %0 k=3 in=1 out=1
        %2 = conv %0 k=1 in=1 out=1 seed=%1
        output %2";
    let graph = super::graph(text, &[(1, &[&[1.0, 0.0, 0.0]]), (2, &[&[10.0]])]);
    let (pushes, outputs) = pushed(&graph, &[1.0, 2.0, 3.0, 4.0].map(|x| vec![x]));
    assert_eq!(pushes, [2, 3]);
    assert_near(&outputs, &[&[31.0], &[42.0]]);
    // Of several frames a push, each starts from its own.
    let text = "%0 = input 1
        %1 = conv_transpose %0 k=2 stride=2 in=1 out=1
        %2 = conv %1 k=1 in=1 out=1 seed=%1
        output %2";
    let graph = super::graph(text, &[(1, &[&[1.0, 2.0]]), (2, &[&[10.0]])]);
    assert_near(&pushed(&graph, &[vec![3.0]]).1, &[&[33.0, 66.0]]);
}

#[test]
fn a_convolution_over_time_and_features() {
    // Three features of one channel, a zero before them, two under the kernel, every second one.
    let op = "conv2d %0 k=2 features=3 feature_k=2 feature_stride=2 feature_zeros=1 kernel=[2, 2, 1, 1] positions=2 bias";
    let kernel = [1.0, 10.0, 100.0, 1000.0];
    let found = of_op(3, op, &[&kernel, &[0.5]], &[&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]]);
    assert_near(&found, &[&[10.0 + 4000.0 + 0.5, 2.0 + 30.0 + 500.0 + 6000.0 + 0.5]]);
    // Zeros behind the last feature too.
    let op = "conv2d %0 k=1 features=2 feature_k=3 feature_stride=1 feature_zeros=1 kernel=[1, 3, 1, 2] positions=2";
    let kernel = [1.0, 2.0, 10.0, 20.0, 100.0, 200.0];
    let found = of_op(2, op, &[&kernel], &[&[3.0, 4.0]]);
    assert_near(&found, &[&[430.0, 860.0, 43.0, 86.0]]);
    // Two channels of a feature, two outputs.
    let op = "conv2d %0 k=1 features=2 feature_k=2 feature_stride=1 feature_zeros=0 kernel=[1, 2, 2, 2] positions=1";
    let kernel: Vec<f64> = (1..=8).map(f64::from).collect();
    let found = of_op(4, op, &[&kernel], &[&[1.0, 10.0, 100.0, 1000.0]]);
    assert_near(&found, &[&[7531.0, 8642.0]]);
}

#[test]
fn a_convolution_of_each_channel_over_time_and_features() {
    let op = "conv2d %0 k=2 features=2 feature_k=2 feature_stride=1 feature_zeros=0 kernel=[2, 2, 1, 2] groups=2 positions=1 bias";
    let kernel: Vec<f64> = (1..=8).map(f64::from).collect();
    let frames: [&[f64]; 2] = [&[1.0, 2.0, 3.0, 4.0], &[5.0, 6.0, 7.0, 8.0]];
    let found = of_op(4, op, &[&kernel, &[0.5, 0.25]], &frames);
    let first = 1.0 + 3.0 * 3.0 + 5.0 * 5.0 + 7.0 * 7.0 + 0.5;
    let second = 2.0 * 2.0 + 4.0 * 4.0 + 6.0 * 6.0 + 8.0 * 8.0 + 0.25;
    assert_near(&found, &[&[first, second]]);
}

#[test]
fn a_transposed_convolution_gives_several_frames() {
    // Three taps, two frames a push: the last tap is of the frame before.
    let op = "conv_transpose %0 k=3 stride=2 in=2 out=1 bias";
    let kernel = [1.0, 2.0, 10.0, 20.0, 100.0, 200.0];
    let found = of_op(2, op, &[&kernel, &[0.5]], &[&[1.0, 1.0], &[3.0, 4.0]]);
    assert_near(&found, &[&[3.5, 30.5], &[11.0 + 300.5, 110.5]]);
    // Two outputs.
    let op = "conv_transpose %0 k=2 stride=2 in=1 out=2";
    assert_near(&of_op(1, op, &[&[1.0, 2.0, 3.0, 4.0]], &[&[10.0]]), &[&[10.0, 20.0, 30.0, 40.0]]);
    // Of a frame before it, through every stride.
    let op = "conv_transpose %0 k=5 stride=2 in=1 out=1";
    let frames: [&[f64]; 3] = [&[1.0], &[10.0], &[100.0]];
    let found = of_op(1, op, &[&[1.0, 2.0, 3.0, 4.0, 5.0]], &frames);
    assert_near(&found, &[&[1.0, 2.0], &[13.0, 24.0], &[135.0, 240.0]]);
}

#[test]
fn windows_of_frames() {
    let frames: [&[f64]; 4] = [&[1.0, 8.0], &[3.0, 2.0], &[2.0, 4.0], &[7.0, 6.0]];
    let of = |op: &str| of_op(2, op, &[], &frames);
    let expected: [&[f64]; 3] = [&[3.0, 8.0], &[3.0, 4.0], &[7.0, 6.0]];
    assert_near(&of("pool %0 Max size=2 stride=1"), &expected);
    assert_near(&of("pool %0 Max size=2 stride=2"), &[&[3.0, 8.0], &[7.0, 6.0]]);
    let zeros = of_op(1, "pool %0 Max size=2 stride=1", &[], &[&[-0.0], &[0.0]]);
    assert!(zeros[0][0].is_sign_negative(), "the first of two equal numbers");
    assert_near(&of("pool %0 Mean size=4 stride=1"), &[&[3.25, 5.0]]);
    assert_near(&of("pool %0 Mean size=1 stride=3"), &[&[1.0, 8.0], &[7.0, 6.0]]);
    assert_near(&of("mean %0 frames=3"), &[&[2.0, 14.0 / 3.0], &[4.0, 4.0]]);
    let expected: [&[f64]; 2] = [&[1.0, 8.0, 3.0, 2.0, 2.0, 4.0], &[3.0, 2.0, 2.0, 4.0, 7.0, 6.0]];
    assert_near(&of("newest %0 frames=3"), &expected);
    assert_near(&of("delay %0 frames=3"), &[&[1.0, 8.0]]);
    assert_near(&of("wait %0 frames=2"), &[&[1.0, 8.0], &[3.0, 2.0]]);
    let doubled = of_op(2, "upsample %0 n=2", &[], &frames[..1]);
    assert_near(&doubled, &[&[1.0, 8.0, 1.0, 8.0]]);
}

#[test]
fn operations_on_each_frame() {
    let frame: [&[f64]; 1] = [&[-2.0, 0.0, 3.0]];
    let of = |op: &str, tensors: &[&[f64]]| of_op(3, op, tensors, &frame);
    let three = |x: [f64; 3]| x;
    let affine: [&[f64]; 3] = [&[1.0, 2.0, 5.0], &[2.0, 3.0, 4.0], &[10.0, 20.0, 30.0]];
    assert_near(&of("affine %0 centred bias", &affine), &[&[4.0, 14.0, 22.0]]);
    assert_near(&of("prelu %0", &[&[0.5, 7.0, 9.0]]), &[&[-1.0, 0.0, 3.0]]);
    // No slope makes zero anything else, not even one that is infinite.
    assert_near(&of("prelu %0", &[&[0.25, f64::INFINITY, 9.0]]), &[&[-0.5, 0.0, 3.0]]);
    assert_near(&of("map %0 relu", &[]), &[&[0.0, 0.0, 3.0]]);
    let map = three([(-2.0_f64).tanh(), 0.0, 3.0_f64.tanh()]);
    assert_near(&of("map %0 tanh", &[]), &[&map]);
    let sum = (-5.0_f64).exp() + (-3.0_f64).exp() + 1.0;
    let softmax = three([(-5.0_f64).exp() / sum, (-3.0_f64).exp() / sum, 1.0 / sum]);
    assert_near(&of("softmax %0", &[]), &[&softmax]);
    assert_near(&of("slice %0 start=1 channels=2", &[]), &[&[0.0, 3.0]]);
    // Of -2, 0 and 3 the mean is 1/3, and the variance 38/9.
    let deviation = (38.0_f64 / 9.0 + 0.5).sqrt();
    let third = 1.0 / 3.0;
    let normed = three([
        10.0 * (-2.0 - third) / deviation + 1.0,
        20.0 * -third / deviation + 2.0,
        30.0 * (3.0 - third) / deviation + 3.0,
    ]);
    let tensors: [&[f64]; 2] = [&[10.0, 20.0, 30.0], &[1.0, 2.0, 3.0]];
    assert_near(&of("layer_norm %0 epsilon=0.5", &tensors), &[&normed]);
}

#[test]
fn operations_on_several_values() {
    let of = |op: &str| {
        let text = format!(
            "%0 = input 2
            %1 = map %0 relu
            %2 = affine %0 bias
            %3 = {op}
            output %3"
        );
        let graph = graph(&text, &[(2, &[&[0.0, 0.0], &[0.5, 2.0], &[1.0, 0.0]])]);
        pushed(&graph, &[vec![-4.0, 3.0]]).1
    };
    // %0 = [-4, 3], %1 = [0, 3], %2 = [-1, 6].
    assert_near(&of("add %0 %2"), &[&[-5.0, 9.0]]);
    assert_near(&of("multiply %0 %2"), &[&[4.0, 18.0]]);
    assert_near(&of("concat %2 %0"), &[&[-1.0, 6.0, -4.0, 3.0]]);
    // The share, behind the others, is -1 and 6.
    assert_near(&of("blend %0 %1 %2"), &[&[2.0 * -4.0, 6.0 * 3.0 - 5.0 * 3.0]]);
}

/// Every `stride`th window, and where a value is not there, nothing behind it.
#[test]
fn schedules_count_the_frames_of_their_input() {
    let text = "%0 = input 1
        %1 = pool %0 Max size=2 stride=3
        %2 = pool %1 Max size=2 stride=2
        %3 = map %0 tanh
        %4 = delay %3 frames=2
        %5 = newest %4 frames=1
        output %2";
    let input: Vec<_> = (0..24).map(|x| vec![f64::from(x)]).collect();
    let (pushes, outputs) = pushed(&graph(text, &[]), &input);
    assert_eq!(pushes, [4, 10, 16, 22]);
    assert_near(&outputs, &[&[4.0], &[10.0], &[16.0], &[22.0]]);
}
