use streaming_net::streaming_net;

streaming_net! {
    pub struct Activation < relu(in=2) < tanh() > >;

    pub struct Pool < max_pool(in=2, size=2) < > >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Wavenet < wavenet(channels=2, k=2, dilations=[1]) < relu() > >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Activation::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Pool::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Wavenet::new().push([0.5; 2]);
}
