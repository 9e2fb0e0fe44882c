use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct TooFar < conv(k=3, in=2, out=4, pad=3) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Causal < conv(k=3, in=2, out=4, pad=1, causal) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct OneTap < conv(k=1, in=2, out=4, pad=1) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Strided < conv(k=3, in=2, out=4, same, stride=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Both < conv(k=3, in=2, out=4, same, causal) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = TooFar::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Causal::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = OneTap::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Strided::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Both::new().push([0.5; 2]);
}
