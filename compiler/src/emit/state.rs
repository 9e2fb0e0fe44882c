//! What nodes keep from push to push, as types of the runtime.

use crate::graph::{Cell, Graph, Op, Pool, Reduction, Value, Window};
use crate::numbers::plural;

/// A field of the network.
pub(crate) struct State {
    /// A type of the runtime that has `new`, `reset` and `fill`.
    pub(crate) ty: &'static str,
    /// Its const arguments.
    pub(crate) arguments: Vec<usize>,
    pub(crate) bytes: usize,
    /// What it holds, for the field's documentation.
    pub(crate) doc: String,
}

/// What a counter of pushes, or a place among frames, takes.
pub(super) const COUNTER: usize = size_of::<u32>();
pub(super) const SCHEDULE: &str = "its output schedule";
/// Stands for the layer's name in the documentation.
pub(crate) const LAYER: &str = "{layer}";

/// What a node keeps; `None` where that is nothing.
pub(crate) fn of(graph: &Graph, value: Value) -> Option<State> {
    let node = &graph[value];
    if graph.is_integer {
        return super::integer::state::of(graph, node);
    }
    let channels = node.input().map_or(0, |input| graph[input].channels);
    match &node.op {
        Op::Conv(conv) => of_window(conv.window, channels),
        Op::Conv2d(conv) => of_window(conv.window, channels),
        Op::ConvTranspose(conv) => of_window(conv.window(), channels),
        Op::Recurrent(cell) => {
            let bytes = cell.units.saturating_mul(size_of::<f32>());
            let (ty, bytes) = match cell.cell {
                Cell::Lstm => ("LstmState", bytes.saturating_mul(2)),
                Cell::GruResetAfter | Cell::GruResetBefore => ("GruState", bytes),
                Cell::Tanh | Cell::Relu => ("RnnState", bytes),
            };
            let doc = format!("State of {LAYER} ({})", plural(cell.units, "channel"));
            Some(State { ty, arguments: vec![cell.units], bytes, doc })
        }
        Op::Pool(pool) => Some(of_pool(*pool, channels)),
        Op::Mean { frames } => {
            // A push adds up one block and all blocks: least where both are as many.
            let blocks = frames.div_ceil(frames.isqrt());
            let doc = format!(
                "Newest {} of {LAYER} ({}) and {}",
                plural(*frames, "frame"),
                plural(channels, "channel"),
                plural(blocks, "partial sum")
            );
            let bytes = bytes(frames.saturating_add(blocks), channels).saturating_add(COUNTER);
            Some(State { ty: "GlobalAvg", arguments: vec![channels, *frames, blocks], bytes, doc })
        }
        Op::Newest { frames } => {
            let past = frames - 1;
            Some(scheduled("Flatten", vec![channels, past, node.channels], past, channels))
        }
        Op::Crop { skipped, stride } => {
            of_window(Window { stride: *stride, skipped: *skipped, ..Window::NEWEST }, channels)
        }
        Op::Delay(delay) => {
            let frames = delay.frames;
            Some(scheduled("Delay", vec![channels, frames], frames, channels))
        }
        Op::Input
        | Op::Unknown
        | Op::Round
        | Op::Extend
        | Op::Upsample { .. }
        | Op::Split { .. }
        | Op::PoolFeatures(_)
        | Op::GroupNorm(_)
        | Op::Affine { .. }
        | Op::LayerNorm { .. }
        | Op::Prelu
        | Op::Map(_)
        | Op::Softmax { .. }
        | Op::Add { .. }
        | Op::Multiply
        | Op::Binary(_)
        | Op::Blend
        | Op::Concat
        | Op::Slice { .. }
        | Op::Gather { .. } => None,
    }
}

fn of_pool(pool: Pool, channels: usize) -> State {
    let Window { taps, dilation, stride, .. } = pool.window;
    let past = taps - 1;
    if pool.has_history() {
        let (clock, frames) = (pool.window.clock(), pool.window.past());
        let history = vec![channels, past, dilation];
        let counts = pool.reduction == Reduction::Mean && pool.counts_padding;
        let schedule = [history.clone(), vec![clock.first, clock.stride]].concat();
        let state = match (counts, clock.is_scheduled()) {
            (true, false) => self::history("History", history, frames, channels),
            (true, true) => scheduled("ScheduledHistory", schedule, frames, channels),
            (false, false) => self::history("PaddedHistory", history, frames, channels),
            (false, true) => scheduled("ScheduledPaddedHistory", schedule, frames, channels),
        };
        // How many frames there have been.
        let seen = if counts { 0 } else { COUNTER };
        return State { bytes: state.bytes.saturating_add(seen), ..state };
    }
    let [apart, overlapping] = match pool.reduction {
        Reduction::Max => ["MaxPool", "MaxPoolOverlapping"],
        Reduction::Mean if pool.is_long() => ["LongAvgPool", "LongAvgPoolOverlapping"],
        Reduction::Mean => ["AvgPool", "AvgPoolOverlapping"],
    };
    if pool.keeps_frames() {
        return scheduled(overlapping, vec![channels, past, stride], past, channels);
    }
    let kept = if pool.is_long() { 2 } else { 1 };
    let doc = format!("Window of {LAYER} so far ({}) and {SCHEDULE}", plural(channels, "channel"));
    let bytes = bytes(kept, channels).saturating_add(COUNTER);
    State { ty: apart, arguments: vec![channels, taps, stride], bytes, doc }
}

/// What the taps of a kernel want kept: past frames where there is more than one tap, a schedule where some pushes have no
/// output.
fn of_window(window: Window, channels: usize) -> Option<State> {
    let (clock, past) = (window.clock(), window.past());
    let history = vec![channels, window.taps - 1, window.dilation];
    let schedule = vec![clock.first, clock.stride];
    match (past, clock.is_scheduled()) {
        (0, false) => None,
        (0, true) => Some(State {
            ty: "Schedule",
            arguments: schedule,
            bytes: COUNTER,
            doc: format!("Output schedule of {LAYER}"),
        }),
        (_, false) => Some(self::history("History", history, past, channels)),
        (_, true) => {
            Some(scheduled("ScheduledHistory", [history, schedule].concat(), past, channels))
        }
    }
}

/// What keeps so many past frames, and a place among them.
fn history(ty: &'static str, arguments: Vec<usize>, frames: usize, channels: usize) -> State {
    let doc = format!(
        "History of {LAYER} ({}, {})",
        plural(frames, "frame"),
        plural(channels, "channel")
    );
    State { ty, arguments, bytes: bytes(frames, channels).saturating_add(COUNTER), doc }
}

/// The same where some pushes have no output.
fn scheduled(ty: &'static str, arguments: Vec<usize>, frames: usize, channels: usize) -> State {
    let State { bytes, doc, .. } = history(ty, Vec::new(), frames, channels);
    State {
        ty,
        arguments,
        bytes: bytes.saturating_add(COUNTER),
        doc: format!("{doc} and {SCHEDULE}"),
    }
}

fn bytes(frames: usize, channels: usize) -> usize {
    frames.saturating_mul(channels).saturating_mul(size_of::<f32>())
}

/// Bytes that a node keeps.
pub(crate) fn bytes_of(graph: &Graph, value: Value) -> usize {
    of(graph, value).map_or(0, |state| state.bytes)
}
