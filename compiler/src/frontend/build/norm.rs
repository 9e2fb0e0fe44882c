//! Normalisations of each frame, and the rectifier with trained slopes.

use super::affine::norm_flags;
use super::conv::are_split;
use super::{Builder, Convention, Dimension, Shape, Spec, Wrong, features};
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Op, Value};
use crate::tensor::Tensor;

/// Normalisation over the channels of each frame.
pub(crate) struct LayerNorm {
    /// Features of a frame, each of which is normalised by itself.
    pub(crate) features: Option<usize>,
    pub(crate) norm: Norm,
}

/// Normalisation over groups of channels of each frame, all of its features together.
pub(crate) struct GroupNorm {
    /// Features of a frame.
    pub(crate) features: usize,
    pub(crate) groups: usize,
    pub(crate) norm: Norm,
}

/// What normalisations have in common.
#[derive(Clone, Copy)]
pub(crate) struct Norm {
    /// What is added to the variance.
    pub(crate) epsilon: f32,
    /// Whether there is a scale (`gamma`).
    pub(crate) scales: bool,
    /// Whether there is an offset (`beta`).
    pub(crate) shifts: bool,
}

/// `x` from zero up, and below zero `x` times a trained slope of the channel.
pub(crate) struct Prelu {
    /// Whether all channels have one slope.
    pub(crate) is_shared: bool,
}

impl Spec for LayerNorm {
    fn kind(&self) -> &'static str {
        kind::LAYER_NORM
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { features, norm } = *self;
        let epsilon = norm.epsilon()?;
        let Some(blocks) = features else {
            let channels = builder.inputs();
            return Ok(norm.add(Op::LayerNorm { epsilon }, channels, Vec::new(), builder));
        };
        let channels = features::channels(blocks, builder)?;
        let op = graph::GroupNorm { blocks, features: 1, channels, groups: 1, epsilon };
        let flags = vec![format!("{}={blocks}", keys::FEATURES)];
        Ok(norm.add(Op::GroupNorm(op), channels, flags, builder))
    }
}

impl Spec for GroupNorm {
    fn kind(&self) -> &'static str {
        kind::GROUP_NORM
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { features, groups, norm } = *self;
        let epsilon = norm.epsilon()?;
        let channels = features::channels(features, builder)?;
        are_split([("in / features", channels); 2], groups)?;
        let mut flags = Vec::new();
        flags.extend((features > 1).then(|| format!("{}={features}", keys::FEATURES)));
        flags.extend((groups > 1).then(|| format!("{}={groups}", keys::GROUPS)));
        let op = graph::GroupNorm { blocks: 1, features, channels, groups, epsilon };
        Ok(norm.add(Op::GroupNorm(op), channels, flags, builder))
    }
}

impl Norm {
    fn epsilon(self) -> Result<f32, Wrong> {
        let Self { epsilon, .. } = self;
        if epsilon > 0.0 {
            return Ok(epsilon);
        }
        Err(Wrong::at(keys::EPSILON, format!("`epsilon` must be above 0, not {epsilon:?}")))
    }

    /// Adds a normalisation whose factors and addends are those of so many channels.
    fn add(self, op: Op, channels: usize, mut flags: Vec<String>, builder: &mut Builder) -> Value {
        let Self { epsilon, scales, shifts } = self;
        flags.extend(norm_flags(epsilon, scales, shifts));
        builder.describe(flags);
        let tensors = [scales.then_some("gamma"), shifts.then_some("beta")];
        let of_pytorch = [scales.then_some("weight"), shifts.then_some("bias")];
        let conventions = [tensors, of_pytorch].map(|names| {
            let dimensions = || vec![Dimension::new("in", channels, keys::IN)];
            let shapes = names.into_iter().flatten().map(|name| Shape::new(name, dimensions()));
            let canonical = move |tensors: Vec<Tensor>| {
                let mut tensors = tensors.into_iter();
                let all = [(scales, 1.0), (shifts, 0.0)].map(|(is_there, otherwise)| {
                    let same = Tensor { shape: vec![channels], numbers: vec![otherwise; channels] };
                    if is_there { tensors.next().unwrap_or(same) } else { same }
                });
                all.into()
            };
            Convention { canonical: Box::new(canonical), ..Convention::of(shapes.collect()) }
        });
        let node = builder.node(op, vec![builder.frame()], builder.inputs());
        builder.weighted(node, conventions.into())
    }
}

impl Spec for Prelu {
    fn kind(&self) -> &'static str {
        kind::PRELU
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { is_shared } = *self;
        let channels = builder.inputs();
        builder.describe(is_shared.then(|| keys::SHARED.to_owned()).into_iter().collect());
        let slopes = if is_shared { 1 } else { channels };
        let conventions = ["alpha", "weight"].map(|tensor| {
            let name = if is_shared { "1" } else { "in" };
            let dimensions = vec![Dimension::new(name, slopes, keys::IN)];
            // Keras' PReLU has an axis for time, of length 1.
            let also = Some(vec![1, slopes]);
            let (other, help) =
                if is_shared { (channels, "remove `shared`") } else { (1, "add `shared`") };
            let otherwise = Some((vec![other], help));
            let shape = Shape { also, otherwise, ..Shape::new(tensor, dimensions) };
            let canonical = move |tensors: Vec<Tensor>| {
                let slopes: Vec<_> =
                    tensors.into_iter().flat_map(|slopes| slopes.numbers).collect();
                let numbers = slopes.iter().copied().cycle().take(channels).collect();
                vec![Tensor { shape: vec![channels], numbers }]
            };
            Convention { canonical: Box::new(canonical), ..Convention::of(vec![shape]) }
        });
        let node = builder.node(Op::Prelu, vec![builder.frame()], channels);
        Ok(builder.weighted(node, conventions.into()))
    }
}
