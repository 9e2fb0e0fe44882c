//! Delays: exactly where they have to be, and the values that never come together.

use expect_test::{Expect, expect};

use super::refused;
use crate::clock::Clock;
use crate::graph::Graph;
use crate::passes::align::{align, clock_since};
use crate::tests::graphs::{read, right, value};

#[track_caller]
fn check(text: &str, expected: &Expect) -> Graph {
    let mut graph = read(text);
    right(|errors| align(&mut graph, errors));
    expected.assert_eq(&graph.to_string());
    graph
}

#[track_caller]
fn check_refused(text: &str, expected: &[&str]) {
    assert_eq!(refused(&mut read(text), align), expected);
}

#[test]
fn what_comes_early_waits() {
    let graph = check(
        "%0 = input 1
        %1 = conv %0 k=1 in=1 out=2 bias
        %2 = conv %1 k=5 zeros=2 in=2 out=2 bias
        %3 = add %1 %2
        output %3",
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=2 bias
            %2 = conv %1 k=5 zeros=2 in=2 out=2 bias
            %3 = wait %1 frames=2
            %4 = add %3 %2
            output %4
        "]],
    );
    assert_eq!(graph.clock(), Clock { past: 4, first: 2, lag: 2, ..Clock::EVERY_PUSH });
}

/// Three values, of which two wait; what no output depends on waits too.
#[test]
fn every_input_waits_for_the_last() {
    check(
        "%0 = input 1
        %1 = conv %0 k=3 zeros=1 in=1 out=1
        %2 = conv %0 k=7 zeros=3 in=1 out=1
        %3 = blend %0 %1 %2
        output %3",
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=3 zeros=1 in=1 out=1
            %2 = conv %0 k=7 zeros=3 in=1 out=1
            %3 = wait %0 frames=3
            %4 = wait %1 frames=2
            %5 = blend %3 %4 %2
            output %5
        "]],
    );
}

