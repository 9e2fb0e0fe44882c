//! A crate that knows `streaming-net` by a name of its own, which `#[crate = …]` says.

#![no_std]
#![no_implicit_prelude]

use ::net::streaming_net;

/// What a crate of a firmware's own offers to the others.
mod facade {
    pub(crate) use ::net::*;
}

streaming_net! {
    /// By its name in `Cargo.toml`.
    #[crate = ::net]
    #[weights = "../weights/expansions/grouped.json"]
    pub struct Named <
        conv(k=2, in=4, out=2, groups=2);
        depthwise(k=1, out=4, no_bias, elu=1.5);
        dense(out=1, sigmoid)
    >

    /// By a path in the crate, with a history and a schedule.
    #[crate = crate::facade]
    #[weights = "../weights/expansions/strided.json"]
    pub struct ByPath < conv(k=2, in=1, out=2, stride=2, no_bias); conv(k=1, out=1, stride=3) >
}

#[cfg(test)]
mod tests {
    use ::core::option::Option::{None, Some};
    use ::core::{assert, assert_eq};

    use crate::{ByPath, Named};

    #[test]
    fn both_run() {
        let mut net = Named::new();
        assert_eq!(net.push([1.0, 2.0, 3.0, 4.0]), None);
        assert!(net.push([5.0, 6.0, 7.0, 8.0]).is_some());
        let mut net = ByPath::new();
        assert_eq!(net.push([1.0]), None);
        assert_eq!(net.push([2.0]), Some([4.0]));
    }
}
