//! The bias of layers with a kernel, in the text.

use super::Flag;
use crate::frontend::keys;

pub(super) const BIAS: &[Flag] = &[Flag { name: keys::NO_BIAS, doc: "trained without a bias" }];
