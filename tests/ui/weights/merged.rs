use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/product_large.json"]
    pub struct TooLarge < conditioned <
        dense(in=1, out=2, no_bias);
        residual < conv(k=2, out=2, causal); mixin() >
    > >
}

fn main() {}
