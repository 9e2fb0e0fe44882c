//! What blocks save, in instructions of a Cortex-M7, about: a few kinds of lines, measured by `cargo xtask bench`.

use crate::graph::{Graph, Op, Value};

/// Instructions that one frame takes by `push`, and how many less in a block.
#[derive(Default)]
pub(crate) struct Cost {
    push: isize,
    saved: isize,
}

impl Cost {
    /// Whether a block takes 10 % less than its frames one by one.
    pub(crate) fn is_worth_it(&self) -> bool {
        // Around the lines of a run.
        let saved = self.saved.saturating_sub(10);
        saved > 0 && saved.saturating_mul(10) >= self.push
    }

    /// A convolution: of a multiply-accumulate, half an instruction is saved, and a call costs 4. `stride` is the product of
    /// all strides.
    pub(crate) fn conv(&mut self, graph: &Graph, value: Value, stride: usize) {
        let macs = graph.macs(value);
        let often = stride / graph[value].clock.stride;
        let copied = match &graph[value].op {
            Op::Conv(conv) if conv.window.stride > 1 => {
                conv.window.taps.saturating_mul(conv.inputs) * 8
            }
            _ => 0,
        };
        self.add(macs.saturating_mul(21) / 10, often);
        self.save(macs / 2, often);
        self.spend(4 + copied, often);
    }

    /// A 1x1 convolution in the call of another one: its sums start from this one, or it takes the other one's outputs.
    pub(crate) fn in_call(&mut self, graph: &Graph, value: Value, stride: usize) {
        let macs = graph.macs(value);
        let often = stride / graph[value].clock.stride;
        self.add(macs.saturating_mul(21) / 10, often);
        self.save(macs / 2, often);
    }

    /// Frames that are changed where they lie.
    pub(crate) fn changed(&mut self, graph: &Graph, value: Value, stride: usize) {
        let often = stride / graph[value].clock.stride;
        self.add(graph[value].channels.saturating_mul(3), often);
        self.spend(4, often);
    }

    /// Frames that are taken one by one.
    pub(crate) fn mapped(&mut self, graph: &Graph, value: Value, stride: usize) {
        let often = stride / graph[value].clock.stride;
        let work = graph.macs(value).saturating_mul(2).saturating_add(graph[value].channels * 3);
        self.add(work, often);
        self.spend(10, often);
    }

    fn add(&mut self, instructions: usize, often: usize) {
        self.push = self.push.saturating_add(signed(instructions, often));
    }

    fn save(&mut self, instructions: usize, often: usize) {
        self.saved = self.saved.saturating_add(signed(instructions, often));
    }

    fn spend(&mut self, instructions: usize, often: usize) {
        self.saved = self.saved.saturating_sub(signed(instructions, often));
    }
}

fn signed(instructions: usize, often: usize) -> isize {
    isize::try_from(instructions.saturating_mul(often)).unwrap_or(isize::MAX)
}
