use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v3.json"]
    pub struct Sum < sum < conv(k=3, in=2, out=4) | > >;

    #[weights = "weights/notebook_v3.json"]
    pub struct Product < product(in=2) < | conv(k=3, out=4); relu() > >;

    pub struct Gated < gated(in=2) < relu() | concat < tanh() | > > >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Sum::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Product::new().push([0.5; 2]);
}
