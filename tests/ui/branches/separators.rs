use streaming_net::streaming_net;

streaming_net! {
    pub struct Comma < sum(in=2) < relu(), tanh() > >;

    pub struct Closed < sum(in=2) < relu() > tanh() > >;

    pub struct TooMany < sum(in=2) < relu() | tanh() >> >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Comma::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Closed::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = TooMany::new().push([0.5; 2]);
}
