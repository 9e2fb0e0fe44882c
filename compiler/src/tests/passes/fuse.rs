//! Sums that start from another value, and activations of sums.

use expect_test::expect;

use super::{Pass, check, left};
use crate::passes::fuse;

const SEEDS: Pass = |graph, _| fuse::seeds(graph);
const EPILOGUES: Pass = |graph, _| fuse::epilogues(graph, |_| true);

/// A convolution with taps starts from the product that is added to it, which has no line of its own then.
#[test]
fn a_convolution_starts_from_a_product() {
    for order in ["%1 %2", "%2 %1"] {
        let text = format!(
            "%0 = input 2
            %1 = conv %0 k=3 zeros=2 in=2 out=3 bias
            %2 = conv %0 k=1 in=2 out=3
            %3 = add {order}
            output %3"
        );
        let expected = expect![[r"
            %0 = input 2
            %2 = conv %0 k=1 in=2 out=3 inline
            %3 = conv %0 k=3 zeros=2 in=2 out=3 bias seed=%2
            output %3
        "]];
        check(&text, SEEDS, &expected);
    }
    // The product may have many inputs: the convolution's sums start from it.
    check(
        "%0 = input 9
        %1 = conv %0 k=2 zeros=1 in=9 out=1
        %2 = conv %0 k=1 in=9 out=1
        %3 = add %1 %2
        output %3",
        SEEDS,
        &expect![[r"
            %0 = input 9
            %2 = conv %0 k=1 in=9 out=1 inline
            %3 = conv %0 k=2 zeros=1 in=9 out=1 seed=%2
            output %3
        "]],
    );
}

#[test]
fn a_product_starts_from_another_value() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=8 bias
        %2 = map %1 tanh
        %3 = conv %2 k=1 in=8 out=8 bias
        %4 = add %1 %3
        output %4",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=8 bias
            %2 = map %1 tanh
            %4 = conv %2 k=1 in=8 out=8 bias seed=%1
            output %4
        "]],
    );
    // Of two products, the second starts from the first.
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=2
        %2 = conv %0 k=1 in=1 out=2
        %3 = add %1 %2
        output %3",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=2 inline
            %3 = conv %0 k=1 in=1 out=2 seed=%1
            output %3
        "]],
    );
    // The first, where the second has too many inputs.
    check(
        "%0 = input 9
        %1 = slice %0 start=1 channels=2
        %2 = conv %1 k=1 in=2 out=2
        %3 = conv %0 k=1 in=9 out=2
        %4 = add %2 %3
        output %4",
        SEEDS,
        &expect![[r"
            %0 = input 9
            %1 = slice %0 start=1 channels=2
            %3 = conv %0 k=1 in=9 out=2
            %4 = conv %1 k=1 in=2 out=2 seed=%3
            output %4
        "]],
    );
}

/// A product of one number has no line, wherever its sum begins.
#[test]
fn a_product_of_one_number_is_computed_in_passing() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=4
        %2 = conv %0 k=1 in=1 out=3 bias
        %3 = map %2 relu
        %4 = conv %3 k=1 in=3 out=4 bias
        %5 = add %1 %4
        output %5",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=4 inline
            %2 = conv %0 k=1 in=1 out=3 bias
            %3 = map %2 relu
            %5 = conv %3 k=1 in=3 out=4 bias seed=%1
            output %5
        "]],
    );
}

/// A convolution that blocks compute together with what reads it is left alone.
#[test]
fn a_convolution_that_blocks_compute_together_is_left() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=4 bias
        %2 = conv %1 k=1 in=4 out=4 bias
        %3 = conv %1 k=3 zeros=2 in=4 out=4 bias
        %4 = map %3 tanh
        %5 = add %2 %4
        %6 = conv %4 k=1 in=4 out=4 bias
        %7 = add %1 %6
        %8 = add %5 %7
        output %8",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=4 bias
            %2 = conv %1 k=1 in=4 out=4 bias
            %3 = conv %1 k=3 zeros=2 in=4 out=4 bias
            %4 = map %3 tanh
            %5 = add %2 %4
            %7 = conv %4 k=1 in=4 out=4 bias seed=%1
            %8 = add %5 %7
            output %8
        "]],
    );
}

/// A product that is there later than what the convolution reads has a line of its own.
#[test]
fn a_product_that_is_late_is_not_computed_in_passing() {
    check(
        "%0 = input 1
        %1 = conv %0 k=4 zeros=3 in=1 out=1
        %2 = conv %0 k=3 in=1 out=1
        %3 = conv %2 k=1 in=1 out=1
        %4 = add %1 %3
        output %4",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=4 zeros=3 in=1 out=1
            %2 = conv %0 k=3 in=1 out=1
            %4 = conv %2 k=1 in=1 out=1 seed=%1
            output %4
        "]],
    );
    // There before, and every push.
    check(
        "%0 = input 1
        %1 = conv %0 k=3 in=1 out=1
        %2 = conv %1 k=2 zeros=1 in=1 out=1
        %3 = conv %0 k=1 in=1 out=1
        %4 = add %2 %3
        output %4",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=3 in=1 out=1
            %3 = conv %0 k=1 in=1 out=1 inline
            %4 = conv %1 k=2 zeros=1 in=1 out=1 seed=%3
            output %4
        "]],
    );
    // Strides of two, one push apart and two.
    for late in [2, 3] {
        let text = format!(
            "%0 = input 1
            %1 = conv %0 k={late} stride=2 in=1 out=1
            %2 = conv %0 k=1 stride=2 in=1 out=1
            %3 = conv %1 k=2 zeros=1 in=1 out=1
            %4 = conv %2 k=1 in=1 out=1
            %5 = multiply %3 %4
            output %5"
        );
        let mut graph = crate::tests::graphs::read(&text.replace("multiply", "add"));
        fuse::seeds(&mut graph);
        let is_inline = graph.to_string().contains("%4 = conv %2 k=1 in=1 out=1 inline");
        assert_eq!(is_inline, late == 3, "{graph}");
    }
}

