use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Net <
        depthwise(k=0, in=2)
    >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 2]> = Net::new().push([0.5, 0.5]);
}
