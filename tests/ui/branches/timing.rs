use streaming_net::streaming_net;

streaming_net! {
    pub struct Strides < sum(in=2) < max_pool(size=2) | > >;

    pub struct OtherStrides < concat(in=2) < max_pool(size=3) | avg_pool(size=2) > >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Frames < sum < conv(k=3, in=2, out=4, pad=1, stride=2) | concat < | >; max_pool(size=2) > >;

    pub struct Phases < product(in=2) < max_pool(size=2) | delay(frames=1); avg_pool(size=2) > >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Strides::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Phases::new().push([0.5; 2]);
}
