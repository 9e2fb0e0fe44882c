use streaming_net::streaming_net;

streaming_net! {
    pub struct ResidualNone < residual(in=2) >;

    pub struct ResidualTwo < residual(in=2) < relu() | tanh() > >;

    pub struct ResidualThree < residual(in=2) < relu() | tanh() | > >;

    pub struct ResidualNine < residual(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;

    pub struct SumNone < sum(in=2) >;

    pub struct SumOne < sum(in=2) < relu() > >;

    pub struct SumNine < sum(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;

    pub struct ProductNone < product(in=2) >;

    pub struct ProductOne < product(in=2) < relu() > >;

    pub struct ProductNine < product(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;

    pub struct ConcatNone < concat(in=2) >;

    pub struct ConcatOne < concat(in=2) < relu() > >;

    pub struct ConcatNine < concat(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;

    pub struct GatedOne < gated(in=2) < relu() > >;

    pub struct GatedThree < gated(in=2) < relu() | tanh() | > >;

    pub struct GatedNine < gated(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;

    pub struct SkipsNone < skips(in=2) >;

    pub struct SkipsTwo < skips(in=2) < relu() | tanh() > >;

    pub struct SkipsThree < skips(in=2) < relu() | tanh() | > >;

    pub struct SkipsNine < skips(in=2) < relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() | relu() > >;
}

fn main() {}
