//! Layers that move numbers inside a frame.

use super::layer::{Layer, said, unless};
use crate::frontend::keys::{self, kind};

/// The layer that takes these places of frames of so many channels.
pub(super) fn gather(indices: &[usize], inputs: usize) -> Result<Layer, String> {
    let is = |place: &dyn Fn(usize) -> usize| {
        indices.iter().enumerate().all(|(to, from)| *from == place(to))
    };
    let times = indices.len() / inputs.max(1);
    if times > 1 && times * inputs == indices.len() {
        if is(&|to| to % inputs) {
            return Ok(Layer::new(kind::EXPAND, vec![said(keys::FEATURES, times)]));
        }
        if is(&|to| to / times) {
            return Ok(Layer::new(kind::EXPAND, vec![said(keys::CHANNELS, times)]));
        }
    }
    if indices.len() == inputs
        && let Some(features) = (2..inputs)
            .filter(|features| inputs.is_multiple_of(*features))
            .find(|features| is(&|to| to % features * (inputs / features) + to / features))
    {
        return Ok(Layer::new(kind::PERMUTE, vec![said(keys::FEATURES, features)]));
    }
    if let Some(start) = indices.first().copied() {
        let step = indices.get(1).map_or(1, |second| second.saturating_sub(start));
        if step > 0 && is(&|to| start + to * step) {
            let mut arguments = vec![said(keys::START, start), said(keys::OUT, indices.len())];
            arguments.extend(unless(keys::STEP, step, 1));
            return Ok(Layer::new(kind::SLICE, arguments));
        }
    }
    Err("numbers of a frame change places, and not as `expand`, `permute` and `slice` do"
        .to_owned())
}
