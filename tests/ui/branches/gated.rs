use streaming_net::streaming_net;

streaming_net! {
    pub struct One < gated(in=4, relu) >;

    pub struct OneOfTwo < gated(in=2, leaky_relu=0.1) < tanh() | > >;

    pub struct Three < gated(in=4, relu, tanh, elu=1.0) >;

    pub struct Odd < gated(in=5) >;

    pub struct OddBefore < relu(in=5); gated() >;
}

fn main() {}
