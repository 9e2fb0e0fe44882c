//! Whole sequences, computed as frameworks do: an index of an output, and the frames of its window.

#[derive(Clone)]
pub(super) struct Sequence {
    /// The input frame that the first one belongs to.
    origin: usize,
    /// Input frames from one to the next.
    pub(super) stride: usize,
    pub(super) frames: Vec<Vec<f64>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Padding {
    Valid,
    Causal,
    Same,
}

impl Padding {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Valid => "",
            Self::Causal => ", causal",
            Self::Same => ", same",
        }
    }
}

pub(super) struct Window {
    pub(super) taps: usize,
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) padding: Padding,
}

impl Sequence {
    pub(super) fn new(frames: &[Vec<f64>]) -> Self {
        Self { origin: 0, stride: 1, frames: frames.to_vec() }
    }

    pub(super) fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        self.map_channels(|_, x| of(x))
    }

    pub(super) fn map_channels(&self, of: impl Fn(usize, f64) -> f64) -> Self {
        let frame = |frame: &Vec<f64>| frame.iter().enumerate().map(|(c, x)| of(c, *x)).collect();
        Self { frames: self.frames.iter().map(frame).collect(), ..*self }
    }

    pub(super) fn delayed(&self, frames: usize) -> Self {
        let newest =
            Self { origin: self.origin + frames * self.stride, frames: Vec::new(), ..*self };
        let count = self.frames.len().saturating_sub(frames);
        Self { frames: self.frames[..count].to_vec(), ..newest }
    }

    pub(super) fn windows(&self, window: &Window, of: impl Fn(&[Vec<f64>]) -> Vec<f64>) -> Self {
        let past = (window.taps - 1) * window.dilation;
        let (zeros, origin) = match window.padding {
            Padding::Valid => (0, self.origin + past * self.stride),
            Padding::Causal => (past, self.origin),
            Padding::Same => (past / 2, self.origin),
        };
        let width = self.frames.first().map_or(0, Vec::len);
        let padded: Vec<_> =
            (0..zeros).map(|_| vec![0.0; width]).chain(self.frames.clone()).collect();
        let starts = (0..padded.len().saturating_sub(past)).step_by(window.stride);
        let frames = starts.map(|start| {
            let taps: Vec<_> =
                padded[start..=start + past].iter().step_by(window.dilation).cloned().collect();
            of(&taps)
        });
        Self { origin, stride: self.stride * window.stride, frames: frames.collect() }
    }

    /// Frames that belong together, one by one. Those less than a stride apart do.
    pub(super) fn joined(&self, other: &Self, of: impl Fn(f64, f64) -> f64) -> Self {
        let earliest = self.origin.min(other.origin);
        let is_apart = !self.origin.abs_diff(other.origin).is_multiple_of(self.stride);
        let origin = |one: &Self| if is_apart { earliest } else { one.origin };
        let latest = origin(self).max(origin(other));
        let cropped = |one: &Self| {
            one.frames.iter().skip((latest - origin(one)) / self.stride).cloned().collect()
        };
        let (first, second): (Vec<_>, Vec<_>) = (cropped(self), cropped(other));
        let frames = first.iter().zip(&second).map(|(first, second): (&Vec<f64>, &Vec<f64>)| {
            first.iter().zip(second).map(|(a, b)| of(*a, *b)).collect()
        });
        Self { origin: latest, stride: self.stride, frames: frames.collect() }
    }
}
