use streaming_net::streaming_net;

streaming_net! {
    pub struct Once < upsample(in=2, n=1) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Valid < upsample(in=2, n=2); conv(k=3, out=4) >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Strided < upsample(in=2, n=2); conv(k=3, out=4, causal, stride=2) >;

    pub struct Pool < upsample(in=2, n=2); max_pool(size=2) >;

    pub struct Block < upsample(in=2, n=2); residual < delay(frames=1) > >;

    pub struct Branch < sum(in=2) < upsample(n=2) | > >;

    #[weights = "weights/notebook_v3.json"]
    pub struct NoStride < conv_transpose(k=4, in=2, out=4) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Once::new().push([0.5; 2]);
    let _: Option<[[f32; 4]; 2]> = Valid::new().push([0.5; 2]);
    let _: Option<[[f32; 4]; 2]> = Strided::new().push([0.5; 2]);
    let _: Option<[[f32; 2]; 2]> = Pool::new().push([0.5; 2]);
    let _: Option<[[f32; 2]; 2]> = Block::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Branch::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = NoStride::new().push([0.5; 2]);
}
