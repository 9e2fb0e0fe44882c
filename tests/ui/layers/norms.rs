use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct NoEpsilon < batch_norm(in=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Negative < batch_norm(in=2, eps=-0.001) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Below < batch_norm(in=2, epsilon=-0.001) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Zero < layer_norm(in=2, epsilon=0) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Slope < prelu(in=2, slope=0.1) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = NoEpsilon::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Negative::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Below::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Zero::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Slope::new().push([0.5; 2]);
}
