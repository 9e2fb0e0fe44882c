use streaming_net::streaming_net;

streaming_net! {
    pub struct Layers < celu(in=2); Mish(); GELU(); LogSoftmax(); exponential(); Threshold(); Clamp(); hard_shrink() >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Flags < conv(k=3, in=2, out=4, celu) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Names < conv(k=3, in=2, out=4, activation="celu") >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Swish < conv(k=3, in=2, out=4, activation="swish") >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Number < conv(k=3, in=2, out=4, LeakyReLU) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Hardtanh < conv(k=3, in=2, out=4, Hardtanh) >;

    pub struct Gated < gated(in=2, tanh, celu) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Flags::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Names::new().push([0.5; 2]);
}
