use streaming_net::streaming_net;

streaming_net! {
    pub struct Net < residual < sum < relu(in=2) | tanh() > >;
}

fn main() {}
