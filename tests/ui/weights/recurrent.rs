use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/gru_without.json"]
    pub struct NoRecurrentKernel < gru(in=2, units=1) >;

    #[weights = "weights/wrong/gru_one_bias.json"]
    pub struct OneBias < gru(in=2, units=1) >;

    #[weights = "weights/wrong/gru_two_biases.json"]
    pub struct TwoBiases < gru(in=2, units=1, reset_before) >;

    #[weights = "weights/wrong/gru_two_biases.json"]
    pub struct Units < gru(in=2, units=2) >;

    #[weights = "weights/wrong/gru_two_biases.json"]
    pub struct Inputs < gru(in=3, units=1) >;

    #[weights = "weights/wrong/gru_named_as_pytorch.json"]
    pub struct KerasOrder < gru(in=2, units=1) >;

    #[weights = "weights/wrong/gru_named_as_keras.json"]
    pub struct PyTorchOrder < gru(in=2, units=1) >;

    #[weights = "weights/wrong/gru_second_layer.json"]
    pub struct SecondLayer < gru(in=2, units=1) >;

    #[weights = "weights/wrong/gru_of_pytorch.json"]
    pub struct ResetBefore < gru(in=2, units=1, reset_before) >;

    #[weights = "weights/wrong/gru_two_biases.json"]
    pub struct NoBias < gru(in=2, units=1, no_bias) >;

    #[weights = "weights/wrong/gru_two_biases.json"]
    pub struct Lstm < lstm(in=2, units=1) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 1]> = NoRecurrentKernel::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = OneBias::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = TwoBiases::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Units::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = Inputs::new().push([0.5; 3]);
    let _: Option<[f32; 1]> = KerasOrder::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = PyTorchOrder::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = SecondLayer::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = ResetBefore::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = NoBias::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = Lstm::new().push([0.5; 2]);
}
