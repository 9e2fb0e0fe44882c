//! What is computed inside the line of its only reader.

use expect_test::expect;

use super::{Pass, check, left};
use crate::passes::inline::{inline, is_elementwise, leaves};
use crate::tests::graphs::{read, value};

const INLINE: Pass = |graph, _| inline(graph);

#[test]
fn a_gate_is_one_expression() {
    check(
        "%0 = input 1
        %1 = conv %0 k=2 in=1 out=4 bias
        %2 = slice %1 start=0 channels=2
        %3 = slice %1 start=2 channels=2
        %4 = map %2 tanh
        %5 = map %3 sigmoid
        %6 = multiply %4 %5
        %7 = conv %6 k=1 in=2 out=1 bias
        output %7",
        INLINE,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=2 in=1 out=4 bias
            %2 = slice %1 start=0 channels=2 inline
            %3 = slice %1 start=2 channels=2 inline
            %4 = map %2 tanh inline
            %5 = map %3 sigmoid inline
            %6 = multiply %4 %5
            %7 = conv %6 k=1 in=2 out=1 bias
            output %7
        "]],
    );
}

/// A slice costs nothing, so several lines may have it; what computes is there once.
#[test]
fn a_slice_is_in_every_expression_that_reads_it() {
    check(
        "%0 = input 4
        %1 = slice %0 start=0 channels=2
        %2 = slice %0 start=2 channels=2
        %3 = map %1 tanh
        %4 = map %2 sigmoid
        %5 = blend %1 %3 %4
        output %5",
        INLINE,
        &expect![[r"
            %0 = input 4
            %1 = slice %0 start=0 channels=2 inline
            %2 = slice %0 start=2 channels=2 inline
            %3 = map %1 tanh inline
            %4 = map %2 sigmoid inline
            %5 = blend %1 %3 %4
            output %5
        "]],
    );
    check(
        "%0 = input 2
        %1 = map %0 tanh
        %2 = map %1 relu
        %3 = add %1 %2
        output %3",
        INLINE,
        &expect![[r"
            %0 = input 2
            %1 = map %0 tanh
            %2 = map %1 relu inline
            %3 = add %1 %2
            output %3
        "]],
    );
}

#[test]
fn an_expression_names_two_values_at_most() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = conv %0 k=2 in=1 out=1
        %3 = conv %0 k=3 in=1 out=1
        %4 = add %1 %2
        %5 = add %4 %3
        output %5",
        INLINE,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=1
            %2 = conv %0 k=2 in=1 out=1
            %3 = conv %0 k=3 in=1 out=1
            %4 = add %1 %2
            %5 = add %4 %3
            output %5
        "]],
    );
    // Three, where one operation has as many by itself.
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = conv %0 k=2 in=1 out=1
        %3 = conv %0 k=3 in=1 out=1
        %4 = map %1 tanh
        %5 = blend %4 %2 %3
        output %5",
        INLINE,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=1
            %2 = conv %0 k=2 in=1 out=1
            %3 = conv %0 k=3 in=1 out=1
            %4 = map %1 tanh inline
            %5 = blend %4 %2 %3
            output %5
        "]],
    );
    // The same value on two ways is one.
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = conv %0 k=2 in=1 out=1
        %3 = multiply %1 %2
        %4 = add %3 %1
        output %4",
        INLINE,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=1
            %2 = conv %0 k=2 in=1 out=1
            %3 = multiply %1 %2 inline
            %4 = add %3 %1
            output %4
        "]],
    );
}

#[test]
fn an_expression_nests_three_deep_at_most() {
    check(
        "%0 = input 1
        %1 = map %0 tanh
        %2 = map %1 relu
        %3 = map %2 sigmoid
        %4 = map %3 tanh
        %5 = map %4 relu
        output %5",
        INLINE,
        &expect![[r"
            %0 = input 1
            %1 = map %0 tanh inline
            %2 = map %1 relu inline
            %3 = map %2 sigmoid
            %4 = map %3 tanh inline
            %5 = map %4 relu
            output %5
        "]],
    );
}

#[test]
fn what_is_no_expression_has_a_line() {
    for text in [
        // A convolution reads the whole frame.
        "%0 = input 2
        %1 = map %0 tanh
        %2 = conv %1 k=1 in=2 out=1
        output %2",
        // Sums start from it.
        "%0 = input 1
        %1 = map %0 tanh
        %2 = conv %0 k=1 in=1 out=1 seed=%1
        output %2",
        // An elementwise operation of a convolution.
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = map %1 tanh
        output %2",
        // A slice that a convolution reads as well.
        "%0 = input 2
        %1 = slice %0 start=1 channels=1
        %2 = conv %1 k=1 in=1 out=1
        %3 = add %1 %2
        output %3",
    ] {
        left(text, INLINE);
    }
    // The output has a line, though a line reads it.
    let mut graph = read(
        "%0 = input 1
        %1 = map %0 tanh
        %2 = map %1 relu
        output %1",
    );
    inline(&mut graph);
    assert!(!graph.to_string().contains("inline"), "{graph}");
}

#[test]
fn leaves_are_the_values_that_an_expression_names() {
    let graph = read(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 inline
        %2 = map %1 tanh inline
        %3 = map %0 relu
        %4 = add %2 %3 inline
        %5 = multiply %4 %1
        output %5",
    );
    let shown: Vec<_> = leaves(&graph, value(&graph, 5)).iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["%1", "%3"]);
    assert!(is_elementwise(&graph[value(&graph, 2)]));
    assert!(!is_elementwise(&graph[value(&graph, 1)]));
}
