use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/variance_negative.json"]
    pub struct Negative < batch_norm(in=2, epsilon=0.001) >;

    #[weights = "weights/wrong/variance_zero.json"]
    pub struct Zero < dense(in=2, out=2); batch_norm(epsilon=0) >;

    #[weights = "weights/wrong/gamma_large.json"]
    pub struct TooLarge < batch_norm(in=2, epsilon=0.00001) >;

    #[weights = "weights/wrong/no_beta.json"]
    pub struct NoBeta < layer_norm(in=2, epsilon=0.1) >;

    #[weights = "weights/wrong/gamma_large.json"]
    pub struct NoScale < batch_norm(in=2, epsilon=0.00001, no_scale) >;

    #[weights = "weights/wrong/gamma_large.json"]
    pub struct Channels < batch_norm(in=3, epsilon=0.00001) >;

    #[weights = "weights/wrong/prelu.json"]
    pub struct Slopes < prelu(in=3) >;

    #[weights = "weights/wrong/prelu.json"]
    pub struct Shared < prelu(in=2, shared) >;

    #[weights = "weights/wrong/variance_negative.json"]
    pub struct LayerNorm < layer_norm(in=2, epsilon=0.001) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Negative::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Zero::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = TooLarge::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoBeta::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoScale::new().push([0.5; 2]);
    let _: Option<[f32; 3]> = Channels::new().push([0.5; 3]);
    let _: Option<[f32; 3]> = Slopes::new().push([0.5; 3]);
    let _: Option<[f32; 2]> = Shared::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = LayerNorm::new().push([0.5; 2]);
}
