use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/several.json"]
    pub struct Net <
        first: conv(k=3, in=2, out=4);
        second: conv(k=1, out=1);
        third: conv(k=1, out=2, no_bias);
        fourth: conv(k=1, out=3);
        fifth: conv(k=1, out=1);
        sixth: conv(k=2, out=3)
    >
}

fn main() {
    // The shape is known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 3]> = Net::new().push([0.5, 0.5]);
}
