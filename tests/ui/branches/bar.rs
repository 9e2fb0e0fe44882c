use streaming_net::streaming_net;

streaming_net! {
    pub struct Net < relu(in=2) | tanh() >;
}

fn main() {
    // The shapes are known in spite of the mistakes: nothing is wrong here.
    let _: Option<[f32; 2]> = Net::new().push([0.5; 2]);
}
