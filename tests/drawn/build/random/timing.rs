//! When a drawn layer has an output: enough to draw what can stand side by side, and no more. What its outputs are, the reference
//! says in its own way.

#[derive(Clone, Copy)]
pub(super) struct Timing {
    /// Frames before the newest one that an output depends on.
    pub(super) past: usize,
    /// The first push that has an output.
    pub(super) first: usize,
    pub(super) stride: usize,
    /// How many pushes after its frame an output comes.
    pub(super) lag: usize,
    /// Frames of an output.
    pub(super) frames: usize,
}

impl Timing {
    pub(super) const AT_ONCE: Self = Self { past: 0, first: 0, stride: 1, lag: 0, frames: 1 };

    /// Without padding, of a window of so many `past` frames and the newest.
    pub(super) fn valid(past: usize, stride: usize) -> Self {
        Self { past, first: past, stride, ..Self::AT_ONCE }
    }

    pub(super) fn then(self, next: Self) -> Self {
        Self {
            past: self.past + self.stride * next.past,
            first: self.first + self.stride * next.first,
            stride: self.stride * next.stride,
            lag: self.lag + self.stride * next.lag,
            frames: self.frames * next.frames,
        }
    }

    /// Side by side, where both ever have an output at the same push.
    pub(super) fn together(branches: &[Self]) -> Option<Self> {
        let lag = branches.iter().map(|branch| branch.lag).max()?;
        let stride = branches.first()?.stride;
        let later = branches.iter().map(|branch| {
            let wait = lag - branch.lag;
            (branch.stride == stride && wait.is_multiple_of(stride)).then_some(Self {
                past: branch.past + wait,
                first: branch.first + wait,
                lag,
                ..*branch
            })
        });
        let later: Vec<_> = later.collect::<Option<_>>()?;
        let first = later.iter().map(|branch| branch.first).max()?;
        let past = later.iter().map(|branch| branch.past).max()?;
        let meet = later.iter().all(|branch| (first - branch.first).is_multiple_of(stride));
        meet.then_some(Self { past, first, stride, lag, frames: 1 })
    }
}
