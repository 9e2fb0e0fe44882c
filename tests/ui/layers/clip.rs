use streaming_net::streaming_net;

streaming_net! {
    pub struct Layer < clip(in=2, min=1.0, max=-1.0) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Flag < conv(k=3, in=2, out=4, clip=[1.0, -1.0]) >;

    pub struct One < clip(in=2, min=1.0) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Number < conv(k=3, in=2, out=4, clip=1.0) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Flag::new().push([0.5; 2]);
}
