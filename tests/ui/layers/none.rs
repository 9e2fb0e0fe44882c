use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct Net <>
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 1]> = Net::new().push([0.5, 0.5]);
}
