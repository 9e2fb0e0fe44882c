use streaming_net::streaming_net;

streaming_net! {
    pub struct Residual < residual < > >;

    pub struct Sum < relu(in=2); sum < | >; product < | > > >;

    pub struct In < residual < relu() > >;

    pub struct Says < sum(in=3) < relu(in=2) | tanh() > >;
}

fn main() {}
