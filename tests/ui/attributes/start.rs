use streaming_net::streaming_net;

streaming_net! {
    #[start = "warm"]
    pub struct Word < delay(in=2, frames=1) >

    #[start = rest]
    pub struct NoQuotes < delay(in=2, frames=1) >

    #[start]
    pub struct Nothing < delay(in=2, frames=1) >

    #[start()]
    pub struct Empty < delay(in=2, frames=1) >

    #[start("rest")]
    pub struct Parentheses < delay(in=2, frames=1) >

    #[start(rest)]
    pub struct NoFrame < delay(in=2, frames=1) >

    #[start(rest = 0.5)]
    pub struct NoList < delay(in=1, frames=1) >

    #[start(rest = "0.5")]
    pub struct Text < delay(in=1, frames=1) >

    #[start(silence = [0.5, 0.5])]
    pub struct Key < delay(in=2, frames=1) >

    #[start(rest = [0.5, 0.5], cold)]
    pub struct Two < delay(in=2, frames=1) >

    #[start(rest = [0.5])]
    pub struct TooFew < delay(in=2, frames=1) >

    #[start(rest = [0.5, 1e39, 0.5])]
    pub struct TooMany < delay(in=2, frames=1) >

    #[start = "rest"]
    #[start = "cold"]
    pub struct Twice < delay(in=2, frames=1) >

    #[strat = "rest"]
    pub struct Misspelt < delay(in=2, frames=1) >

    #[start = "rest"]
    #[derive(Clone, Default)]
    pub struct Derived < delay(in=2, frames=1) >
}

fn main() {
    // What a network at rest has is there in spite of the mistake.
    let _ = NoQuotes::cold();
}
