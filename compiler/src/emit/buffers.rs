//! The buffers on the stack that the frames of a block lie in between two operations: a linear scan over the lines.

use super::block::FRAMES;
use crate::graph::{Graph, Table, Value};

/// Numbers on the stack, at most. A network of more takes its frames one by one.
const MOST_ON_STACK: usize = 1024;

/// Of them, scratch of a network with strides, which has no choice of fewer frames.
const MOST_COPIED: usize = 512;

/// Numbers of past frames that a convolution copies beside those that come, where it need not: as the runtime's.
const MOST_PAST_COPIED: usize = 256;

/// Frames that a block is taken in, at most, and where their buffers are too large: fours of them.
const RUNS: [usize; 7] = [48, 32, 24, 16, 12, 8, FRAMES];

/// Where the frames of each value lie.
pub(crate) struct Buffers {
    /// The buffer of each value; `None` where it has none.
    places: Table<Option<usize>>,
    /// For each buffer, the most numbers that lie there, for each of the outputs of the network.
    sizes: Vec<usize>,
    /// For each buffer, whether fine sums lie there.
    are_fine: Vec<bool>,
    /// The values that are fine sums.
    fine: Table<bool>,
    /// The line that reads each value last.
    last: Table<usize>,
    busy: Vec<Option<Value>>,
    /// For each value, the numbers of it for each of the outputs of the network.
    numbers: Table<usize>,
    /// Pushes for one output of the value that comes most seldom.
    stride: usize,
    /// Taps, dilation, stride and channels of each convolution that copies frames.
    copied: Vec<[usize; 4]>,
}

impl Buffers {
    /// No buffers yet. `reads` gives the values that a line reads, for each of `lines`; `stride` is the product of all
    /// strides.
    pub(crate) fn new(
        graph: &Graph,
        lines: &[Value],
        stride: usize,
        reads: impl Fn(Value) -> Vec<Value>,
    ) -> Self {
        let (mut last, mut numbers) = (graph.table(0), graph.table(0));
        for (line, value) in lines.iter().enumerate() {
            let node = &graph[*value];
            numbers[*value] = node.channels.saturating_mul(stride / node.clock.stride);
            for read in reads(*value) {
                last[read] = line;
            }
        }
        last[graph.output] = lines.len();
        Self {
            places: graph.table(None),
            sizes: Vec::new(),
            are_fine: Vec::new(),
            fine: graph.fine_sums(),
            last,
            busy: Vec::new(),
            numbers,
            stride,
            copied: Vec::new(),
        }
    }

    /// Whether no line behind this one reads the value, which lies in a buffer.
    pub(crate) fn dies(&self, value: Value, line: usize) -> bool {
        self.places[value].is_some() && self.last[value] <= line
    }

    /// Lets the frames of `value` lie in a buffer that no other is in that is read from `line` on.
    pub(crate) fn allocate(&mut self, value: Value, line: usize) -> usize {
        let last = &self.last;
        let is_free = |(busy, is_fine): (&Option<Value>, &bool)| {
            *is_fine == self.fine[value] && busy.is_none_or(|value| last[value] < line)
        };
        let place = self.busy.iter().zip(&self.are_fine).position(is_free);
        let place = place.unwrap_or(self.busy.len());
        if place == self.busy.len() {
            self.busy.push(None);
            self.sizes.push(0);
            self.are_fine.push(self.fine[value]);
        }
        self.occupy(value, place);
        place
    }

    /// Lets a value lie where another one did, that is not read any more.
    pub(crate) fn reuse(&mut self, value: Value, of: Value) {
        if let Some(place) = self.places[of] {
            self.occupy(value, place);
        }
    }

    fn occupy(&mut self, value: Value, place: usize) {
        if let (Some(busy), Some(size)) = (self.busy.get_mut(place), self.sizes.get_mut(place)) {
            *busy = Some(value);
            *size = (*size).max(self.numbers[value]);
        }
        self.places[value] = Some(place);
    }

    /// Has scratch for the frames that a convolution copies.
    pub(crate) fn copies(&mut self, graph: &Graph, value: Value) {
        if let Some(conv) = graph[value].conv() {
            let window = conv.window;
            self.copied.push([window.taps, window.dilation, window.stride, conv.inputs]);
        }
    }

    /// The most pushes that a block takes for which everything fits; of a network with a schedule, those of four outputs.
    pub(crate) fn pushes(&self, is_scheduled: bool) -> Option<usize> {
        let fits = |outputs: &usize| {
            let scratch = self.scratch(outputs * self.stride);
            let others = self.sizes(outputs * self.stride).fold(0, usize::saturating_add);
            if is_scheduled {
                scratch <= MOST_COPIED && others <= MOST_ON_STACK
            } else {
                scratch.saturating_add(others) <= MOST_ON_STACK
            }
        };
        let runs = if is_scheduled { &[FRAMES] } else { RUNS.as_slice() };
        runs.iter().copied().find(fits).map(|outputs| outputs * self.stride)
    }

    /// The same of a network of integers, of which twice as many fit, and which copies no frames.
    pub(crate) fn pushes_of_integers(&self) -> Option<usize> {
        let fits = |pushes: &usize| {
            let words = self.sizes(*pushes).zip(&self.are_fine);
            let halves = words.map(|(size, is_fine)| if *is_fine { 2 * size } else { size });
            halves.fold(0, usize::saturating_add) <= 2 * MOST_ON_STACK
        };
        RUNS.iter().copied().find(fits)
    }

    /// The numbers of each buffer, for so many pushes.
    pub(crate) fn sizes(&self, pushes: usize) -> impl Iterator<Item = usize> {
        self.sizes.iter().map(move |size| size.saturating_mul(pushes / self.stride))
    }

    /// For each buffer, whether fine sums lie there.
    pub(crate) fn are_fine(&self) -> impl Iterator<Item = bool> {
        self.are_fine.iter().copied()
    }

    /// Taps, dilation, stride and channels of each convolution that copies frames.
    pub(crate) fn copied(&self) -> impl Iterator<Item = [usize; 4]> {
        self.copied.iter().copied()
    }

    /// The numbers that a convolution copies, at most, where it takes so many pushes: as the runtime's `scratch` says.
    fn scratch(&self, pushes: usize) -> usize {
        let copied = self.copied.iter().map(|[taps, dilation, stride, channels]| {
            let past = (taps - 1).saturating_mul(*dilation);
            // The runtime copies past frames of a short distance, and where that saves two turns in three.
            let must = *dilation < FRAMES;
            let may = pushes >= 3 * (dilation / FRAMES * FRAMES)
                && past.saturating_mul(*channels) <= MOST_PAST_COPIED;
            let frames = match stride {
                1 if must || may => pushes.saturating_add(past),
                1 => pushes,
                _ => taps.saturating_mul(FRAMES),
            };
            frames.saturating_mul(*channels)
        });
        copied.max().unwrap_or_default()
    }
}
