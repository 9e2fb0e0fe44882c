//! `conv(product(x)) + mix(x)`, and all that only looks like it.

use expect_test::expect;

use super::{check, left, refused};
use crate::passes::compose::compose;
use crate::tests::graphs::{read, value, weigh};

#[test]
fn a_product_becomes_part_of_the_convolution_behind_it() {
    check(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=3
        %2 = conv %1 k=3 zeros=2 in=3 out=4 bias
        %3 = conv %0 k=1 in=2 out=4
        %4 = add %2 %3
        %5 = map %4 tanh
        %6 = slice %5 start=0 channels=3
        %7 = add %1 %6
        output %7",
        compose,
        &expect![[r"
            %0 = input 2
            %1 = conv %0 k=1 in=2 out=3
            %4 = conv %0 k=3 zeros=2 in=2 out=4 bias
            %5 = map %4 tanh
            %6 = slice %5 start=0 channels=3
            %7 = add %1 %6
            output %7
        "]],
    );
}

#[test]
fn what_is_no_such_sum_is_left() {
    let sum = |input: usize, product: &str, conv: &str, mix: &str, rest: &str| {
        let text = format!(
            "%0 = input {input}
            %1 = conv %0 k=1 in={input} out=3
            %2 = conv %1 k=2 zeros=1 in=3 out=4
            %3 = conv %0 k=1 in={input} out=4
            %4 = add %2 %3
            {rest}"
        );
        let line = |text: String, old: &str, new: &str| {
            if new.is_empty() { text } else { text.replace(old, new) }
        };
        let text = line(text, &format!("conv %0 k=1 in={input} out=3"), product);
        let text = line(text, "conv %1 k=2 zeros=1 in=3 out=4", conv);
        line(text, &format!("conv %0 k=1 in={input} out=4"), mix)
    };
    let output = "output %4";
    for text in [
        // As many channels as the product gives, and more.
        sum(3, "", "", "", output),
        sum(4, "", "", "", output),
        // The product is none.
        sum(2, "conv %0 k=1 in=2 out=3 bias", "", "", output),
        sum(2, "conv %0 k=1 in=2 out=3 epilogue=relu", "", "", output),
        sum(2, "conv %0 k=2 zeros=1 in=2 out=3", "", "", output),
        sum(2, "concat %0 %0", "conv %1 k=2 zeros=1 in=4 out=4", "", output),
        // The convolution has one tap, groups, or is more than that.
        sum(2, "", "conv %1 k=1 in=3 out=4", "", output),
        sum(2, "conv %0 k=1 in=2 out=4", "conv %1 k=2 zeros=1 in=4 out=4 groups=2", "", output),
        sum(2, "", "conv %1 k=2 zeros=1 in=3 out=4 epilogue=tanh", "", output),
        // What is mixed in is no product, or one of another value.
        sum(2, "", "", "conv %0 k=1 in=2 out=4 bias", output),
        sum(2, "", "", "conv %1 k=1 in=3 out=4", output),
        // Another node reads either.
        sum(2, "", "", "", "%5 = concat %4 %2\noutput %5"),
        sum(2, "", "", "", "%5 = concat %4 %3\noutput %5"),
        // No sum.
        sum(2, "", "", "", "%5 = multiply %2 %3\noutput %5"),
    ] {
        left(&text, compose);
    }
    // Seeds are there after this pass: what has one is left too.
    left(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=3
        %2 = conv %0 k=1 in=2 out=4
        %3 = conv %1 k=2 zeros=1 in=3 out=4 seed=%2
        %4 = conv %0 k=1 in=2 out=4
        %5 = add %3 %4
        output %5",
        compose,
    );
    left(
        "%0 = input 2
        %1 = conv %0 k=1 in=2 out=3
        %2 = conv %0 k=1 in=2 out=4
        %3 = conv %1 k=2 zeros=1 in=3 out=4
        %4 = conv %0 k=1 in=2 out=4 seed=%2
        %5 = add %3 %4
        output %5",
        compose,
    );
}

#[test]
fn a_product_of_weights_that_does_not_fit_is_a_mistake() {
    let weights = |product: f64, conv: f64| {
        let mut graph = read(
            "%0 = input 1
            %1 = conv %0 k=1 in=1 out=2
            %2 = conv %1 k=2 zeros=1 in=2 out=1 # taps
            %3 = conv %0 k=1 in=1 out=1
            %4 = add %2 %3
            output %4",
        );
        weigh(&mut graph, 1);
        for (number, weight) in [(1, product), (2, conv)] {
            let value = value(&graph, number);
            graph[value].tensors[0].numbers.fill(weight);
        }
        refused(&mut graph, compose)
    };
    let message =
        "the product of the weights of `taps` and of the layer before it does not fit in f32";
    assert_eq!(weights(1e20, 1e19), [message]);
    assert_eq!(weights(1e20, 1e17), [""; 0]);
    // Those that do not fit by themselves are no mistake of the product.
    assert_eq!(weights(1e39, 1.0), [""; 0]);
}
