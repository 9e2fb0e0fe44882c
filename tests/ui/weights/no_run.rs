use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/expansions/wrapped.json"]
    #[self_test]
    pub struct Net < conv(k=3, in=2, out=4, relu) >
}

fn main() {
    // The method is there in spite of the mistake: nothing is wrong here.
    let _: Result<(), streaming_net::Mismatch> = Net::new().self_test();
}
