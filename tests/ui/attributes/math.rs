use streaming_net::streaming_net;

streaming_net! {
    #[math = "fsat"]
    pub struct Word < tanh(in=1) >

    #[math = fast]
    pub struct NoQuotes < tanh(in=1) >

    #[math(fast)]
    pub struct NoEquals < tanh(in=1) >

    #[math]
    pub struct Nothing < tanh(in=1) >

    #[math = "fast"]
    #[math = "exact"]
    pub struct Twice < tanh(in=1) >

    #[maths = "fast"]
    pub struct Plural < tanh(in=1) >
}

fn main() {}
