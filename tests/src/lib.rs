//! What the tests share: the networks they declare, a network of any shape behind one interface, and the reference.

mod case;
#[cfg(all(miri, feature = "cmsis-dsp"))]
mod cmsis_dsp;
#[allow(dead_code, unused_imports, reason = "the build script uses the rest")]
mod drawn_graphs;
pub mod recorded;
pub mod reference;

pub use case::{AnyNet, Case, Frames};

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

/// The networks of `weights/` and of the examples, with recorded runs.
pub mod committed {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/committed.rs"));
}

/// The networks of `weights/formats`, whose weights are in files of other formats than ours, with recorded runs.
pub mod formats {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/formats.rs"));
}

/// The networks of `shared/golden` beside the checkout, with recorded runs, where there is such a folder.
pub mod elsewhere {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/elsewhere.rs"));
}

/// The captures of `weights/nam`, of every architecture and option.
pub mod captures {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/captures.rs"));
}

/// The captures of `weights/captures`: those of GuitarML, AIDA-X and RTNeural, and state dictionaries.
pub mod captures_in_json {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_in_json.rs"));
}

/// The captures of `shared/cases/audio` beside the checkout, where there is such a folder.
pub mod captures_made_up {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_made_up.rs"));
}

/// The captures of `shared/golden/nam` beside the checkout, where there is such a folder.
pub mod captures_elsewhere {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_elsewhere.rs"));
}
