//! What layers cost.

/// Of one layer.
#[derive(Clone, Default)]
pub(super) struct Cost {
    pub(super) macs: usize,
    /// Numbers of its weights.
    pub(super) weights: usize,
    /// Floats that it keeps from push to push.
    pub(super) floats: usize,
    /// How often it keeps any, or counts pushes.
    pub(super) stateful: usize,
    /// Whether it is a product and a sum of every channel, and nothing else.
    pub(super) is_affine: bool,
    /// Whether it is a tap.
    pub(super) is_tap: bool,
}

impl Cost {
    /// Of a layer that keeps so many floats, and may count pushes.
    pub(super) fn keeps(floats: usize, counts: bool) -> Self {
        Self { floats, stateful: usize::from(counts || floats > 0), ..Self::default() }
    }

    /// Of delays.
    pub(super) fn delays(delays: impl Iterator<Item = (usize, usize)>) -> Self {
        let kept = delays.filter(|(frames, channels)| frames * channels > 0);
        let (floats, stateful) = kept.fold((0, 0), |(floats, count), (frames, channels)| {
            (floats + frames * channels, count + 1)
        });
        Self { floats, stateful, ..Self::default() }
    }
}
