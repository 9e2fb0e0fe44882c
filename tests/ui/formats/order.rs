//! Layers whose order a file does not say, or says otherwise.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/formats/labelled.safetensors"]
    pub struct Sorted <
        conv(k=1, in=2, out=4);
        gru(units=4);
        gru(units=4);
        batch_norm(epsilon=0.001);
        tanh();
        conv(k=1, out=4, no_bias)
    >

    #[weights = "weights/formats/labelled.safetensors"]
    pub struct Misspelt <
        mixx: conv(k=1, in=2, out=4);
        rnn_l0: gru(units=4);
        rnn_l1: gru(units=4);
        norm: batch_norm(epsilon=0.001);
        tanh();
        head_1: conv(k=1, out=4, no_bias)
    >

    #[weights = "weights/formats/run_unnamed.npz"]
    pub struct Arrays < conv(k=3, in=2, out=4, stride=2, tanh); dense(out=2, no_bias) >

    #[weights = "weights/formats/chain.weights.h5"]
    pub struct Classes < gru(in=2, units=3); gru(units=3) >
}

fn main() {}
