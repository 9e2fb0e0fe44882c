//! Layers of a window of frames, and layers that move frames in time.

use super::{Builder, Spec, Taps, Wrong, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Delay, Op, Reduction, Value};

/// The largest of each channel over a window of frames, or the mean.
pub(crate) struct Pool {
    pub(crate) reduction: Reduction,
    /// The frames in a window.
    pub(crate) taps: Taps,
    /// Whether padding counts as zeros in a mean.
    pub(crate) counts_padding: bool,
}

/// What is made of a number of frames.
pub(crate) struct Frames {
    pub(crate) how: How,
    pub(crate) count: usize,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum How {
    /// The largest of each channel over the newest frames.
    Max,
    /// The mean of the newest frames.
    Mean,
    /// The newest frames as one, the oldest first.
    Flatten,
    /// Each frame, so many pushes later.
    Delay,
    /// Each frame, so many times.
    Upsample,
}

impl Spec for Pool {
    fn kind(&self) -> &'static str {
        match self.reduction {
            Reduction::Max => kind::MAX_POOL,
            Reduction::Mean => kind::AVG_POOL,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { reduction, taps, counts_padding } = *self;
        let Taps { stride, dilation, .. } = taps;
        let size = limits::count(keys::SIZE, taps.count)?;
        if stride == 1 {
            several(self.kind(), keys::SIZE, size)?;
        }
        let window = taps.window()?;
        let of = |key, count: usize| format!("{key}={count}");
        let mut flags = vec![of(keys::SIZE, size), of(keys::STRIDE, stride)];
        flags.extend((dilation > 1).then(|| of(keys::DILATION, dilation)));
        flags.extend(taps.padding_flag());
        flags.extend(counts_padding.then(|| keys::COUNT_INCLUDE_PAD.to_owned()));
        builder.describe(flags);
        builder.can_be_causal = true;
        let op = Op::Pool(graph::Pool { reduction, window, counts_padding });
        Ok(builder.op(op, vec![builder.frame()], builder.inputs()))
    }
}

impl Frames {
    fn key(&self) -> &'static str {
        if self.how == How::Upsample { keys::N } else { keys::FRAMES }
    }
}

impl Spec for Frames {
    fn kind(&self) -> &'static str {
        match self.how {
            How::Max => kind::GLOBAL_MAX,
            How::Mean => kind::GLOBAL_AVG,
            How::Flatten => kind::FLATTEN,
            How::Delay => kind::DELAY,
            How::Upsample => kind::UPSAMPLE,
        }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let (key, inputs) = (self.key(), builder.inputs());
        let frames = limits::count(key, self.count)?;
        if self.how != How::Delay {
            several(self.kind(), key, frames)?;
        }
        builder.describe(vec![format!("{key}={frames}")]);
        let (op, channels) = match self.how {
            How::Max => (Op::Pool(graph::Pool::valid(Reduction::Max, frames, 1)), inputs),
            How::Mean => (Op::Mean { frames }, inputs),
            How::Flatten => (Op::Newest { frames }, inputs.saturating_mul(frames)),
            How::Delay => (Op::Delay(Delay { frames, aligns: false }), inputs),
            How::Upsample => (Op::Upsample { times: frames }, inputs),
        };
        Ok(builder.op(op, vec![builder.frame()], channels))
    }
}

/// More than one frame, for one would be left as it is.
pub(super) fn several(kind: &str, key: &'static str, frames: usize) -> Result<(), Wrong> {
    if frames > 1 {
        return Ok(());
    }
    let message = Message::new(format!("`{kind}` of one frame does nothing"));
    Err(Wrong::at(key, message.help("remove the layer")))
}
