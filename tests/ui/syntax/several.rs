use streaming_net::streaming_net;

streaming_net! {
    #[weight = "weights/notebook_v4.json"]
    #[budget(ram)]
    #[crate = net]
    #![derive(Clone)]
    pub(create) struct Net <T> <
        ;
        conv(k: 3, in=2, out=4, relu),
        conv(k=1, out=5, relu) -> tanh
    >
}

fn main() {
    // The shape is known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 5]> = Net::new().push([0.5, 0.5]);
}
