//! Files that other programs read.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/formats/refused/net.onnx"]
    pub struct Onnx;

    #[weights = "weights/formats/refused/net.tflite"]
    pub struct Tflite < dense(in=1, out=1) >

    #[weights = "weights/formats/refused/net.pb"]
    pub struct SavedModel < dense(in=1, out=1) >

    #[weights = "weights/formats/refused/net.pth"]
    pub struct Pickle < dense(in=1, out=1) >

    #[weights = "weights/formats/refused/net.ckpt"]
    pub struct Checkpoint < dense(in=1, out=1) >
}

fn main() {}
