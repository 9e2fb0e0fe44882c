use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/linear.json"]
    pub struct Net <
        dense(in=2, out=3)
    >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 3]> = Net::new().push([0.5, 0.5]);
}
