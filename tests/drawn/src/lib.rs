//! Networks drawn from fixed seeds. They take minutes to compile: tests that need none of them are in other packages.

#[allow(dead_code, unused_imports, reason = "the build script uses the rest")]
mod drawn_graphs;

use streaming_net_tests::Case;

/// Networks drawn from a fixed seed.
#[expect(clippy::unreadable_literal, reason = "drawn frames")]
pub mod random {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/random.rs"));
}

/// Networks of layers of every kind, drawn from a fixed seed.
#[expect(clippy::unreadable_literal, reason = "drawn frames")]
pub mod kinds {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/kinds.rs"));
}

/// Every drawn network.
pub fn drawn() -> impl Iterator<Item = &'static Case> {
    random::NETS.iter().chain(kinds::NETS)
}

/// Networks that are directed graphs, and what whole sequences give for them.
#[expect(clippy::unreadable_literal, reason = "drawn frames")]
pub mod graphs {
    use crate::Case;
    use crate::drawn_graphs::{Drawn, Sequence};
    include!(concat!(env!("OUT_DIR"), "/graphs.rs"));

    /// What a whole sequence gives.
    pub struct Whole {
        /// The network, as it stands in the macro.
        pub text: String,
        /// The input frame that the first output belongs to.
        pub origin: usize,
        /// Input frames from one output to the next.
        pub stride: usize,
        /// The outputs.
        pub frames: Vec<Vec<f64>>,
    }

    /// What the network of a seed gives for `input`.
    #[must_use]
    pub fn whole(seed: u64, input: &[Vec<f64>]) -> Whole {
        let (Drawn { text, .. }, Sequence { origin, stride, frames, .. }) = Drawn::new(seed, input);
        Whole { text, origin, stride, frames }
    }
}
