//! Layers that put the numbers of a frame in other places.

use super::limits::{self, MOST};
use super::{Builder, Spec, Wrong, features};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{Op, Value};

/// Each number of a frame several times.
pub(crate) struct Expand {
    pub(crate) how: Repeat,
    pub(crate) times: usize,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Repeat {
    /// The whole frame, as every feature of a larger one.
    Frame,
    /// Each number, as every channel of its feature.
    Number,
}

/// Makes features channels, and channels features.
pub(crate) struct Permute {
    /// Features of a frame.
    pub(crate) features: usize,
}

/// Some channels of each frame.
pub(crate) struct Slice {
    /// The first, counted from 0.
    pub(crate) start: usize,
    pub(crate) outputs: usize,
    /// The channels from one that is taken to the next.
    pub(crate) step: usize,
}

impl Spec for Expand {
    fn kind(&self) -> &'static str {
        kind::EXPAND
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let inputs = builder.inputs();
        let key = match self.how {
            Repeat::Frame => keys::FEATURES,
            Repeat::Number => keys::CHANNELS,
        };
        let times = limits::count(key, self.times)?;
        let outputs = inputs.saturating_mul(times);
        if outputs > MOST {
            let text = format!("the output would have {outputs} channels, but the limit is {MOST}");
            return Err(Wrong::at(key, text));
        }
        builder.describe(vec![format!("{key}={times}")]);
        let indices = match self.how {
            Repeat::Frame => (0..times).flat_map(|_| 0..inputs).collect(),
            Repeat::Number => (0..inputs).flat_map(|place| vec![place; times]).collect(),
        };
        Ok(builder.op(Op::Gather { indices }, vec![builder.frame()], outputs))
    }
}

impl Spec for Permute {
    fn kind(&self) -> &'static str {
        kind::PERMUTE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { features } = *self;
        let channels = features::channels(features, builder)?;
        builder.describe(vec![format!("{}={features}", keys::FEATURES)]);
        let indices = transposed(features, channels);
        Ok(builder.op(Op::Gather { indices }, vec![builder.frame()], builder.inputs()))
    }
}

/// The places of so many rows, column by column.
pub(super) fn transposed(rows: usize, columns: usize) -> Vec<usize> {
    let column = |column| (0..rows).map(move |row| row * columns + column);
    (0..columns).flat_map(column).collect()
}

impl Spec for Slice {
    fn kind(&self) -> &'static str {
        kind::SLICE
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let (inputs, start) = (builder.inputs(), self.start);
        let outputs = limits::count(keys::OUT, self.outputs)?;
        let step = limits::count(keys::STEP, self.step)?;
        let last = start.saturating_add((outputs - 1).saturating_mul(step));
        if last >= inputs {
            let text = format!(
                "`slice` would take channel {last}, counted from 0, but its input has {inputs} channels"
            );
            let (key, help) = match inputs.checked_sub(start.saturating_add(1)) {
                Some(free) => (keys::OUT, format!("write at most `out={}`", free / step + 1)),
                None => {
                    (keys::START, format!("write at most `start={}`", inputs.saturating_sub(1)))
                }
            };
            return Err(Wrong::at(key, Message::new(text).help(help)));
        }
        let mut flags = vec![format!("{}={start}", keys::START)];
        flags.extend((step > 1).then(|| format!("{}={step}", keys::STEP)));
        builder.describe(flags);
        let op = match step {
            1 => Op::Slice { start },
            _ => Op::Gather { indices: (0..outputs).map(|place| start + place * step).collect() },
        };
        Ok(builder.op(op, vec![builder.frame()], outputs))
    }
}
