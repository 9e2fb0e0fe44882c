use streaming_net::streaming_net;

streaming_net! {
    #[budget(ram = 10, macs = 10)]
    pub struct Budget < concat(in=2) < relu() | delay(frames=4) >; sum < max_pool(size=2) | avg_pool(size=2) > >;

    pub struct Delayed < sum < delay(in=60000, frames=60000) | relu() > >;

    pub struct Flat < flatten(in=65535, frames=65535) >;

    pub struct Window < max_pool(in=65535, size=65535, stride=2) >;

    pub struct Mean < global_avg(in=65535, frames=65535) >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 4]> = Budget::new().push([0.5; 2]);
    let _: Option<[f32; 60000]> = Delayed::new().push([0.5; 60000]);
}
