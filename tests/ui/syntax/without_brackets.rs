use streaming_net::streaming_net;

streaming_net! {
    weights = "weights/notebook_v4.json";
    struct Semicolon < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    weights = "weights/notebook_v4.json"
    pub struct Visibility < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    weights = "weights/notebook_v4.json",
    struct Comma < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    #[weights = "weights/notebook_v4.json"]
    budget(ram = 4096, flash = 8192)
    pub(crate) struct Budget < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    weights = "weights/notebook_v4.json";
    start = "rest";
    struct Two < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    math = "fast"
    #[weights = "weights/notebook_v4.json"]
    struct Before < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    weights("weights/notebook_v4.json")
    struct Parentheses < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    crate = ::streaming_net;
    struct Crate < relu(in=2) >
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 5]> = Semicolon::new().push([0.5, 0.5]);
    let _: Option<[f32; 5]> = Visibility::new().push([0.5, 0.5]);
    let _: Option<[f32; 5]> = Budget::new().push([0.5, 0.5]);
    let _ = Two::cold();
}
