//! Models and recorded runs in ONNX.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/onnx/loops/refused/masking.onnx"]
    #[time = 1]
    pub struct Masking;
}

streaming_net! {
    #[weights = "weights/onnx/loops/refused/both_directions.onnx"]
    #[time = 1]
    pub struct BothDirections;
}

streaming_net! {
    #[weights = "weights/onnx/loops/gru.onnx"]
    #[reference = "weights/onnx/loop"]
    pub struct MissingRun;
}

streaming_net! {
    #[weights = "weights/onnx/loops/gru.onnx"]
    #[reference = "weights/onnx/loops"]
    pub struct NoRun;
}

streaming_net! {
    #[weights = "weights/onnx/loops/gru.onnx"]
    #[reference("weights/onnx/loops")]
    pub struct NoPath;
}

streaming_net! {
    #[weights = "weights/expansions/wrapped.json"]
    #[reference = "weights/onnx/loops"]
    pub struct Json < conv(k=3, in=2, out=4, relu) >
}

fn main() {}
