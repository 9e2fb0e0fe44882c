use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Channels < residual < conv(k=3, in=2, out=4) > >;

    pub struct Strided < residual < max_pool(in=2, size=2) > >;

    pub struct NoMiddle < residual(center) < delay(in=2, frames=3) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct NoNeed < residual(center, project) < conv(k=3, in=2, out=4, same) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct Causal < residual(center, project) < conv(k=3, in=2, out=4, causal) > >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Strided::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoMiddle::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = NoNeed::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Causal::new().push([0.5; 2]);
}
