//! What the tests share: the networks they declare, a network of any shape behind one interface, and the reference.

mod case;
#[cfg(all(miri, feature = "cmsis-dsp"))]
mod cmsis_dsp;
pub mod drawn_graphs;
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

/// The networks of [`drawn_graphs`].
#[expect(clippy::unreadable_literal, reason = "drawn frames")]
pub mod graphs {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/graphs.rs"));
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

/// The captures of `shared/golden/nam` beside the checkout, where there is such a folder.
pub mod captures_elsewhere {
    use crate::Case;
    include!(concat!(env!("OUT_DIR"), "/captures_elsewhere.rs"));
}
