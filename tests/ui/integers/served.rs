//! What integers cannot compute, and what they lose.

use streaming_net::streaming_net;

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frames.json"]
    struct Operations < log_softmax(in=1); quotient < exp() | > >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frames.json"]
    struct Steep < sqrt(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frames.json"]
    #[budget(snr = 120)]
    struct Budget < tanh(in=1) >
}

streaming_net! {
    #[budget(snr = 60)]
    struct BudgetOfFloats < relu(in=1) >
}

streaming_net! {
    #[numbers = "i16"]
    #[calibrate = "weights/integers/frames.json"]
    #[math = "fast"]
    struct Fast < tanh(in=1) >
}

fn main() {}
