//! The text form of a graph, which tests read and compare: a line for each node that the output depends on.
//!
//! ```text
//! %0 = input 2
//! %1 = conv %0 k=3 zeros=2 in=2 out=4 bias
//! %2 = map %1 relu
//! output %2
//! ```

use std::fmt;

use super::{Binary, Graph, Op, Value, Window};

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "%{}", self.0)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "k={}", self.taps)?;
        for (key, count, otherwise) in [
            ("dilation", self.dilation, 1),
            ("stride", self.stride, 1),
            ("skipped", self.skipped, 0),
        ] {
            if count != otherwise {
                write!(formatter, " {key}={count}")?;
            }
        }
        match self.zeros {
            Some(zeros) if self.taps > 1 => write!(formatter, " zeros={zeros}"),
            _ => Ok(()),
        }
    }
}

impl Op {
    /// The word for it.
    fn word(&self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Unknown => "unknown",
            Self::Conv(_) => "conv",
            Self::Conv2d(conv) if conv.is_transposed => "conv_transpose2d",
            Self::Conv2d(_) => "conv2d",
            Self::ConvTranspose(_) => "conv_transpose",
            Self::Recurrent(_) => "recurrent",
            Self::Pool(_) => "pool",
            Self::PoolFeatures(_) => "pool_features",
            Self::Mean { .. } => "mean",
            Self::Newest { .. } => "newest",
            Self::Delay(delay) if delay.aligns => "wait",
            Self::Delay(_) => "delay",
            Self::Crop { .. } => "crop",
            Self::Upsample { .. } => "upsample",
            Self::Split { .. } => "split",
            Self::Affine { .. } => "affine",
            Self::LayerNorm { .. } => "layer_norm",
            Self::GroupNorm(_) => "group_norm",
            Self::Prelu => "prelu",
            Self::Map(_) => "map",
            Self::Softmax { is_log: false } => "softmax",
            Self::Softmax { is_log: true } => "log_softmax",
            Self::Add { .. } => "add",
            Self::Multiply => "multiply",
            Self::Binary(Binary::Subtract) => "subtract",
            Self::Binary(Binary::Divide) => "divide",
            Self::Binary(Binary::Minimum) => "minimum",
            Self::Binary(Binary::Maximum) => "maximum",
            Self::Blend => "blend",
            Self::Concat => "concat",
            Self::Slice { .. } => "slice",
            Self::Gather { .. } => "gather",
            Self::Round => "round",
            Self::Extend => "extend",
        }
    }
}

/// Writes a count that is not the usual one.
fn if_not(
    formatter: &mut fmt::Formatter<'_>,
    word: &str,
    count: usize,
    usual: usize,
) -> fmt::Result {
    if count == usual { Ok(()) } else { write!(formatter, " {word}={count}") }
}

impl fmt::Display for Op {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())?;
        match self {
            Self::Conv(conv) => {
                write!(formatter, " {} in={} out={}", conv.window, conv.inputs, conv.outputs)?;
                if conv.groups > 1 { write!(formatter, " groups={}", conv.groups) } else { Ok(()) }
            }
            Self::Conv2d(conv) => {
                write!(
                    formatter,
                    " {} features={} feature_k={} feature_stride={} feature_zeros={} kernel={:?} positions={}",
                    conv.window,
                    conv.features,
                    conv.feature_taps,
                    conv.feature_stride,
                    conv.feature_zeros,
                    conv.kernel(),
                    conv.positions,
                )?;
                if_not(formatter, "feature_dilation", conv.feature_dilation, 1)?;
                if_not(formatter, "groups", conv.groups, 1)
            }
            Self::ConvTranspose(conv) => {
                write!(
                    formatter,
                    " k={} stride={} in={} out={}",
                    conv.taps, conv.stride, conv.inputs, conv.outputs
                )?;
                if_not(formatter, "skipped", conv.skipped, 0)?;
                if_not(formatter, "late", conv.late, 0)
            }
            Self::Recurrent(cell) => write!(
                formatter,
                " {:?} in={} units={} bias={} initial={} fast={}",
                cell.cell, cell.inputs, cell.units, cell.has_bias, cell.has_initial, cell.is_fast
            ),
            Self::Pool(pool) => {
                let Window { taps, dilation, stride, zeros, skipped } = pool.window;
                write!(formatter, " {:?} size={taps} stride={stride}", pool.reduction)?;
                if_not(formatter, "dilation", dilation, 1)?;
                if_not(formatter, "skipped", skipped, 0)?;
                match zeros {
                    Some(zeros) if pool.counts_padding => write!(formatter, " zeros={zeros}"),
                    Some(zeros) => write!(formatter, " missing={zeros}"),
                    None => Ok(()),
                }
            }
            Self::PoolFeatures(pool) => {
                write!(
                    formatter,
                    " {:?} features={} channels={} size={} stride={} positions={}",
                    pool.reduction,
                    pool.features,
                    pool.channels,
                    pool.taps,
                    pool.stride,
                    pool.positions
                )?;
                let word = if pool.counts_padding { "zeros" } else { "missing" };
                if_not(formatter, word, pool.zeros, 0)
            }
            Self::GroupNorm(norm) => write!(
                formatter,
                " blocks={} features={} channels={} groups={} epsilon={:?}",
                norm.blocks, norm.features, norm.channels, norm.groups, norm.epsilon
            ),
            Self::Mean { frames } | Self::Newest { frames } => {
                write!(formatter, " frames={frames}")
            }
            Self::Delay(delay) => write!(formatter, " frames={}", delay.frames),
            Self::Crop { skipped, stride } => {
                write!(formatter, " skipped={skipped} stride={stride}")
            }
            Self::Upsample { times } | Self::Split { times } => write!(formatter, " n={times}"),
            Self::LayerNorm { epsilon } => write!(formatter, " epsilon={epsilon:?}"),
            Self::Map(activation) => write!(formatter, " {activation}"),
            Self::Add { centre } if *centre > 0 => write!(formatter, " centre={centre}"),
            Self::Slice { start } => write!(formatter, " start={start}"),
            Self::Gather { indices } => write!(formatter, " {indices:?}"),
            Self::Affine { is_centred: true } => formatter.write_str(" centred"),
            Self::Input
            | Self::Unknown
            | Self::Affine { .. }
            | Self::Prelu
            | Self::Round
            | Self::Extend
            | Self::Softmax { .. }
            | Self::Add { .. }
            | Self::Multiply
            | Self::Binary(_)
            | Self::Blend
            | Self::Concat => Ok(()),
        }
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} = input {}", Value::INPUT, self.inputs())?;
        for value in self.lines() {
            let node = &self[value];
            let op = node.op.to_string();
            let (word, rest) = op.split_once(' ').unwrap_or((&op, ""));
            write!(formatter, "{value} = {word}")?;
            for input in &node.inputs {
                write!(formatter, " {input}")?;
            }
            if !rest.is_empty() {
                write!(formatter, " {rest}")?;
            }
            if matches!(node.op, Op::Slice { .. }) {
                write!(formatter, " channels={}", node.channels)?;
            }
            if node.has_bias {
                formatter.write_str(" bias")?;
            }
            if let Some(seed) = node.seed {
                write!(formatter, " seed={seed}")?;
            }
            if let Some(epilogue) = node.epilogue {
                write!(formatter, " epilogue={epilogue}")?;
            }
            if node.is_inline {
                formatter.write_str(" inline")?;
            }
            writeln!(formatter)?;
        }
        writeln!(formatter, "output {}", self.output)
    }
}
