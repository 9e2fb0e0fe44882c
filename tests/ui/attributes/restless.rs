use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/expansions/restless.json"]
    #[start = "rest"]
    pub struct Cycle < gru(in=1, units=1, reset_before) >

    #[weights = "weights/expansions/resting.json"]
    #[start(rest = [3e38])]
    pub struct Overflow < conv(k=3, in=1, out=2, relu); conv(k=2, out=1, dilation=2, causal); avg_pool(size=2) >
}

fn main() {}
