use streaming_net::streaming_net;

streaming_net! {
    pub struct Square < sum[relu(in=2) | tanh()] >;

    pub struct Round < relu(in=2); residual(tanh()) >;

    pub struct Braces < relu(in=2); product { tanh() | relu() } >;
}

fn main() {}
