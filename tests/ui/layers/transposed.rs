use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Both < conv_transpose(k=4, in=2, out=2, stride=2, same, pad=1) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Pad < conv_transpose(k=4, in=2, out=2, stride=2, pad=4) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct OfOne < conv_transpose(k=1, in=2, out=2, stride=2, pad=1) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct All < conv_transpose2d(in=2, features=2, feature_k=2, out=2, feature_pad=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Kept < conv_transpose2d(in=2, features=2, feature_k=2, feature_stride=2, out=2, feature_output_pad=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Groups < conv_transpose2d(in=4, features=2, feature_k=2, out=3, groups=2) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Multiple < depthwise2d(k=1, in=4, features=2, feature_k=2, out=3) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Units < rnn(in=2, units=2, tanh, relu) >;
}

fn main() {}
