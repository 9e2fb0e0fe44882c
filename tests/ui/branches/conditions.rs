use streaming_net::streaming_net;

streaming_net! {
    pub struct Nowhere < relu(in=2); mixin() >;

    pub struct Unseen < conditioned(in=2) < relu() > >;

    pub struct Dead < conditioned(in=2) < skips < relu(); skip(); mixin(); tanh() > > >;

    pub struct Late < conditioned(in=2) < conv(k=3, out=2, same); mixin() > >;

    pub struct Seldom < conditioned(in=2) < conv(k=2, out=2, stride=2); mixin() > >;

    pub struct NotYet < conditioned(in=2) < conv(k=2, out=2) | mixin() > >;

    pub struct Groups < conditioned(in=2) < dense(out=3); mixin(groups=2) > >;

    pub struct Three < conditioned(in=2) < relu() | relu() | mixin() > >;

    pub struct Two < conditioned(in=2) < mixin(relu, tanh) > >;

    pub struct NoHead < skips(in=2) < head(out=1); skip() > >;

    pub struct Beside < sum(in=2) < head(out=2) | > >;

    pub struct Before < skips(in=2) < skip(); conv(k=3, out=2, same); skip(); head(out=2) > >;

    pub struct Behind < skips(in=2) < skip(); head(out=2); conv(k=3, out=2, same); skip() > >;

    pub struct Others < skips(in=2) < skip(); head(out=3); skip() > >;

    pub struct Plain < skips(in=2) < skip(groups=2) > >;

    pub struct Blended < blended(in=2, tanh) >;

    pub struct Odd < blended(in=3) >;

    pub struct One < dense(in=2, out=2, leaky_hard_tanh=0.1) >;

    pub struct Stack < wavenet(channels=2, k=2, dilations=[1], causal, mixin) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Nowhere::new().push([0.5; 2]);
    let _: Option<[f32; 3]> = Groups::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Stack::new().push([0.5; 2]);
}
