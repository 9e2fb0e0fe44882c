use streaming_net::streaming_net;

streaming_net! {
    pub struct Numbers <
        conv(3, 1, 4);
        dense(2, relu);
        tanh()
    >
}

fn main() {}
