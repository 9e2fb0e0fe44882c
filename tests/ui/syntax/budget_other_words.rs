use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/notebook_v4.json"]
    #[budget(rom = 4096, size = 4096, memory = 4096, bytes = 4096, sram = 4096, mac = 10, flops = 10, cycles = 10, stack = 10, cost = 10, flsh = 10)]
    pub struct Net <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >
}

fn main() {
    // The shape is known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 5]> = Net::new().push([0.5, 0.5]);
}
