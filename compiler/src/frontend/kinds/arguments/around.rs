//! What a layer is told of those around it, and of those in its branches.

use proc_macro2::Ident;

use crate::frontend::kinds::Timing;

/// A chain between a layer's `<` and `>`.
pub(crate) struct Branch {
    pub(crate) outputs: usize,
    pub(crate) timing: Timing,
}

/// A frame that layers see beside the one that they take.
#[derive(Clone, Copy)]
pub(crate) struct Condition {
    /// `None` where a mistake hides them, or no layer has said them yet.
    pub(crate) channels: Option<usize>,
    /// Whether that is because no layer has taken it yet: it is the frame at hand.
    pub(crate) is_frame: bool,
    /// Whether it belongs to the frame that the layer takes. Of a layer that gives it: whether it is there for every frame.
    pub(crate) is_aligned: bool,
    /// Frames that it looks back further than that.
    pub(crate) past: usize,
    /// Whether a layer sees it on whose answer something depends.
    pub(crate) is_seen: bool,
}

/// A layer that adds its input to the sum of the layer around it.
#[derive(Clone, Copy)]
pub(crate) struct Tap<'a> {
    pub(crate) written: &'a Ident,
    pub(crate) channels: usize,
    /// From the layer around it on.
    pub(crate) timing: Timing,
    /// Whether it can wait for later ones.
    pub(crate) waits: bool,
}
