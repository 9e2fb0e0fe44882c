use streaming_net::streaming_net;

streaming_net! {
    pub struct NoChannels < wavenet(k=3, dilations=[1, 2]) >;

    pub struct NoDilations < wavenet(channels=2, k=3) >;

    pub struct Twice < wavenet(channels=2, channels=2, k=3, dilations=[1, 2]) >;

    pub struct Empty < wavenet(channels=2, k=3, dilations=[], skip=7) >;

    pub struct NoList < wavenet(channels=2, k=3, dilations=3) >;

    pub struct Constant < wavenet(channels=2, k=3, dilations=[1, LAST]) >;

    pub struct Repeated < wavenet(channels=2, k=3, dilations=[1; 3]) >;

    pub struct NoCounts < wavenet(channels=2, k=3, dilations=[1, 0, 2.5]) >;

    pub struct List < wavenet(channels=2, k=[3], dilations=[1, 2]) >;

    pub struct NoPlural < wavenet(channels=2, k=3, dilation=2) >;

    pub struct Both < wavenet(channels=2, k=3, dilations=[1], gated, relu) >;

    pub struct TooLarge < wavenet(channels=40000, k=3, dilations=[1], gated) >;

    pub struct Input < wavenet(in=3, channels=2, k=3, dilations=[1]) >;

    #[weights = "weights/wrong/wavenet.json"]
    pub struct Before < relu(in=3); wavenet(channels=2, k=1, dilations=[1]) >;

    #[weights = "weights/notebook_v4.json"]
    pub struct Labels < stack: wavenet(channels=2, k=3, dilations=[1, 2]); dense(out=1) >;

    #[weights = "weights/notebook_v4.json"]
    pub struct NoLabel < wavenet(channels=2, k=3, dilations=[1, 2]); mix: dense(out=1) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = NoDilations::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Twice::new().push([0.5; 2]);
    let _: Option<[f32; 7]> = Empty::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoList::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Constant::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Repeated::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoCounts::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = List::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoPlural::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Both::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Input::new().push([0.5; 3]);
    let _: Option<[f32; 2]> = Before::new().push([0.5; 3]);
    let _: Option<[f32; 1]> = Labels::new().push([0.5; 2]);
    let _: Option<[f32; 1]> = NoLabel::new().push([0.5; 2]);
}
