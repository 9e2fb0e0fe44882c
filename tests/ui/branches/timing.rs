use streaming_net::streaming_net;

streaming_net! {
    pub struct Strides < sum(in=2) < max_pool(size=2) | > >;

    pub struct OtherStrides < concat(in=2) < max_pool(size=3) | avg_pool(size=2) > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Frames < sum < conv(k=4, in=2, out=4, stride=2) | dense(out=4); max_pool(size=1, stride=2) > >;

    // What the pool gives is read twice, so that no delay can be put before it.
    #[weights = "weights/wrong/one.json"]
    pub struct Twice <
        x: linear(in=2);
        a: max_pool(size=2);
        sum < | sum < from(a) | from(x); conv(k=5, out=2, stride=2, pad=2) > >
    >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Strides::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Twice::new().push([0.5; 2]);
}
