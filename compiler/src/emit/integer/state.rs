//! What nodes keep from push to push: types of the runtime's module `integer`.

use crate::emit::state::{COUNTER, LAYER, SCHEDULE, State};
use crate::graph::{Cell, Graph, Node, Op, Pool, Reduction, Window};
use crate::numbers::plural;

/// What a node keeps; `None` where that is nothing.
pub(crate) fn of(graph: &Graph, node: &Node) -> Option<State> {
    let channels = node.input().map_or(0, |input| graph[input].channels);
    match &node.op {
        Op::Conv(conv) => of_window(conv.window, channels),
        Op::Conv2d(conv) => of_window(conv.window, channels),
        Op::ConvTranspose(conv) => of_window(conv.window(), channels),
        Op::Crop { skipped, stride } => {
            of_window(Window { stride: *stride, skipped: *skipped, ..Window::NEWEST }, channels)
        }
        Op::Recurrent(cell) => {
            let of_units = |bytes: usize| cell.units.saturating_mul(bytes);
            let (ty, bytes) = match cell.cell {
                Cell::Lstm => {
                    let last = of_units(size_of::<i16>()).next_multiple_of(size_of::<i32>());
                    ("LstmState", of_units(size_of::<i32>()).saturating_add(last))
                }
                _ => ("GruState", of_units(size_of::<i32>())),
            };
            let doc = format!("State of {LAYER} ({})", plural(cell.units, "channel"));
            Some(State { ty, arguments: vec![cell.units], bytes, doc })
        }
        Op::Pool(pool) => {
            let (past, stride) = (pool.window.taps.saturating_sub(1), pool.window.stride);
            if pool.has_history() && past > 0 {
                return Some(of_padded(*pool, channels));
            }
            let (apart, overlapping, bytes) = match pool.reduction {
                Reduction::Max => ("MaxPool", "MaxPoolOverlapping", size_of::<i16>()),
                // The mean of one frame is the frame.
                Reduction::Mean if past == 0 => ("MaxPool", "MaxPoolOverlapping", size_of::<i16>()),
                Reduction::Mean => ("AvgPool", "AvgPoolOverlapping", size_of::<i32>()),
            };
            if pool.keeps_frames() && past > 0 {
                return Some(scheduled(overlapping, vec![channels, past, stride], past, channels));
            }
            let doc = format!(
                "Window of {LAYER} so far ({}) and {SCHEDULE}",
                plural(channels, "channel")
            );
            let arguments = vec![channels, pool.window.taps, stride];
            Some(State { ty: apart, arguments, bytes: bytes * channels + COUNTER, doc })
        }
        Op::Mean { frames: 1 } => None,
        Op::Mean { frames } => {
            let past = frames.saturating_sub(1);
            let doc = format!(
                "Past {} of {LAYER} ({}) and their sums",
                plural(past, "frame"),
                plural(channels, "channel")
            );
            let bytes = bytes(past, channels) + channels * size_of::<i32>() + 2 * COUNTER;
            Some(State { ty: "Mean", arguments: vec![channels, past], bytes, doc })
        }
        Op::Newest { frames } => {
            let past = frames.saturating_sub(1);
            Some(scheduled("Flatten", vec![channels, past, node.channels], past, channels))
        }
        Op::Delay(delay) => {
            Some(scheduled("Delay", vec![channels, delay.frames], delay.frames, channels))
        }
        _ => None,
    }
}

/// Of a pool with padding or a dilation.
fn of_padded(pool: Pool, channels: usize) -> State {
    let Window { taps, dilation, .. } = pool.window;
    let (clock, frames) = (pool.window.clock(), pool.window.past());
    let history = vec![channels, taps.saturating_sub(1), dilation];
    let schedule = [history.clone(), vec![clock.first, clock.stride]].concat();
    let counts = pool.reduction == Reduction::Mean && pool.has_fixed_count();
    let state = match (counts, clock.is_scheduled()) {
        (true, false) => self::history("History", history, frames, channels),
        (true, true) => scheduled("ScheduledHistory", schedule, frames, channels),
        (false, false) => self::history("PaddedHistory", history, frames, channels),
        (false, true) => scheduled("ScheduledPaddedHistory", schedule, frames, channels),
    };
    // How many frames there have been.
    let seen = if counts { 0 } else { COUNTER };
    State { bytes: state.bytes.saturating_add(seen), ..state }
}

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

/// What frames take beside a counter of 32 bits.
fn bytes(frames: usize, channels: usize) -> usize {
    let bytes = frames.saturating_mul(channels).saturating_mul(size_of::<i16>());
    bytes.next_multiple_of(COUNTER)
}
