//! What the layers around the one at hand have to do with it: those that take taps, and those that give a condition.

use super::chain::Channels;
use crate::ast;
use crate::errors::Errors;
use crate::layer::{Branches, Condition, Layer, Tap, Timing};
use crate::model::{Fate, NamedLayer};

/// What lies between a layer and those around it.
#[derive(Clone, Copy)]
pub(super) struct Before {
    /// From the layer on that takes its tap.
    taps: Timing,
    /// From the layer on that gives it a condition.
    condition: Timing,
}

impl Before {
    /// Nothing.
    pub(super) const START: Self = Self { taps: Timing::AT_ONCE, condition: Timing::AT_ONCE };

    pub(super) fn then(self, timing: Timing) -> Self {
        Self { taps: self.taps.then(timing), condition: self.condition.then(timing) }
    }
}

/// The layers around the one at hand.
#[derive(Default)]
pub(super) struct Around<'a> {
    /// The taps so far of each, where it takes some.
    taps: Vec<Option<Taps<'a>>>,
    conditions: Vec<Given>,
    /// The channels of the network's own input.
    inputs: Option<usize>,
}

/// The taps of one layer, and their places.
type Taps<'a> = Vec<(Tap<'a>, usize)>;

/// A condition.
struct Given {
    channels: Channels,
    /// Of the layers that make it.
    timing: Timing,
    /// The layers that see it.
    seen_by: Vec<usize>,
}

impl<'a> Around<'a> {
    /// Goes among the layers of one that takes such branches. Gives what lies between them and those around.
    pub(super) fn enter(&mut self, branches: Option<Branches>, before: Before) -> Before {
        // The taps of such a block are those of the layer around it.
        if branches == Some(Branches::One) {
            return before;
        }
        self.taps.push((branches == Some(Branches::Tapped)).then(Taps::new));
        Before { taps: Timing::AT_ONCE, ..before }
    }

    /// Leaves them. Gives their taps, and the places of these.
    pub(super) fn leave(
        &mut self,
        branches: Option<Branches>,
    ) -> Option<(Vec<Tap<'a>>, Vec<usize>)> {
        let taps = if branches == Some(Branches::One) { None } else { self.taps.pop().flatten() };
        taps.map(|taps| taps.into_iter().unzip())
    }

    /// Gives the layers to come a condition of these `channels`, made by layers of that `timing`.
    pub(super) fn give(&mut self, channels: Channels, timing: Timing) {
        self.conditions.push(Given { channels, timing, seen_by: Vec::new() });
    }

    /// The network's own input is of so many channels.
    pub(super) fn input_is(&mut self, channels: Option<usize>) {
        self.inputs = self.inputs.or(channels);
    }

    /// Takes the last condition away, and says what it was.
    pub(super) fn take(&mut self, layers: &[Option<NamedLayer<'_>>]) -> Option<Condition> {
        let given = self.conditions.pop()?;
        let is_needed = |place: &usize| {
            let layer = layers.get(*place).and_then(Option::as_ref);
            layer.is_none_or(|layer| layer.fate != Fate::Dead)
        };
        Some(Condition {
            is_aligned: is_every_frame(given.timing) && given.timing.first == 0,
            is_seen: given.seen_by.iter().any(is_needed),
            ..self.condition_of(&given, Timing::AT_ONCE)
        })
    }

    /// The condition that a layer sees.
    pub(super) fn condition(&self, before: Before) -> Option<Condition> {
        self.conditions.last().map(|given| self.condition_of(given, before.condition))
    }

    fn condition_of(&self, given: &Given, before: Timing) -> Condition {
        let Timing { past, .. } = given.timing;
        let channels = match given.channels {
            Channels::Input => self.inputs,
            _ => given.channels.count(),
        };
        Condition {
            channels,
            is_frame: matches!(given.channels, Channels::Input) && self.inputs.is_none(),
            is_aligned: is_every_frame(before),
            past: if past == Timing::ALL { past } else { past.saturating_sub(before.past) },
            is_seen: false,
        }
    }

    /// The taps so far of the layer that takes them.
    pub(super) fn taps(&self) -> Vec<Tap<'a>> {
        self.taps.last().into_iter().flatten().flatten().map(|(tap, _)| *tap).collect()
    }

    /// Makes known what a layer at `place` has to do with those around it. Whether they are there.
    pub(super) fn add(
        &mut self,
        ast: &'a ast::Layer,
        layer: &dyn Layer,
        before: Before,
        place: usize,
        errors: &mut Errors,
    ) -> bool {
        if layer.mixes()
            && let Some(given) = self.conditions.last_mut()
        {
            given.seen_by.push(place);
        }
        let Some(channels) = layer.tap() else { return true };
        let written = &ast.kind;
        if let Some(Some(taps)) = self.taps.last_mut() {
            let gathered = layer.gathered();
            if gathered.is_some() {
                taps.clear();
            }
            let (timing, waits) = (gathered.unwrap_or(before.taps), gathered.is_none());
            taps.push((Tap { written, channels, timing, waits }, place));
            return true;
        }
        let message = if self.taps.iter().any(Option::is_some) {
            format!(
                "this `{written}` is in a branch, and `skips` does not sum what is in branches\nhelp: put the `{written}` directly among the layers of `skips`, or of a `residual` there"
            )
        } else {
            format!(
                "this `{written}` is not inside a `skips`\nhelp: write `skips < layers >` around the layers whose outputs are summed"
            )
        };
        errors.report(written, message);
        false
    }
}

/// Whether a push gives the frame that was pushed, or nothing.
fn is_every_frame(timing: Timing) -> bool {
    (timing.stride, timing.lag, timing.frames) == (1, 0, 1)
}