#[test]
fn the_second_value_of_a_centred_sum_belongs_to_an_earlier_frame() {
    let graph = check(
        "%0 = input 2
        %1 = conv %0 k=5 in=2 out=2
        %2 = add %0 %1 centre=2
        output %2",
        &expect![[r"
            %0 = input 2
            %1 = conv %0 k=5 in=2 out=2
            %2 = wait %0 frames=2
            %3 = add %2 %1 centre=2
            output %3
        "]],
    );
    assert_eq!(graph.clock(), Clock { past: 4, first: 4, lag: 2, ..Clock::EVERY_PUSH });
}

#[test]
fn a_delay_that_is_no_multiple_of_the_stride_is_before_it() {
    check(
        "%0 = input 2
        %1 = conv %0 k=5 stride=2 zeros=2 in=2 out=2 bias
        %2 = pool %0 Max size=2 stride=2
        %3 = add %1 %2
        output %3",
        &expect![[r"
            %0 = input 2
            %1 = conv %0 k=5 stride=2 zeros=2 in=2 out=2 bias
            %3 = wait %0 frames=1
            %4 = pool %3 Max size=2 stride=2
            %5 = add %1 %4
            output %5
        "]],
    );
    check(
        "%0 = input 2
        %1 = conv %0 k=3 stride=2 zeros=1 in=2 out=2 bias
        %2 = conv %1 k=3 zeros=1 in=2 out=2 bias
        %3 = conv %0 k=1 stride=2 in=2 out=2 bias
        %4 = add %2 %3
        output %4",
        &expect![[r"
            %0 = input 2
            %1 = conv %0 k=3 stride=2 zeros=1 in=2 out=2 bias
            %2 = conv %1 k=3 zeros=1 in=2 out=2 bias
            %4 = wait %0 frames=3
            %5 = conv %4 k=1 stride=2 in=2 out=2 bias
            %6 = add %2 %5
            output %6
        "]],
    );
    // A multiple of the stride waits behind it, in frames of the value.
    check(
        "%0 = input 1
        %1 = pool %0 Max size=2 stride=2
        %2 = conv %1 k=5 zeros=2 in=1 out=1
        %3 = add %1 %2
        output %3",
        &expect![[r"
            %0 = input 1
            %1 = pool %0 Max size=2 stride=2
            %2 = conv %1 k=5 zeros=2 in=1 out=1
            %3 = wait %1 frames=2
            %4 = add %3 %2
            output %4
        "]],
    );
    // Through two operations, to the value before the stride.
    check(
        "%0 = input 1
        %1 = conv %0 k=5 stride=2 zeros=2 in=1 out=1
        %2 = pool %0 Mean size=2 stride=2
        %3 = map %2 tanh
        %4 = add %1 %3
        output %4",
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=5 stride=2 zeros=2 in=1 out=1
            %4 = wait %0 frames=1
            %5 = pool %4 Mean size=2 stride=2
            %6 = map %5 tanh
            %7 = add %1 %6
            output %7
        "]],
    );
}

/// Of two places for the delay of a layer's own projection, the one with fewer numbers.
#[test]
fn a_projection_waits_where_that_takes_less() {
    let residual = |inputs: usize, projection: &str, layer: &str| {
        format!(
            "%0 = input {inputs}
            %1 = conv %0 k=5 zeros=2 in={inputs} out=4
            %2 = conv %0 {projection} in={inputs} out=4 # {layer}
            %3 = add %2 %1 # residual
            output %3"
        )
    };
    check(
        &residual(1, "k=1", "residual"),
        &expect![[r"
        %0 = input 1
        %1 = conv %0 k=5 zeros=2 in=1 out=4
        %3 = wait %0 frames=2
        %4 = conv %3 k=1 in=1 out=4
        %5 = add %4 %1
        output %5
    "]],
    );
    for (inputs, projection, layer) in [
        (1, "k=1", "other"),
        (4, "k=1", "residual"),
        (5, "k=1", "residual"),
        (1, "k=3 zeros=2", "residual"),
    ] {
        let graph = read(&residual(inputs, projection, layer));
        let mut aligned = graph.clone();
        right(|errors| align(&mut aligned, errors));
        assert!(aligned.to_string().contains("= wait %2 frames=2"), "{aligned}");
    }
    // The projection is read twice.
    check(
        "%0 = input 1
        %1 = conv %0 k=5 zeros=2 in=1 out=4
        %2 = conv %0 k=1 in=1 out=4 # residual
        %3 = add %2 %1 # residual
        %4 = map %2 tanh
        %5 = concat %3 %4
        output %5",
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=5 zeros=2 in=1 out=4
            %2 = conv %0 k=1 in=1 out=4
            %3 = wait %2 frames=2
            %4 = add %3 %1
            %5 = map %2 tanh
            %6 = wait %5 frames=2
            %7 = concat %4 %6
            output %7
        "]],
    );
    // Four frames of one channel, beside two of three, and of two.
    for (channels, behind) in [(3, "= wait %0 frames=4"), (2, "= wait %2 frames=2")] {
        let text = format!(
            "%0 = input 1
            %1 = conv %0 k=9 stride=2 zeros=4 in=1 out={channels}
            %2 = conv %0 k=1 stride=2 in=1 out={channels} # residual
            %3 = add %2 %1 # residual
            output %3"
        );
        let mut graph = read(&text);
        right(|errors| align(&mut graph, errors));
        assert!(graph.to_string().contains(behind), "{graph}");
    }
}

/// Weights are bound after the delays are there: to the copy that waits.
#[test]
fn weights_go_to_the_operation_that_waits() {
    let mut graph = read(
        "%0 = input 2
        %1 = conv %0 k=5 stride=2 zeros=2 in=2 out=2 # long
        %2 = conv %0 k=2 stride=2 in=2 out=2 # short
        %3 = add %1 %2
        output %3",
    );
    for place in 0..2 {
        graph.layers[place].weighted = Some(value(&graph, place + 1));
    }
    right(|errors| align(&mut graph, errors));
    let places: Vec<_> = graph.layers.iter().map(|layer| layer.weighted).collect();
    let shown: Vec<_> = places.iter().flatten().map(ToString::to_string).collect();
    assert_eq!(shown, ["%1", "%4"], "{graph}");
}

#[test]
fn values_of_other_strides_never_come_together() {
    let message = "`sum` brings together `often`, with an output every push, and `seldom`, with one every 3 pushes\nhelp: give both the same `stride`";
    for order in ["%1 %2", "%2 %1"] {
        let text = format!(
            "%0 = input 1
            %1 = map %0 tanh # often
            %2 = conv %0 k=1 stride=3 in=1 out=1 # seldom
            %3 = add {order} # sum
            output %3"
        );
        check_refused(&text, &[message]);
    }
    let message = "`sum` brings together `seldom`, with an output every 2 pushes, and `seldomer`, with one every 6 pushes\nhelp: give both the same `stride`";
    check_refused(
        "%0 = input 1
        %1 = conv %0 k=1 stride=2 in=1 out=1 # seldom
        %2 = conv %1 k=1 stride=3 in=1 out=1 # seldomer
        %3 = add %2 %1 # sum
        output %3",
        &[message],
    );
    // Of an operation of the layer's own, the message names what the layer reads.
    let message = "`sum` brings together the input, with an output every push, and `seldom`, with one every 3 pushes\nhelp: give both the same `stride`";
    check_refused(
        "%0 = input 1
        %1 = map %0 tanh # sum
        %2 = conv %0 k=1 stride=3 in=1 out=1 # seldom
        %3 = add %1 %2 # sum
        output %3",
        &[message],
    );
}

#[test]
fn values_of_other_frames_never_come_together() {
    let message = "`sum` brings together `causal` and `valid`, whose outputs belong to input frames 7 apart: no multiple of their stride, 2\nhelp: give both the same padding";
    check_refused(
        "%0 = input 1
        %1 = conv %0 k=8 stride=2 in=1 out=1 # valid
        %2 = conv %0 k=8 stride=2 zeros=7 in=1 out=1 # causal
        %3 = add %1 %2 # sum
        output %3",
        &[message],
    );
}

#[test]
fn values_of_several_frames_and_of_one_never_come_together() {
    let message =
        "`sum` brings together `one`, of which a push has 1 frame, and `two`, of which it has 2";
    check_refused(
        "%0 = input 1
        %1 = map %0 tanh # one
        %2 = upsample %0 n=2 # two
        %3 = add %1 %2 # sum
        output %3",
        &[message],
    );
}

/// A value that is read on two ways cannot be delayed for one of them before its stride.
#[test]
fn a_value_with_another_reader_is_not_delayed_before_its_stride() {
    let text = |last: &str| {
        format!(
            "%0 = input 2
            %1 = conv %0 k=5 stride=2 zeros=2 in=2 out=2
            %2 = pool %0 Max size=2 stride=2 # pool
            %3 = map %2 tanh
            %4 = add %1 %3 # sum
            %5 = map {last} relu
            output %5"
        )
    };
    check_refused(&text("%4"), &[]);
    let text =
        text("%4").replace("%5 = map %4", "%5 = add %4 %1\n%6 = multiply %5 %2\n%7 = map %6");
    let message = "`%3` has its outputs 1 push before `sum` can use them: no multiple of its stride, 2\nhelp: start that branch with `delay(frames=1)`";
    assert_eq!(refused(&mut read(&text.replace("output %5", "output %7")), align)[0], message);
}

/// A mistake is reported where it is made, not where its value is read.
#[test]
fn what_is_unknown_is_not_reported_again() {
    for order in ["%2 %3", "%3 %2"] {
        let text = format!(
            "%0 = input 1
            %1 = unknown %0
            %2 = conv %1 k=1 stride=2 in=1 out=1
            %3 = map %0 tanh
            %4 = add {order}
            output %4"
        );
        check_refused(&text, &[]);
    }
    // A mistake elsewhere hides nothing.
    let text = "%0 = input 1
        %1 = unknown %0
        %2 = conv %0 k=1 stride=2 in=1 out=1
        %3 = map %0 tanh
        %4 = add %2 %3
        %5 = concat %1 %4
        output %5";
    assert_eq!(refused(&mut read(text), align).len(), 1);
}

#[test]
fn a_clock_counts_in_frames_of_any_value_before_it() {
    let graph = read(
        "%0 = input 1
        %1 = conv %0 k=4 stride=3 in=1 out=1
        %2 = conv %1 k=3 stride=2 in=1 out=1
        %3 = map %2 tanh
        %4 = conv %2 k=2 in=1 out=1
        %5 = add %3 %4
        output %5",
    );
    let since =
        |of: usize, origin: usize| clock_since(&graph, value(&graph, of), value(&graph, origin));
    let clock = |past, stride| Clock { past, first: past, stride, ..Clock::EVERY_PUSH };
    assert_eq!(since(5, 1), clock(4, 2));
    assert_eq!(since(5, 2), clock(1, 1));
    assert_eq!(since(2, 0), clock(9, 6));
    assert_eq!(since(3, 3), Clock::EVERY_PUSH);
    assert_eq!(since(5, 0), graph.clock());
}
