//! The ranges of integers come from frames.

use streaming_net::streaming_net;

streaming_net! {
    #[numbers = "i16"]
    struct NoFrames < relu(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frame.json"]
    struct NoFile < relu(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frames.json"]
    struct OtherShape < relu(in=3) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/notebook_v1.json"]
    struct OtherFile < relu(in=1) >
}

streaming_net! {
    #[calibrate = "weights/integers/frames.json"]
    struct NotIntegers < relu(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/expansions/labelled.json"]
    struct NoArray < relu(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "zeros"]
    struct NoZeros < relu(in=1) >
}

fn main() {}
