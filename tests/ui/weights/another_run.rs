use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct Net < conv(k=3, in=2, out=4, relu, causal); conv(k=1, out=5, relu) >;

    #[weights = "weights/wrong/gates.json"]
    pub struct Gates < gru(in=1, units=1); lstm(units=1) >
}

fn main() {}
