//! Files that do not say their layers, or say layers that are none here.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct Json;

    #[weights = "weights/formats/chain.npz"]
    pub struct Npz;

    #[weights = "weights/formats/chain.weights.h5"]
    pub struct Hdf5;

    #[weights = "weights/formats/refused/separable.keras"]
    pub struct Keras;

    #[weights = "weights/formats/refused/relu_in_a_gru.json"]
    pub struct Rtneural;

    #[weights = "weights/nowhere.json"]
    pub struct Missing;
}

fn main() {}