#[test]
fn sums_that_start_from_nothing_else() {
    for text in [
        // More inputs than are added to a larger number.
        "%0 = input 9
        %1 = map %0 tanh
        %2 = conv %1 k=1 in=9 out=9
        %3 = add %0 %2
        output %3",
        // Several frames a push.
        "%0 = input 1
        %1 = upsample %0 n=2
        %2 = conv %1 k=1 in=1 out=1
        %3 = add %1 %2
        output %3",
        // Read by another node.
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = add %0 %1
        %3 = concat %1 %2
        output %3",
        // With an activation, or a seed, already.
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 epilogue=tanh
        %2 = add %0 %1
        output %2",
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 seed=%0
        %2 = add %0 %1
        output %2",
        // Computed in passing by another node.
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 inline
        %2 = add %0 %1
        output %2",
        // Taps, and a stride: no product. Groups.
        "%0 = input 1
        %1 = conv %0 k=2 zeros=1 in=1 out=1
        %2 = add %0 %1
        output %2",
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=2 groups=2
        %2 = add %0 %1
        output %2",
        // No sum.
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = multiply %0 %1
        output %2",
    ] {
        left(text, SEEDS);
    }
    // Two convolutions with taps.
    left(
        "%0 = input 1
        %1 = conv %0 k=2 zeros=1 in=1 out=1
        %2 = conv %0 k=2 zeros=1 in=1 out=1
        %3 = add %1 %2
        output %3",
        SEEDS,
    );
    // Not the convolution with taps, which another node reads, but the product.
    check(
        "%0 = input 1
        %1 = conv %0 k=2 zeros=1 in=1 out=1
        %2 = conv %0 k=1 in=1 out=1
        %3 = add %1 %2
        %4 = concat %1 %3
        output %4",
        SEEDS,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=2 zeros=1 in=1 out=1
            %2 = conv %0 k=1 in=1 out=1
            %3 = add %1 %2
            %4 = concat %1 %3
            output %4
        "]],
    );
}

#[test]
fn sums_take_an_activation() {
    for (op, expected) in [
        (
            "conv %0 k=2 in=2 out=2",
            expect![[r"
            %0 = input 2
            %2 = conv %0 k=2 in=2 out=2 epilogue=elu=0.5
            output %2
        "]],
        ),
        (
            "conv2d %0 k=2 features=2 feature_k=1 feature_stride=1 feature_zeros=0 kernel=[2, 1, 1, 1] positions=2",
            expect![[r"
                %0 = input 2
                %2 = conv2d %0 k=2 features=2 feature_k=1 feature_stride=1 feature_zeros=0 kernel=[2, 1, 1, 1] positions=2 epilogue=elu=0.5
                output %2
            "]],
        ),
        (
            "conv_transpose %0 k=3 stride=2 in=2 out=1 bias",
            expect![[r"
            %0 = input 2
            %2 = conv_transpose %0 k=3 stride=2 in=2 out=1 bias epilogue=elu=0.5
            output %2
        "]],
        ),
        (
            "affine %0 bias",
            expect![[r"
            %0 = input 2
            %2 = affine %0 bias epilogue=elu=0.5
            output %2
        "]],
        ),
    ] {
        check(
            &format!("%0 = input 2\n%1 = {op}\n%2 = map %1 elu=0.5\noutput %2"),
            EPILOGUES,
            &expected,
        );
    }
    // One is applied to what another gives.
    check(
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=2 bias
        %2 = map %1 tanh
        %3 = map %2 relu
        output %3",
        EPILOGUES,
        &expect![[r"
            %0 = input 1
            %2 = conv %0 k=2 in=1 out=2 bias epilogue=tanh
            %3 = map %2 relu
            output %3
        "]],
    );
}

#[test]
fn what_takes_no_activation() {
    for text in [
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=1
        %2 = map %1 tanh
        %3 = concat %1 %2
        output %3",
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=1 epilogue=relu
        %2 = map %1 tanh
        output %2",
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 inline
        %2 = map %1 tanh
        output %2",
        "%0 = input 1
        %1 = pool %0 Max size=2 stride=1
        %2 = map %1 tanh
        output %2",
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=1
        %2 = softmax %1
        output %2",
    ] {
        left(text, EPILOGUES);
    }
}
