//! A crate as firmware has it, for `cargo build --target thumbv7em-none-eabihf`: no standard library, no allocator.

#![no_std]

use streaming_net::streaming_net;

streaming_net! {
    /// What a program may log.
    #[weights = "../weights/notebook_v4.json"]
    #[cfg_attr(feature = "defmt", derive(defmt::Format))]
    pub struct Logged < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >
}

streaming_net! {
    /// The network of the pages.
    #[weights = "../../runtime/weights/block.json"]
    pub struct Block <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >
}

streaming_net! {
    /// Every activation that needs a function of its own.
    pub struct Activations <
        tanh(in=4);
        sigmoid();
        elu(alpha=1.0);
        leaky_relu(slope=0.1);
        softmax()
    >
}

/// All-zero state in a `static`: it takes no flash for its initial value.
pub static BLOCK: Block = Block::new();
