use streaming_net::streaming_net;

streaming_net! {
    pub struct Pool < max_pool(in=2, size=1) >;

    pub struct Mean < global_avg(in=2, frames=1) >;

    pub struct Flat < flatten(in=2, frames=1) >;

    pub struct Delay < delay(in=2, frames=0) >;

    pub struct NoSize < avg_pool(in=2) >;

    pub struct Keras < max_pool(in=2, pool_size=2, padding="same") >;

    pub struct Same < max_pool(in=2, size=2, same) >;

    pub struct Pad < avg_pool(in=2, size=3, pad=3) >;

    pub struct Counts < max_pool(in=2, size=3, causal, count_include_pad) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Pool::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Mean::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Delay::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = NoSize::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Keras::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Same::new().push([0.5; 2]);
    let _: Option<[f32; 2]> = Pad::new().push([0.5; 2]);
}
