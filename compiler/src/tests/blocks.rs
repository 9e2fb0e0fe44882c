//! Which networks have a `push_block` of their own: those where it takes 10 % fewer instructions, as `cargo xtask bench`
//! measures them.

use super::{expand, folders};

fn has_blocks(layers: &str) -> bool {
    let source = format!("#[weights = zeros] struct Net < {layers} >");
    let expansion = expand(&source, &folders("tests"));
    assert!(expansion.contains("fn push_block"), "{expansion}");
    !expansion.contains("frame_by_frame")
}

#[test]
fn blocks_are_printed_where_they_save_instructions() {
    assert!(has_blocks("conv(k=3, in=16, out=16, causal); conv(k=3, out=16, dilation=2, causal)"));
    assert!(has_blocks("conv(k=3, in=8, out=32, stride=2, causal, relu); conv(k=3, out=32)"));
}

#[test]
fn groups_and_few_frames_at_once_save_too_little() {
    assert!(!has_blocks("conv(k=3, in=16, out=16, groups=4, causal)"));
    assert!(!has_blocks("depthwise(k=16, in=20, causal); dense(out=4)"));
    // In a program that pushes this network, blocks took 25 KB of code and 0.6 % fewer instructions.
    let layers = "conv(k=3, in=2, out=20, stride=2); tanh(); conv(k=2, out=20, dilation=6, causal, leaky_relu=0.1); \
                  depthwise(k=16, out=20, causal, elu=1.0); conv(k=2, out=8, groups=4, no_bias, sigmoid); \
                  conv(k=3, out=8, same, relu); conv(k=4, out=4, pad=2, stride=2, relu); dense(out=3, relu6); softmax()";
    assert!(!has_blocks(layers));
}

/// The comments in `push_block`.
fn comments(source: &str) -> Vec<String> {
    let expansion = expand(source, &folders("tests"));
    let (_, body) = expansion.split_once("fn push_block").expect(&expansion);
    let (body, _) = body.split_once("/// Returns to the initial state").expect(&expansion);
    let lines = body.lines().filter_map(|line| line.trim().strip_prefix("/// "));
    lines.map(str::to_owned).collect()
}

#[test]
fn the_lines_of_a_layer_have_one_comment() {
    let source = "#[weights = zeros] struct Net <
        conv(k=3, in=16, out=16, causal); residual < conv(k=3, out=16, dilation=2, causal); relu(); dense(out=16) >; softmax()
    >";
    let expected = [
        "Buffers for the layers' outputs of 12 pushes.",
        "Memory where a convolution puts past and new frames in a row.",
        "`conv1`: `conv(k=3, in=16, out=16, causal)`",
        "`conv2`: `conv(k=3, in=16, out=16, dilation=2, causal)`, `relu()`",
        "`dense3`: `dense(in=16, out=16)`",
        "`block1`: `residual()`, `softmax()`",
    ];
    assert_eq!(comments(source), expected);
}

#[test]
fn blocks_of_integers_have_the_same_comments() {
    let source = "#[weights = \"weights/expansions/integers.json\"] #[numbers = \"i16\"] #[block = \"fast\"] struct Net <
        conv(k=2, in=1, out=2, causal, tanh); residual < conv(k=1, out=2) >; dense(out=1, relu)
    >";
    let expected = [
        "Buffers for the layers' outputs of 48 pushes.",
        "Memory where a convolution puts past and new frames in a row.",
        "`conv1`: `conv(k=2, in=1, out=2, causal, tanh)`",
        "`conv2`: `conv(k=1, in=2, out=2)`, `block1`: `residual()`",
        "`dense3`: `dense(in=2, out=1, relu)`",
    ];
    assert_eq!(comments(source), expected);
}
