use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v5.json"]
    pub struct Net <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >

    #[weights = "weights/notebok_v4.json"]
    pub struct Misspelt < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 5]> = Net::new().push([0.5, 0.5]);
}
