use streaming_net::streaming_net;

streaming_net! {
    pub struct Square < sum[relu(in=2) | tanh()] >;

    pub struct Round < relu(in=2); residual(tanh()) >;

    // What its branches give is not known, so the layer behind it may take any number of channels.
    pub struct Before < relu(in=2); residual[tanh()]; leaky_relu(slope=0.1, in=4); softmax(in=4) >;

    pub struct Braces < relu(in=2); product { tanh() | relu() } >;
}

fn main() {}
