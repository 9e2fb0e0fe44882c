use streaming_net::streaming_net;

streaming_net! {
    pub struct Outside < skip(in=2) >;

    pub struct NoTap < skips < relu(in=2) > >;

    pub struct InABranch < skips < sum(in=2) < skip() | > > >;

    pub struct Channels < skips < relu(in=2); skip(); concat < | >; skip() > >;

    pub struct Strided < skips < relu(in=2); skip(); max_pool(size=2); skip() > >;
}

fn main() {}
