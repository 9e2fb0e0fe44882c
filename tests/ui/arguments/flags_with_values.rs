use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Net < conv(k=3, in=2, out=4, causal=false, no_bias=true) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Gru < gru(in=2, units=4, reset_after=False) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Net::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Gru::new().push([0.5; 2]);
}
