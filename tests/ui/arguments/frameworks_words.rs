use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct Net <
        conv(kernel_size=3, in_channels=2, filters=4, padding="causal", activation="relu", use_bias=false);
        conv(k=1, out=5, relu)
    >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 5]> = Net::new().push([0.5, 0.5]);
}
