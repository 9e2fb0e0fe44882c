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
