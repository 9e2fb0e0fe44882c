use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Out < gru(in=2, out=3) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct NoUnits < lstm(in=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Activation < gru(in=2, units=3, relu) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Both < gru(in=2, units=3, reset_after, reset_before) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct PyTorch < lstm(in=2, hidden_size=3, num_layers=1) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 3]> = Out::new().push([0.5; 2]);
    let _: Option<[f32; 3]> = Activation::new().push([0.5; 2]);
    let _: Option<[f32; 3]> = Both::new().push([0.5; 2]);
    let _: Option<[f32; 3]> = PyTorch::new().push([0.5; 2]);
}
