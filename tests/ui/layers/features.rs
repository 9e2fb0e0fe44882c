use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Split < conv2d(k=3, features=3, feature_k=3, in=40, out=4) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct TooWide < conv2d(k=3, features=4, feature_k=5, in=40, out=4) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Softmax < conv2d(k=3, features=4, feature_k=3, in=40, out=4, softmax) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Both < depthwise2d(k=3, features=4, feature_k=3, feature_valid, feature_same, in=40) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct NoWidth < conv2d(k=3, features=4, in=40, out=4) >;
}

fn main() {}
