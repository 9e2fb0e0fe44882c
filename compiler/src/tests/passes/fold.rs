//! Products and sums of each channel become part of the convolution beside them.

use expect_test::expect;

use super::{check, left, refused};
use crate::graph::Graph;
use crate::passes::fold::fold;
use crate::passes::quantise::split_norms;
use crate::tensor::Tensor;
use crate::tests::graphs::{read, value, weigh};

#[test]
fn an_affine_operation_behind_a_convolution() {
    check(
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=2
        %2 = affine %1 centred bias
        %3 = affine %2
        %4 = map %3 relu
        output %4",
        fold,
        &expect![[r"
            %0 = input 1
            %3 = conv %0 k=2 in=1 out=2 bias
            %4 = map %3 relu
            output %4
        "]],
    );
    check(
        "%0 = input 4
        %1 = conv %0 k=2 zeros=1 in=4 out=6 groups=2 bias
        %2 = affine %1
        output %2",
        fold,
        &expect![[r"
            %0 = input 4
            %2 = conv %0 k=2 zeros=1 in=4 out=6 groups=2 bias
            output %2
        "]],
    );
}

#[test]
fn an_affine_operation_behind_other_convolutions() {
    check(
        "%0 = input 6
        %1 = conv2d %0 k=2 zeros=1 features=3 feature_k=3 feature_stride=1 feature_zeros=0 kernel=[2, 3, 2, 2] positions=1 bias
        %2 = affine %1 centred bias
        %3 = conv_transpose %2 k=2 stride=2 in=2 out=2
        %4 = affine %3
        output %4",
        fold,
        &expect![[r"
            %0 = input 6
            %2 = conv2d %0 k=2 zeros=1 features=3 feature_k=3 feature_stride=1 feature_zeros=0 kernel=[2, 3, 2, 2] positions=1 bias
            %4 = conv_transpose %2 k=2 stride=2 in=2 out=2
            output %4
        "]],
    );
}

/// Each position of a convolution over features has the same weights; numbers of a position of its own stay a line.
#[test]
fn what_differs_from_position_to_position_is_left() {
    for (scales, lines) in [([2.0, 3.0, 2.0, 3.0], 1), ([2.0, 3.0, 2.0, 4.0], 2)] {
        let mut graph = read(
            "%0 = input 2
            %1 = conv2d %0 k=1 features=2 feature_k=1 feature_stride=1 feature_zeros=0 kernel=[1, 1, 1, 2] positions=2
            %2 = affine %1
            output %2",
        );
        let tensor =
            |numbers: &[f64]| Tensor { shape: vec![numbers.len()], numbers: numbers.to_vec() };
        let zeros = tensor(&[0.0; 4]);
        let [conv, affine] = [1, 2].map(|number| value(&graph, number));
        graph[conv].tensors = vec![tensor(&[1.0, -1.0])];
        graph[affine].tensors = vec![zeros.clone(), tensor(&scales), zeros];
        assert_eq!(refused(&mut graph, fold), [""; 0]);
        assert_eq!(graph.lines().len(), lines);
        if lines == 1 {
            assert_eq!(graph[graph.output].tensors, [tensor(&[2.0, -3.0])]);
        }
    }
}

#[test]
fn an_affine_operation_before_a_convolution() {
    // What adds nothing may be before zeros.
    check(
        "%0 = input 4
        %1 = affine %0
        %2 = affine %1
        %3 = conv %2 k=3 zeros=2 in=4 out=6 groups=2 bias
        output %3",
        fold,
        &expect![[r"
            %0 = input 4
            %3 = conv %0 k=3 zeros=2 in=4 out=6 groups=2 bias
            output %3
        "]],
    );
    check(
        "%0 = input 4
        %1 = affine %0 centred bias
        %2 = conv %1 k=3 in=4 out=6 groups=2
        %3 = map %2 tanh
        output %3",
        fold,
        &expect![[r"
            %0 = input 4
            %2 = conv %0 k=3 in=4 out=6 groups=2 bias
            %3 = map %2 tanh
            output %3
        "]],
    );
    check(
        "%0 = input 3
        %1 = affine %0 bias
        %2 = conv %1 k=2 in=3 out=2 bias
        output %2",
        fold,
        &expect![[r"
            %0 = input 3
            %2 = conv %0 k=2 in=3 out=2 bias
            output %2
        "]],
    );
}

#[test]
fn zeros_of_padding_are_zeros_behind_a_sum() {
    left(
        "%0 = input 2
        %1 = affine %0 bias
        %2 = conv %1 k=3 zeros=2 in=2 out=1
        output %2",
        fold,
    );
    // The product alone becomes part of it.
    check(
        "%0 = input 2
        %1 = affine %0 bias
        %2 = affine %1
        %3 = conv %2 k=3 zeros=2 in=2 out=1
        output %3",
        fold,
        &expect![[r"
            %0 = input 2
            %1 = affine %0 bias
            %3 = conv %1 k=3 zeros=2 in=2 out=1
            output %3
        "]],
    );
}

#[test]
fn what_another_node_reads_is_left() {
    left(
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=2
        %2 = affine %1
        %3 = concat %1 %2
        output %3",
        fold,
    );
    left(
        "%0 = input 2
        %1 = affine %0
        %2 = conv %1 k=2 in=2 out=2
        %3 = concat %1 %2
        output %3",
        fold,
    );
    // Behind what has no weights.
    left(
        "%0 = input 2
        %1 = pool %0 Max size=2 stride=1
        %2 = affine %1
        %3 = map %2 tanh
        %4 = conv %3 k=2 in=2 out=1
        output %4",
        fold,
    );
}

/// A convolution and a product behind it, whose weights are these.
fn weighed(weight: f64, scale: f64, shift: f64) -> Graph {
    let mut graph = read(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 # conv
        %2 = affine %1 bias # norm
        output %2",
    );
    weigh(&mut graph, 1);
    set(&mut graph, 1, &[weight]);
    set(&mut graph, 2, &[0.0, scale, shift]);
    graph
}

fn set(graph: &mut Graph, number: usize, numbers: &[f64]) {
    let value = value(graph, number);
    graph[value].tensors.iter_mut().zip(numbers).for_each(|(tensor, x)| tensor.numbers.fill(*x));
}

const TOO_LARGE: &str = "the scale and bias that `norm` amounts to do not fit in f32";

#[test]
fn a_product_that_does_not_fit_is_a_mistake() {
    assert_eq!(refused(&mut weighed(1e20, 1e17, 1.0), fold), [""; 0]);
    assert_eq!(refused(&mut weighed(1e20, 1e19, 1.0), fold), [TOO_LARGE]);
    assert_eq!(refused(&mut weighed(1.0, 1.0, 1e39), fold), [TOO_LARGE]);
    assert_eq!(refused(&mut weighed(1e20, 1e39, 1.0), fold), [TOO_LARGE]);
    assert_eq!(
        refused(&mut weighed(1.0, f64::INFINITY, 1.0), fold),
        ["a variance of `norm` plus `epsilon` is not above 0"]
    );
    // A weight that does not fit by itself is no mistake of the factors.
    assert_eq!(refused(&mut weighed(1e39, 2.0, 1.0), fold), [""; 0]);
}

#[test]
fn a_product_before_a_convolution_that_does_not_fit_is_a_mistake() {
    let before = |weight: f64, scale: f64| {
        let mut graph = read(
            "%0 = input 1
            %1 = affine %0 bias # norm
            %2 = conv %1 k=1 in=1 out=1 # conv
            output %2",
        );
        weigh(&mut graph, 1);
        set(&mut graph, 1, &[0.0, scale, 1.0]);
        set(&mut graph, 2, &[weight]);
        refused(&mut graph, fold)
    };
    assert_eq!(before(1e20, 1e17), [""; 0]);
    assert_eq!(before(1e20, 1e19), [TOO_LARGE]);
    assert_eq!(before(1e39, 2.0), [""; 0]);
    assert_eq!(before(1.0, 1e39), [TOO_LARGE]);
}

/// What no convolution takes is reported too.
#[test]
fn factors_by_themselves_have_to_fit() {
    let mut graph = read(
        "%0 = input 1
        %1 = affine %0 centred bias # norm
        output %1",
    );
    weigh(&mut graph, 1);
    assert_eq!(refused(&mut graph, fold), [""; 0]);
    set(&mut graph, 1, &[1e30, 1e10, 0.0]);
    assert_eq!(refused(&mut graph, fold), [TOO_LARGE]);
}

/// What a normalisation multiplies and adds, for integers.
#[test]
fn gamma_and_beta_of_a_normalisation() {
    let split = |graph: &mut Graph, errors: &mut crate::errors::Errors| {
        split_norms(graph);
        fold(graph, errors);
    };
    check(
        "%0 = input 4
        %1 = layer_norm %0 epsilon=0.001
        %2 = conv %1 k=1 in=4 out=2
        %3 = group_norm %2 blocks=1 features=1 channels=2 groups=1 epsilon=0.001
        output %3",
        split,
        &expect![[r"
            %0 = input 4
            %1 = layer_norm %0 epsilon=0.001
            %3 = conv %1 k=1 in=4 out=2 bias
            %4 = group_norm %3 blocks=1 features=1 channels=2 groups=1 epsilon=0.001
            %5 = affine %4 bias
            output %5
        "]],
    );
}
