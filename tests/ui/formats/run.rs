//! A recorded run that is another network's.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/formats/run.safetensors"]
    pub struct Padding < conv(k=3, in=2, out=4, stride=2, causal, tanh); dense(out=2) >

    #[weights = "weights/formats/run.npz"]
    pub struct Stride < conv(k=3, in=2, out=4, tanh); dense(out=2) >
}

fn main() {}
