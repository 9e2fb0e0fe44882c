use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    pub struct NoProjection < residual < conv(k=3, in=2, out=4); dense(out=5) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct Projection < residual(project) < conv(k=3, in=2, out=4) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct OneTooMany < sum < conv(k=3, in=2, out=4) | concat < | > > >;

    #[weights = "weights/notebook_v3.json"]
    pub struct OneTooFew < sum < conv(k=3, in=2, out=4) | conv(k=3, out=4) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct SkipMisspelt < skips < conv(k=3, in=2, out=4); skip(uot=5) > >;

    #[weights = "weights/notebook_v4.json"]
    pub struct Labelled < block: residual(project) < taps: conv(k=3, in=2, out=4) > >;

    #[weights = "weights/expansions/wavenet_labelled.json"]
    pub struct Stack < stak: wavenet(channels=1, k=2, dilations=[1, 2], skip=1, gated) >;

    #[weights = "weights/notebook_v4.json"]
    pub struct SomeLabels < residual(project) < taps: conv(k=3, in=2, out=4) > >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Projection::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = OneTooMany::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = OneTooFew::new().push([0.5; 2]);
    let _: Option<[f32; 4]> = Labelled::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = Stack::new().push([0.5; 1]);
    let _: Option<[f32; 4]> = SomeLabels::new().push([0.5; 2]);
}
