//! Layers that make several frames of one.

use super::frames::several;
use super::gather::transposed;
use super::{Builder, Spec, Wrong, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{Op, Value};

/// Splits a frame into so many.
pub(crate) struct Split {
    pub(crate) times: usize,
    /// Whether neighbouring channels go to different frames; if not, the first channels are the first frame.
    pub(crate) is_shuffled: bool,
}

impl Spec for Split {
    fn kind(&self) -> &'static str {
        if self.is_shuffled { kind::PIXEL_SHUFFLE } else { kind::SPLIT }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let (inputs, times) = (builder.inputs(), limits::count(keys::N, self.times)?);
        several(self.kind(), keys::N, times)?;
        if !inputs.is_multiple_of(times) {
            let text = format!("a frame of {inputs} channels cannot be split into {times} frames");
            let help = format!("`n` must divide the {inputs} channels");
            return Err(Wrong::at(keys::N, Message::new(text).help(help)));
        }
        let channels = inputs / times;
        builder.describe(vec![format!("{}={times}", keys::N)]);
        let mut value = builder.frame();
        if self.is_shuffled && channels > 1 {
            let indices = transposed(channels, times);
            value = builder.op(Op::Gather { indices }, vec![value], inputs);
        }
        Ok(builder.op(Op::Split { times }, vec![value], channels))
    }
}
