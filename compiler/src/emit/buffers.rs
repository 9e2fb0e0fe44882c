//! The buffers on the stack that the frames of a block lie in between two operations: a linear scan over the lines.

use crate::graph::{Graph, Table, Value};

/// Numbers on the stack, at most. A network of more takes its frames one by one.
const MOST_ON_STACK: usize = 1024;

/// Frames that a block is taken in, at most, and where their buffers are too large: fours of them.
const FRAMES: [usize; 7] = [48, 32, 24, 16, 12, 8, 4];

/// Where the frames of each value lie.
pub(crate) struct Buffers {
    /// The buffer of each value; `None` where it has none.
    places: Table<Option<usize>>,
    /// For each buffer, the most numbers that one frame of the network's input makes there, times the product of all strides.
    sizes: Vec<usize>,
    /// The line that reads each value last.
    last: Table<usize>,
    busy: Vec<Option<Value>>,
}

impl Buffers {
    /// No buffers yet. `reads` gives the values that a line reads, for each of `lines`.
    pub(crate) fn new(graph: &Graph, lines: &[Value], reads: impl Fn(Value) -> Vec<Value>) -> Self {
        let mut last = graph.table(0);
        for (line, value) in lines.iter().enumerate() {
            for read in reads(*value) {
                last[read] = line;
            }
        }
        last[graph.output] = lines.len();
        Self { places: graph.table(None), sizes: Vec::new(), last, busy: Vec::new() }
    }

    /// Whether no line behind this one reads the value, which lies in a buffer.
    pub(crate) fn dies(&self, value: Value, line: usize) -> bool {
        self.places[value].is_some() && self.last[value] <= line
    }

    /// Lets the frames of `value`, of so many numbers, lie in a buffer that no other is in that is read from `line` on.
    pub(crate) fn allocate(&mut self, value: Value, numbers: usize, line: usize) -> usize {
        let last = &self.last;
        let is_free = |busy: &Option<Value>| busy.is_none_or(|value| last[value] < line);
        let place = self.busy.iter().position(is_free).unwrap_or(self.busy.len());
        if place == self.busy.len() {
            self.busy.push(None);
            self.sizes.push(0);
        }
        self.occupy(value, numbers, place);
        place
    }

    /// Lets a value lie where another one did, that is not read any more.
    pub(crate) fn reuse(&mut self, value: Value, of: Value, numbers: usize) {
        if let Some(place) = self.places[of] {
            self.occupy(value, numbers, place);
        }
    }

    fn occupy(&mut self, value: Value, numbers: usize, place: usize) {
        if let (Some(busy), Some(size)) = (self.busy.get_mut(place), self.sizes.get_mut(place)) {
            *busy = Some(value);
            *size = (*size).max(numbers);
        }
        self.places[value] = Some(place);
    }

    /// The largest run of frames whose buffers, and what is copied, fit.
    pub(crate) fn frames(&self, copied: impl Fn(usize) -> usize) -> Option<usize> {
        FRAMES.into_iter().find(|frames| {
            let sizes = self.sizes.iter().map(|size| size.saturating_mul(*frames));
            sizes.fold(copied(*frames), usize::saturating_add) <= MOST_ON_STACK
        })
    }

    /// The numbers of each, for so many frames.
    pub(crate) fn sizes(&self, frames: usize) -> impl Iterator<Item = usize> {
        self.sizes.iter().map(move |size| size * frames)
    }
}
