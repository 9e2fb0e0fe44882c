use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/wrong/one.json"]
    pub struct Nowhere < relu(in=2); mixin() >;

    pub struct Unseen < conditioned(in=2) < relu() > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Dead < conditioned(in=2) < skips < relu(); skip(); mixin(); tanh() > > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Seldom < conditioned(in=2) < max_pool(size=2); mixin() > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Groups < conditioned(in=3) < concat < | >; mixin(groups=2) > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Three < conditioned(in=2) < relu() | relu() | mixin() > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Two < conditioned(in=2) < mixin(relu, tanh) > >;

    #[weights = "weights/wrong/one.json"]
    pub struct NoHead < skips(in=2) < head(out=1); skip() > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Beside < sum(in=2) < head(out=2) | > >;

    #[weights = "weights/wrong/one.json"]
    pub struct Others < skips(in=2) < skip(); head(out=2, no_bias); concat < | >; skip() > >;

    pub struct Plain < skips(in=2) < skip(groups=2) > >;

    pub struct Blended < blended(in=2, tanh) >;

    pub struct Odd < blended(in=3) >;

    #[weights = "weights/wrong/one.json"]
    pub struct One < dense(in=2, out=2, leaky_hard_tanh=0.1) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Nowhere::new().push([0.5; 2]);
    let _: Option<[f32; 6]> = Groups::new().push([0.5; 3]);
    let _: Option<[f32; 2]> = One::new().push([0.5; 2]);
}
