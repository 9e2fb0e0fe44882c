//! Which sums of integers have a fraction, and which functions a scale of their own: on the text form.

use expect_test::{Expect, expect};

use super::integers::{check, frames, quantised_of};

#[test]
fn sums_that_others_are_added_to_have_a_fraction() {
    check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1 bias
        %2 = map %1 tanh
        %3 = conv %2 k=1 in=1 out=1 seed=%1
        %4 = map %3 relu
        %5 = conv %4 k=1 in=1 out=1 seed=%3
        output %5",
        None,
        &expect![[r"
            %0 = input 1 scale=3.8053797e-5
            %1 = conv %0 k=1 in=1 out=1 bias scale=6.1035156e-5 [-3192, 0] + -1562378240 >> 9 fine
            %2 = round %1 scale=6.1035156e-5
            %3 = map %2 tanh scale=3.0517578e-5 table=0
            %4 = conv %3 k=1 in=1 out=1 seed=%1 scale=6.1035156e-5 [30784, 0] + 0 >> 8 fine
            %5 = round %4 scale=6.1035156e-5
            %6 = map %5 relu scale=6.1035156e-5 clip=0..32767
            %7 = conv %6 k=1 in=1 out=1 seed=%4 scale=6.1035156e-5 [31616, 0] + 0 >> 9 fine
            %8 = round %7 scale=6.1035156e-5
            output %8
        "]],
    );
}

#[test]
fn one_sum_with_whole_numbers_is_apart() {
    check(
        "%0 = input 1
        %1 = map %0 relu
        %2 = conv %1 k=1 in=1 out=1 seed=%1
        output %2",
        None,
        &expect![[r"
            %0 = input 1 scale=3.8053797e-5
            %1 = map %0 relu scale=3.8053797e-5 clip=0..32767
            %2 = conv %1 k=1 in=1 out=1 scale=3.8053797e-5 [-20480, 0] + 262144 >> 19
            %3 = add %2 %1 scale=3.8053797e-5
            output %3
        "]],
    );
}

/// tanh comes to its end at 8, sigmoid at 16.
#[test]
fn a_function_has_the_scale_in_which_it_changes() {
    let of_loud_frames = |text: &str, expected: &Expect| {
        let mut frames = frames(1);
        frames.numbers.iter_mut().for_each(|x| *x *= 1000.0);
        let (graph, integers) = quantised_of(text, None, &frames);
        expected.assert_eq(&integers.text(&graph));
    };
    of_loud_frames(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = map %1 tanh
        %3 = map %1 sigmoid
        %4 = multiply %2 %3
        output %4",
        &expect![[r"
            %0 = input 1 scale=0.038053796
            %1 = conv %0 k=1 in=1 out=1 scale=0.00048828125 [-24939, 0] + 4096 >> 13
            %2 = map %1 tanh scale=3.0517578e-5 table=0
            %3 = map %1 sigmoid scale=3.0517578e-5 table=1
            %4 = multiply %2 %3 scale=3.8146973e-5 * 26214 >> 30
            output %4
        "]],
    );
    of_loud_frames(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=1
        %2 = map %1 tanh
        %3 = map %1 relu
        %4 = concat %2 %3
        output %4",
        &expect![[r"
            %0 = input 1 scale=0.038053796
            %1 = conv %0 k=1 in=1 out=1 scale=0.001953125 [-24939, 0] + 16384 >> 15
            %2 = affine %1 scale=0.00024414063 [16384, 0] + 1024 >> 11
            %3 = map %2 tanh scale=0.001953125 table=0
            %4 = map %1 relu scale=0.001953125 clip=0..32767
            %5 = concat %3 %4 scale=0.001953125
            output %5
        "]],
    );
}
