//! What layers are as a graph, before any pass.

use expect_test::expect;

use crate::tests::graphs::lowered;

#[test]
fn lowering_shares_what_two_branches_read() {
    let graph = lowered("conv(k=3, in=1, out=2); residual < tanh(); dense(out=4); gated() >");
    expect![[r"
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
    "]]
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
