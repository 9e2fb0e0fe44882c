use streaming_net::streaming_net;

streaming_net! {}

fn main() {}
