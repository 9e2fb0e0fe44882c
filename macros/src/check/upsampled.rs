//! Where a push is answered by several frames.

use crate::ast;
use crate::errors::Errors;
use crate::layer::{Timing, kind};

/// Whether a layer, a branch in `depth` others, can stand where a push gives it so many `frames`.
pub(super) fn fits(
    ast: &ast::Layer,
    depth: usize,
    frames: usize,
    timing: Timing,
    errors: &mut Errors,
) -> bool {
    let name = ast.written();
    let (message, help) = if timing.frames > 1 && depth > 0 {
        let message = format!(
            "`{name}` gives {} frames at a push, but a branch can give only one",
            timing.frames
        );
        (message, "put it after the layer that the branch belongs to")
    } else if frames > 1 && timing.is_scheduled() {
        let causal = || kind(&ast.kind)?.flags().find(|flag| flag.name == "causal");
        let help = if causal().is_some() || ast.stands_for.is_some() {
            "write `causal`, without `stride`"
        } else if ast.branches.is_empty() {
            "put it before the layer that upsamples"
        } else {
            "write `causal` in its branches, without `stride`"
        };
        (
            format!("`{name}` does not give an output for each of the {frames} frames of a push"),
            help,
        )
    } else {
        return true;
    };
    errors.report(&ast.kind, format!("{message}\nhelp: {help}"));
    false
}
