//! Whole sequences, computed as frameworks do: an index of an output, and the frames of its window.

#[derive(Clone)]
pub(crate) struct Sequence {
    /// The input frame that the first one belongs to.
    pub(crate) origin: usize,
    /// Input frames from one to the next.
    pub(crate) stride: usize,
    /// Channels of a frame.
    pub(crate) width: usize,
    pub(crate) frames: Vec<Vec<f64>>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Padding {
    Valid,
    Causal,
    Same,
}

impl Padding {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Valid => "",
            Self::Causal => ", causal",
            Self::Same => ", same",
        }
    }
}

pub(crate) struct Window {
    pub(crate) taps: usize,
    pub(crate) dilation: usize,
    pub(crate) stride: usize,
    pub(crate) padding: Padding,
}

impl Sequence {
    pub(crate) fn new(frames: &[Vec<f64>], width: usize) -> Self {
        Self { origin: 0, stride: 1, width, frames: frames.to_vec() }
    }

    pub(crate) fn map(&self, of: impl Fn(f64) -> f64) -> Self {
        self.map_channels(|_, x| of(x))
    }

    pub(crate) fn map_channels(&self, of: impl Fn(usize, f64) -> f64) -> Self {
        let frame = |frame: &Vec<f64>| frame.iter().enumerate().map(|(c, x)| of(c, *x)).collect();
        Self { frames: self.frames.iter().map(frame).collect(), ..*self }
    }

    pub(crate) fn delayed(&self, frames: usize) -> Self {
        let newest =
            Self { origin: self.origin + frames * self.stride, frames: Vec::new(), ..*self };
        let count = self.frames.len().saturating_sub(frames);
        Self { frames: self.frames[..count].to_vec(), ..newest }
    }

    /// Frames of so many channels, one for each place of a window.
    pub(crate) fn windows(
        &self,
        window: &Window,
        width: usize,
        of: impl Fn(&[Vec<f64>]) -> Vec<f64>,
    ) -> Self {
        let past = (window.taps - 1) * window.dilation;
        let (zeros, origin) = match window.padding {
            Padding::Valid => (0, self.origin + past * self.stride),
            Padding::Causal => (past, self.origin),
            Padding::Same => (past / 2, self.origin),
        };
        let padded: Vec<_> =
            (0..zeros).map(|_| vec![0.0; self.width]).chain(self.frames.clone()).collect();
        let starts = (0..padded.len().saturating_sub(past)).step_by(window.stride);
        let frames = starts.map(|start| {
            let taps: Vec<_> =
                padded[start..=start + past].iter().step_by(window.dilation).cloned().collect();
            of(&taps)
        });
        let stride = self.stride * window.stride;
        Self { origin, stride, width, frames: frames.collect() }
    }

    pub(crate) fn joined(&self, other: &Self, of: impl Fn(f64, f64) -> f64) -> Self {
        let both = |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).map(|(a, b)| of(*a, *b)).collect();
        self.together(other, self.width, both)
    }

    /// The channels of both.
    pub(crate) fn beside(&self, other: &Self) -> Self {
        let both = |a: &Vec<f64>, b: &Vec<f64>| [a.as_slice(), b].concat();
        self.together(other, self.width + other.width, both)
    }

    /// Frames that belong together, one by one. Those less than a stride apart do.
    fn together(
        &self,
        other: &Self,
        width: usize,
        both: impl Fn(&Vec<f64>, &Vec<f64>) -> Vec<f64>,
    ) -> Self {
        let earliest = self.origin.min(other.origin);
        let is_apart = !self.origin.abs_diff(other.origin).is_multiple_of(self.stride);
        let origin = |one: &Self| if is_apart { earliest } else { one.origin };
        let latest = origin(self).max(origin(other));
        let cropped = |one: &Self| -> Vec<_> {
            one.frames.iter().skip((latest - origin(one)) / self.stride).cloned().collect()
        };
        let frames = cropped(self).iter().zip(&cropped(other)).map(|(a, b)| both(a, b)).collect();
        Self { origin: latest, stride: self.stride, width, frames }
    }
}
