//! The output of a layer for a whole sequence: when each frame of it is known, and which input frame it belongs to.

use serde::Deserialize;

#[derive(Clone)]
pub(super) struct Sequence {
    pub(super) outputs: Vec<Output>,
    /// Whether an output depends on some frames only.
    pub(super) forgets: bool,
}

#[derive(Clone)]
pub(super) struct Output {
    pub(super) frame: Vec<f64>,
    /// The newest input frame that it needs: the push whose output it is in.
    pub(super) at: usize,
    /// The input frame that it belongs to.
    pub(super) of: usize,
    /// The oldest input frame that it depends on.
    pub(super) since: usize,
}

/// The frames that an output looks at.
#[derive(Deserialize)]
pub(super) struct Window {
    pub(super) taps: usize,
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) padding: Padding,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Padding {
    Valid,
    Causal,
    Same,
    /// So many zeros before the first frame, and behind the last one.
    Zeros(usize),
}

impl Window {
    pub(super) fn valid(taps: usize, stride: usize) -> Self {
        Self { taps, dilation: 1, stride, padding: Padding::Valid }
    }

    /// Frames from its oldest tap to its newest.
    pub(super) fn span(&self) -> usize {
        (self.taps - 1) * self.dilation + 1
    }

    /// Zeros before the first frame.
    pub(super) fn zeros(&self) -> usize {
        match self.padding {
            Padding::Valid => 0,
            Padding::Causal => self.span() - 1,
            Padding::Same => (self.span() - 1) / 2,
            Padding::Zeros(zeros) => zeros,
        }
    }

    /// Whether it outputs some frames only.
    pub(super) fn is_scheduled(&self) -> bool {
        self.stride > 1 || self.zeros() + 1 < self.span()
    }
}

impl Sequence {
    pub(super) fn of(input: &[Vec<f32>]) -> Self {
        let output = |(time, frame): (usize, &Vec<f32>)| {
            let frame = frame.iter().copied().map(f64::from).collect();
            Output { frame, at: time, of: time, since: time }
        };
        Self { outputs: input.iter().enumerate().map(output).collect(), forgets: true }
    }

    /// The same of each frame.
    pub(super) fn map(mut self, mut frame: impl FnMut(&[f64]) -> Vec<f64>) -> Self {
        for output in &mut self.outputs {
            output.frame = frame(&output.frame);
        }
        self
    }

    /// An output for each place of a window in the padded sequence; what it has under a tap is `None` in the padding.
    ///
    /// Without padding, outputs and inputs are aligned at their ends: an output belongs to the newest frame under the window.
    /// With padding there is one for each (or each `stride`th) frame, which it belongs to.
    pub(super) fn windows(
        &self,
        window: &Window,
        output: impl Fn(&[Option<&[f64]>]) -> Vec<f64>,
    ) -> Self {
        let mut outputs = Vec::new();
        for start in (0..).step_by(window.stride) {
            let at = |tap: usize| (start + tap * window.dilation).checked_sub(window.zeros());
            let newest = at(window.taps - 1).and_then(|newest| self.outputs.get(newest));
            let Some(newest) = newest else { break };
            let taps = (0..window.taps).map(|tap| at(tap).map(|time| &self.outputs[time]));
            let taps: Vec<_> = taps.collect();
            let frames: Vec<_> =
                taps.iter().map(|tap| tap.map(|input| input.frame.as_slice())).collect();
            let oldest = taps.iter().flatten().map(|input| input.since).min();
            let of = match window.padding {
                Padding::Valid => newest.of,
                _ => self.outputs[start].of,
            };
            let since = oldest.expect("the newest tap has a frame");
            outputs.push(Output { frame: output(&frames), at: newest.at, of, since });
        }
        Self { outputs, forgets: self.forgets }
    }

    /// What belongs to the same frame brought together, where every branch has it; and how many of its outputs each branch
    /// has to keep until then.
    pub(super) fn together(
        branches: &[Self],
        join: impl Fn(&[&[f64]]) -> Vec<f64>,
    ) -> (Self, Vec<usize>) {
        let (mut outputs, mut kept) = (Vec::new(), vec![0; branches.len()]);
        for Output { of, .. } in &branches[0].outputs {
            let find = |branch: &Self| branch.outputs.binary_search_by_key(of, |other| other.of);
            let places: Result<Vec<_>, _> = branches.iter().map(find).collect();
            let Ok(places) = places else { continue };
            let found = || branches.iter().zip(&places).map(|(branch, at)| &branch.outputs[*at]);
            let at = found().map(|output| output.at).max().unwrap_or(0);
            for (kept, (branch, place)) in kept.iter_mut().zip(branches.iter().zip(&places)) {
                let given = branch.outputs.partition_point(|output| output.at <= at);
                *kept = given - 1 - place;
            }
            let frames: Vec<_> = found().map(|output| output.frame.as_slice()).collect();
            let since = found().map(|output| output.since).min().unwrap_or(0);
            outputs.push(Output { frame: join(&frames), at, of: *of, since });
        }
        (Self { outputs, forgets: branches.iter().all(|branch| branch.forgets) }, kept)
    }

    /// `times` frames for each.
    pub(super) fn upsampled(
        &self,
        times: usize,
        output: impl Fn(usize, usize) -> (Vec<f64>, Option<usize>),
    ) -> Self {
        let mut outputs = Vec::new();
        for (time, input) in self.outputs.iter().enumerate() {
            for place in 0..times {
                // With the oldest frame that is part of it. Where none is, it is counted as one of this frame.
                let (frame, oldest) = output(time, place);
                let since = self.outputs[oldest.unwrap_or(time)].since;
                outputs.push(Output { frame, at: input.at, of: outputs.len(), since });
            }
        }
        Self { outputs, forgets: self.forgets }
    }
}
