//! What blocks save, in instructions of a Cortex-M7, about: a few kinds of lines, measured by `cargo xtask bench`.

use super::block::FRAMES;
use crate::graph::{Graph, Op, Value};

/// Instructions that one output takes by `push`, and how many less in a block.
pub(crate) struct Cost<'a> {
    graph: &'a Graph,
    /// The product of all strides.
    stride: usize,
    /// What the call of a kernel takes for each output.
    call: usize,
    push: isize,
    saved: isize,
}

impl<'a> Cost<'a> {
    /// Of no line yet. A network with a schedule calls each kernel for four outputs, others for dozens of frames.
    pub(crate) fn new(graph: &'a Graph, stride: usize, is_scheduled: bool) -> Self {
        let call = if is_scheduled { 128 / FRAMES } else { 4 };
        Self { graph, stride, call, push: 0, saved: 0 }
    }

    /// Whether a block takes 10 % less than its frames one by one.
    pub(crate) fn is_worth_it(&self) -> bool {
        // Around the lines of a run.
        let saved = self.saved.saturating_sub(10);
        saved > 0 && saved.saturating_mul(10) >= self.push
    }

    /// A convolution: of a multiply-accumulate, half an instruction is saved where all channels are one group.
    pub(crate) fn conv(&mut self, value: Value) {
        self.in_call(value);
        self.saved = self.saved.saturating_sub(signed(self.call));
        if let Op::Conv(conv) = &self.graph[value].op
            && conv.window.stride > 1
        {
            self.spend(value, conv.window.taps.saturating_mul(conv.inputs) * 8);
        }
    }

    /// A 1x1 convolution in the call of another one: its sums start from this one, or it takes the other one's outputs.
    pub(crate) fn in_call(&mut self, value: Value) {
        let macs = self.graph.macs(value);
        self.add(value, macs.saturating_mul(21) / 10);
        if self.graph[value].conv().is_some_and(|conv| conv.groups == 1) {
            self.saved =
                self.saved.saturating_add(signed(self.often(value).saturating_mul(macs / 2)));
        }
    }

    /// Frames that are changed where they lie.
    pub(crate) fn changed(&mut self, value: Value) {
        self.add(value, self.graph[value].channels.saturating_mul(3));
        self.spend(value, 4);
    }

    /// Frames that are taken one by one.
    pub(crate) fn mapped(&mut self, value: Value) {
        let (macs, channels) = (self.graph.macs(value), self.graph[value].channels);
        self.add(value, macs.saturating_mul(2).saturating_add(channels.saturating_mul(3)));
        self.spend(value, 10);
    }

    /// How often a value is there for one output of the network.
    fn often(&self, value: Value) -> usize {
        self.stride / self.graph[value].clock.stride
    }

    fn add(&mut self, value: Value, instructions: usize) {
        let added = self.often(value).saturating_mul(instructions);
        self.push = self.push.saturating_add(signed(added));
    }

    fn spend(&mut self, value: Value, instructions: usize) {
        let spent = self.often(value).saturating_mul(instructions);
        self.saved = self.saved.saturating_sub(signed(spent));
    }
}

fn signed(instructions: usize) -> isize {
    isize::try_from(instructions).unwrap_or(isize::MAX)
}
