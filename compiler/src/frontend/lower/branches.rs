//! How many branches a layer has.

use crate::errors::{Errors, Message};
use crate::frontend::ast;
use crate::frontend::kinds::{Branches, Kind};
use crate::numbers::plural;

/// Whether a layer has as many as its kind takes. Where layers could not be made out, which `are_whole` denies, nothing is
/// said of it.
pub(super) fn count(layer: &ast::Layer, kind: &Kind, are_whole: bool, errors: &mut Errors) -> bool {
    let (count, name) = (layer.branches.len(), kind.name);
    let (right, help) = match kind.branches {
        Branches::None => (count == 0, format!("write `{name}(…)` without `< … >`")),
        Branches::One | Branches::Skips => (count == 1, format!("write `{name} < layer; layer >`")),
        Branches::Several => (count >= 2, format!("write `{name} < layers | layers >`")),
        Branches::TwoOrNone => {
            (count == 0 || count == 2, format!("write `{name} < layers | layers >` or `{name}()`"))
        }
        Branches::Conditioned => (
            count == 1 || count == 2,
            format!("write `{name} < layers >` or `{name} < layers of the condition | layers >`"),
        ),
    };
    if right && count <= MOST {
        return true;
    }
    if !are_whole {
        return false;
    }
    let message = match (right, kind.branches) {
        (true, _) => {
            Message::new(format!("`{name}` has {count} branches, but the limit is {MOST}"))
        }
        (false, Branches::None) => {
            Message::new(format!("`{name}` takes no layers between `<` and `>`")).help(help)
        }
        (false, _) => {
            let count = if count == 0 { "none".to_owned() } else { plural(count, "branch") };
            let takes = match kind.branches {
                Branches::One | Branches::Skips => "one branch",
                Branches::Several => "two or more branches",
                Branches::Conditioned => "one or two branches",
                _ => "two branches",
            };
            Message::new(format!("`{name}` takes {takes}, but has {count}")).help(help)
        }
    };
    errors.report(&layer.kind, message);
    false
}

/// Branches of a layer, at most.
const MOST: usize = 8;
