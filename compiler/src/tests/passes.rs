//! Each pass by itself, on the text of its graph before and behind it.

use super::graphs::{aligned, lowered, right};
use crate::errors::Errors;
use crate::graph::Graph;
use crate::passes::align::align;
use crate::passes::{compose, fold, fuse, inline};
use expect_test::{Expect, expect};

/// What a pass, which finds no mistake, makes of a graph.
fn check(mut graph: Graph, pass: fn(&mut Graph, &mut Errors), expected: &Expect) {
    right(|errors| pass(&mut graph, errors));
    expected.assert_eq(&graph.to_string());
}

#[test]
fn lowering_shares_what_two_branches_read() {
    let graph = lowered("conv(k=3, in=1, out=2); residual < tanh(); dense(out=4); gated() >");
    expect![[r#"
        %0 = input 1
        %1 = conv %0 k=3 in=1 out=2 bias
        %2 = map %1 tanh
        %3 = conv %2 k=1 in=2 out=4 bias
        %4 = slice %3 start=0 channels=2
        %5 = slice %3 start=2 channels=2
        %6 = map %4 tanh
        %7 = map %5 sigmoid
        %8 = multiply %6 %7
        %9 = add %1 %8
        output %9
    "#]]
    .assert_eq(&graph.to_string());
}

#[test]
fn lowering_begins_a_branch_with_an_earlier_layer() {
    let graph = lowered("a: conv(k=3, in=1, out=2); relu(); sum < tanh() | from(a) >");
    expect![[r"
        %0 = input 1
        %1 = conv %0 k=3 in=1 out=2 bias
        %2 = map %1 relu
        %3 = map %2 tanh
        %4 = add %3 %1
        output %4
    "]]
    .assert_eq(&graph.to_string());
}

#[test]
fn alignment_delays_what_comes_early() {
    let graph = lowered("conv(k=1, in=1, out=2); residual < conv(k=5, same, out=2) >");
    check(
        graph,
        align,
        &expect![[r"
        %0 = input 1
        %1 = conv %0 k=1 in=1 out=2 bias
        %2 = conv %1 k=5 zeros=2 in=2 out=2 bias
        %3 = wait %1 frames=2
        %4 = add %3 %2
        output %4
    "]],
    );
}

#[test]
fn alignment_delays_before_a_stride_what_is_no_multiple_of_it() {
    let graph =
        lowered("sum < conv(k=5, stride=2, pad=2, in=2, out=2) | max_pool(size=2, stride=2) >");
    check(
        graph,
        align,
        &expect![[r"
        %0 = input 2
        %1 = conv %0 k=5 stride=2 zeros=2 in=2 out=2 bias
        %3 = wait %0 frames=1
        %4 = pool %3 Max size=2 stride=2
        %5 = add %1 %4
        output %5
    "]],
    );
    let graph = lowered(
        "sum < conv(k=3, stride=2, pad=1, in=2, out=2); conv(k=3, pad=1, out=2) | conv(k=1, stride=2, in=2, out=2) >",
    );
    check(
        graph,
        align,
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
}

#[test]
fn folding_takes_products_and_sums_behind_and_before() {
    check(
        aligned(
            "conv(k=2, in=1, out=2, no_bias); bias(); scale(); relu(); scale(); conv(k=2, out=1, no_bias)",
        ),
        fold::fold,
        &expect![[r"
            %0 = input 1
            %3 = conv %0 k=2 in=1 out=2 bias
            %4 = map %3 relu
            %6 = conv %4 k=2 in=2 out=1
            output %6
        "]],
    );
}

#[test]
fn folding_leaves_a_sum_before_padding_and_what_others_read() {
    check(
        aligned("scale(in=2); bias(); conv(k=3, causal, out=1)"),
        fold::fold,
        &expect![[r"
        %0 = input 2
        %1 = affine %0
        %2 = affine %1 bias
        %3 = conv %2 k=3 zeros=2 in=2 out=1 bias
        output %3
    "]],
    );
    check(
        aligned("a: conv(k=2, in=1, out=1, no_bias); b: scale(); sum < tanh() | from(a) >"),
        fold::fold,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=2 in=1 out=1
            %2 = affine %1
            %3 = map %2 tanh
            %4 = add %3 %1
            output %4
        "]],
    );
}

#[test]
fn composition_multiplies_a_product_into_the_convolution_behind_it() {
    let of = |first: &str| {
        aligned(&format!(
            "conditioned < {first}; residual < conv(k=3, causal, out=4); mixin(); tanh() > >"
        ))
    };
    check(
        of("conv(k=1, in=1, out=4, no_bias)"),
        compose::compose,
        &expect![[r"
        %0 = input 1
        %1 = conv %0 k=1 in=1 out=4
        %4 = conv %0 k=3 zeros=2 in=1 out=4 bias
        %5 = map %4 tanh
        %6 = add %1 %5
        output %6
    "]],
    );
    // A bias is not part of a product.
    check(
        of("conv(k=1, in=1, out=4)"),
        compose::compose,
        &expect![[r"
        %0 = input 1
        %1 = conv %0 k=1 in=1 out=4 bias
        %2 = conv %1 k=3 zeros=2 in=4 out=4 bias
        %3 = conv %0 k=1 in=1 out=4
        %4 = add %2 %3
        %5 = map %4 tanh
        %6 = add %1 %5
        output %6
    "]],
    );
}

/// The condition and the input of the product are not the same value.
#[test]
fn composition_leaves_a_mix_of_another_value() {
    let graph = aligned(
        "conditioned < dense(in=1, out=1) | dense(out=4, no_bias); residual < conv(k=3, out=4, causal); mixin(relu) > >; dense(out=1)",
    );
    check(
        graph,
        compose::compose,
        &expect![[r"
        %0 = input 1
        %1 = conv %0 k=1 in=1 out=1 bias
        %2 = conv %0 k=1 in=1 out=4
        %3 = conv %2 k=3 zeros=2 in=4 out=4 bias
        %4 = conv %1 k=1 in=1 out=4
        %5 = add %3 %4
        %6 = map %5 relu
        %7 = add %2 %6
        %8 = conv %7 k=1 in=4 out=1 bias
        output %8
    "]],
    );
}

#[test]
fn fusion_starts_sums_from_another_value() {
    let seeds: fn(&mut Graph, &mut Errors) = |graph, _| fuse::seeds(graph);
    check(
        aligned(
            "conv(k=1, in=1, out=4); residual < conv(k=3, causal, out=4); tanh(); dense(out=4) >",
        ),
        seeds,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=4 bias
            %2 = conv %1 k=3 zeros=2 in=4 out=4 bias
            %3 = map %2 tanh
            %5 = conv %3 k=1 in=4 out=4 bias seed=%1
            output %5
        "]],
    );
    // The sums of more inputs are made apart.
    check(
        aligned("conv(k=1, in=1, out=9); residual < tanh(); dense(out=9) >"),
        seeds,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=1 in=1 out=9 bias
            %2 = map %1 tanh
            %3 = conv %2 k=1 in=9 out=9 bias
            %4 = add %1 %3
            output %4
        "]],
    );
}

#[test]
fn fusion_applies_an_activation_to_sums_that_nothing_else_reads() {
    let epilogues: fn(&mut Graph, &mut Errors) = |graph, _| fuse::epilogues(graph);
    check(
        aligned("conv(k=2, in=1, out=2); tanh(); relu()"),
        epilogues,
        &expect![[r"
        %0 = input 1
        %2 = conv %0 k=2 in=1 out=2 bias epilogue=tanh
        %3 = map %2 relu
        output %3
    "]],
    );
    check(
        aligned("a: conv(k=2, in=1, out=1); sum < tanh() | from(a) >"),
        epilogues,
        &expect![[r"
            %0 = input 1
            %1 = conv %0 k=2 in=1 out=1 bias
            %2 = map %1 tanh
            %3 = add %2 %1
            output %3
        "]],
    );
}

#[test]
fn inlining_computes_a_gate_where_it_is_used() {
    let inline: fn(&mut Graph, &mut Errors) = |graph, _| inline::inline(graph);
    check(
        aligned("conv(k=2, in=1, out=4); gated(); dense(out=1)"),
        inline,
        &expect![[r#"
            %0 = input 1
            %1 = conv %0 k=2 in=1 out=4 bias
            %2 = slice %1 start=0 channels=2 inline
            %3 = slice %1 start=2 channels=2 inline
            %4 = map %2 tanh inline
            %5 = map %3 sigmoid inline
            %6 = multiply %4 %5
            %7 = conv %6 k=1 in=2 out=1 bias
            output %7
        "#]],
    );
}

#[test]
fn what_no_output_depends_on_has_no_line() {
    let graph =
        lowered("conv(k=1, in=1, out=2); skips < residual < tanh(); skip() >; conv(k=3, out=2) >");
    expect![[r"
        %0 = input 1
        %1 = conv %0 k=1 in=1 out=2 bias
        %2 = map %1 tanh
        output %2
    "]]
    .assert_eq(&graph.to_string());
}
