use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/nowhere.json"]
    pub struct Net < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    // Switched off, with all its mistakes.
    #[cfg(any())]
    #[weights = "weights/nowhere.json"]
    pub struct Off < conv(k=0, in=2, out=4, relu) >
}

// They are known without the weights.
const _: () = assert!(Net::RECEPTIVE_FIELD == 3 && Net::MACS == 44 && Net::STATE_BYTES == 24);

fn main() {}
