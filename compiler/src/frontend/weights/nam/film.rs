//! Feature-wise linear modulation (`FiLM`): a factor and an offset for each channel, computed from the condition.

use super::array::Array;
use super::config::Config;
use super::stack::is_active;
use super::{Model, Result};
use crate::frontend::build::Scope;
use crate::frontend::build::branches::{Join, Joined};
use crate::frontend::build::conv::Dense;
use crate::tensor::Tensor;

/// The places of a layer that can have one, in the order of their weights.
#[derive(Clone, Copy)]
pub(super) enum Place {
    ConvPre,
    ConvPost,
    MixinPre,
    MixinPost,
    ActivationPre,
    ActivationPost,
    Layer1x1Post,
    Head1x1Post,
}

const PLACES: [(Place, &str); 8] = [
    (Place::ConvPre, "conv_pre_film"),
    (Place::ConvPost, "conv_post_film"),
    (Place::MixinPre, "input_mixin_pre_film"),
    (Place::MixinPost, "input_mixin_post_film"),
    (Place::ActivationPre, "activation_pre_film"),
    (Place::ActivationPost, "activation_post_film"),
    (Place::Layer1x1Post, "layer1x1_post_film"),
    (Place::Head1x1Post, "head1x1_post_film"),
];

/// Weights of a modulation with groups, once it has none: more than in any capture.
const MOST_UNGROUPED: usize = 1 << 20;

/// What the file says of one.
#[derive(Clone, Copy)]
struct Film {
    /// Whether it adds an offset.
    shifts: bool,
    groups: usize,
}

/// Those of each layer of a stack.
#[derive(Clone, Default)]
pub(super) struct Films([Option<Film>; PLACES.len()]);

impl Films {
    pub(super) fn of(array: &Config<'_>, has_head1x1: bool) -> Result<Self> {
        let mut films = Self::default();
        for (film, (place, key)) in films.0.iter_mut().zip(PLACES) {
            if !is_active(array, key)? {
                continue;
            }
            if matches!(place, Place::Head1x1Post) && !has_head1x1 {
                return Err(array.refuse(key, "is active, but `head1x1` is not"));
            }
            let said = array.object(key)?;
            let shifts = said.find("shift").map_or(Ok(true), |_| said.flag("shift"))?;
            *film = Some(Film { shifts, groups: said.count_or("groups", 1)? });
        }
        Ok(films)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Reports groups that do not split the channels of one: `channels` gives these for each place.
    pub(super) fn check(
        &self,
        array: &Config<'_>,
        condition: usize,
        channels: impl Fn(Place) -> usize,
    ) -> Result<()> {
        for (film, (place, key)) in self.0.iter().zip(PLACES) {
            let Some(Film { shifts, groups }) = *film else { continue };
            let outputs = rows(channels(place), shifts);
            if groups > 1 && outputs.saturating_mul(condition) > MOST_UNGROUPED {
                return Err(
                    array.refuse(key, &format!("has {groups} `groups` of too many channels"))
                );
            }
            if !(condition.is_multiple_of(groups) && outputs.is_multiple_of(groups)) {
                let why = format!(
                    "has {groups} `groups`, which do not divide {condition} and {outputs} channels"
                );
                return Err(array.refuse(key, &why));
            }
        }
        Ok(())
    }

    /// Takes the weights of all of them: `channels` gives the channels that each modulates.
    pub(super) fn take(
        &self,
        weights: &mut Array,
        condition: usize,
        channels: impl Fn(Place) -> usize,
    ) -> Modulations {
        let take = |(film, (place, _)): (&Option<Film>, _)| {
            film.map(|film| film.take(weights, condition, channels(place)))
        };
        Modulations(self.0.iter().zip(PLACES).map(take).collect())
    }
}

fn rows(channels: usize, shifts: bool) -> usize {
    if shifts { channels.saturating_mul(2) } else { channels }
}

impl Film {
    fn take(self, weights: &mut Array, condition: usize, channels: usize) -> Modulation {
        let outputs = rows(channels, self.shifts);
        let grouped = weights.tensor(&[outputs, condition / self.groups]);
        let kernel = ungrouped(&grouped, condition, self.groups);
        let bias = weights.tensor(&[outputs]).numbers;
        let half = |start: usize| {
            let kernel = kernel.iter().skip(start * condition).take(channels * condition);
            let bias = bias.iter().skip(start).take(channels);
            let tensor =
                |shape: &[usize], numbers: Vec<f64>| Tensor { shape: shape.to_vec(), numbers };
            let kernel = tensor(&[channels, condition], kernel.copied().collect());
            [kernel, tensor(&[channels], bias.copied().collect())]
        };
        Modulation { channels, scale: half(0), shift: self.shifts.then(|| half(channels)) }
    }
}

/// The rows of a kernel with groups, with zeros for the channels of other groups.
fn ungrouped(kernel: &Tensor, condition: usize, groups: usize) -> Vec<f64> {
    let width = condition / groups;
    if groups == 1 || width == 0 {
        return kernel.numbers.clone();
    }
    let rows = kernel.numbers.len() / width;
    let mut all = vec![0.0; rows * condition];
    let own = kernel.numbers.chunks(width).zip(all.chunks_mut(condition));
    for (row, (own, all)) in own.enumerate() {
        let start = row * groups / rows.max(1) * width;
        all.iter_mut().skip(start).zip(own).for_each(|(to, from)| *to = *from);
    }
    all
}

/// The weights of one: a convolution of the condition that gives the factors, and one that gives the offsets.
struct Modulation {
    channels: usize,
    scale: [Tensor; 2],
    shift: Option<[Tensor; 2]>,
}

/// Those of one layer, where it has them.
pub(super) struct Modulations(Vec<Option<Modulation>>);

impl Modulations {
    pub(super) fn has(&self, place: Place) -> bool {
        self.get(place).is_some()
    }

    fn get(&self, place: Place) -> Option<&Modulation> {
        self.0.get(place as usize)?.as_ref()
    }

    /// Adds the layers that modulate the frame at hand, where that place has some.
    pub(super) fn add(&self, place: Place, read: &mut Model) {
        let Some(Modulation { channels, scale, shift }) = self.get(place) else { return };
        join(Join::Product, *channels, scale, read);
        if let Some(shift) = shift {
            join(Join::Sum, *channels, shift, read);
        }
    }
}

/// Joins the frame at hand with a convolution of the condition.
fn join(how: Join, outputs: usize, [weight, bias]: &[Tensor; 2], read: &mut Model) {
    let frame = read.layers.enter(Scope::Branches);
    let own = read.layers.branch();
    read.layers.take_condition();
    let tensors = vec![("weight", weight.clone()), ("bias", bias.clone())];
    read.add(&Dense { outputs, has_bias: true, activation: None }, tensors);
    let branches = vec![own, read.layers.branch()];
    read.layers.leave(Scope::Branches);
    read.layers.join(frame, &Joined { how, branches });
}
