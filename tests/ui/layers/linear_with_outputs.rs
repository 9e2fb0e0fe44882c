use streaming_net::streaming_net;

streaming_net! {
    pub struct Out < linear(in=2, out=3) >;

    pub struct PyTorch < linear(in_features=2, out_features=3); relu(in=3) >;

    pub struct Keras < linear(in=2, units=3, use_bias=false) >;
}

fn main() {}
