//! What frames and weights are is one of two words, and full scale of the input a number.

use streaming_net::streaming_net;

streaming_net! {
    #[numbers = "i8"]
    struct OtherBits < relu(in=1) >
}

streaming_net! {
    #[numbers]
    struct NoWord < relu(in=1) >
}

streaming_net! {
    #[numbers(i16, input = -1.0, weights = 8)]
    #[calibrate = "weights/integers/frames.json"]
    struct Arguments < relu(in=1) >
}

fn main() {}
