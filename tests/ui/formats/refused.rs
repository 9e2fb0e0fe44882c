//! Files that are not read.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/formats/refused/net.pt"]
    pub struct Pickle < dense(in=1, out=1) >

    #[weights = "weights/formats/refused/legacy.h5"]
    pub struct Legacy < dense(in=1, out=1) >

    #[weights = "weights/formats/refused/bidirectional.weights.h5"]
    pub struct Bidirectional < gru(in=1, units=1) >

    #[weights = "weights/formats/refused/unknown.json"]
    pub struct Unknown < dense(in=1, out=1) >
}

fn main() {}
