use streaming_net::streaming_net;

streaming_net! {
    pub struct Features < reduce_mean(in=10, features=4) >;

    pub struct One < reduce_max(in=4, features=4, over_channels) >;

    pub struct Both < reduce_sum(in=4, features=2, over_features, over_channels) >;

    pub struct Neither < expand(in=2) >;

    pub struct TooMany < expand(in=200, features=400) >;

    pub struct Start < slice(in=4, start=4, out=1) >;

    pub struct End < slice(in=4, start=1, out=3, step=2) >;

    pub struct Split < split(in=5, n=2) >;

    pub struct Nothing < max_pool2d(k=1, in=4, features=4, feature_k=1) >;

    pub struct Wide < max_pool2d(k=1, in=4, features=4, feature_k=2, feature_pad=2) >;

    pub struct Padded < avg_pool2d(k=1, in=4, features=4, feature_k=2, feature_pad=1, feature_same) >;

    pub struct Channels < difference(in=4) < | slice(start=0, out=2) > >;

    pub struct Normed < group_norm(in=12, features=4, groups=2, epsilon=0.1) >;
}

fn main() {}
