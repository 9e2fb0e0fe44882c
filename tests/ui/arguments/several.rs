use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct Net <
        conv(k=0, in=2, out=4, reluu);
        conf(k=1, out=8);
        conv(out=8, dilation=1.5);
        relu(slope=1);
        conv(k=1, in=7, out=5)
    >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 5]> = Net::new().push([0.5, 0.5]);
}
