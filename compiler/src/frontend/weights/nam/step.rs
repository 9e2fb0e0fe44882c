//! What becomes of a layer's sums: the condition is added, and activations follow.

use super::Model;
use super::activation::{Activation, prelu};
use super::film::{Modulations, Place};
use super::stack::{Gate, Step};
use super::tensors::Tensors;
use crate::frontend::build::branches::{Gated, Join, Joined};
use crate::frontend::build::conv::{Conv, Dense};
use crate::frontend::build::gather::Slice;
use crate::frontend::build::{Scope, Taps};
use crate::graph::Binary;

/// Adds a 1x1 convolution of the condition to the frame at hand, modulated on its way.
pub(super) fn mix(
    outputs: usize,
    groups: usize,
    tensors: Tensors,
    films: &Modulations,
    read: &mut Model,
) {
    let frame = read.layers.enter(Scope::Branches);
    let own = read.layers.branch();
    read.layers.take_condition();
    films.add(Place::MixinPre, read);
    pointwise(outputs, groups, false, tensors, read);
    films.add(Place::MixinPost, read);
    let branches = vec![own, read.layers.branch()];
    read.layers.leave(Scope::Branches);
    read.layers.join(frame, &Joined { how: Join::Sum, branches });
}

/// Adds a 1x1 convolution.
pub(super) fn pointwise(
    outputs: usize,
    groups: usize,
    has_bias: bool,
    tensors: Tensors,
    read: &mut Model,
) {
    if groups > 1 {
        let conv = Conv { taps: Taps::NEWEST, outputs, groups, has_bias, activation: None };
        read.add(&conv, tensors);
    } else {
        read.add(&Dense { outputs, has_bias, activation: None }, tensors);
    }
}

/// Adds the layers that the activation of a mixin is not enough for.
pub(super) fn activate(step: &Step, bottleneck: usize, read: &mut Model) {
    let ones = || vec![1.0; bottleneck];
    match (&step.gate, step.activation.slopes()) {
        (None, None) => {}
        (None, Some(slopes)) => prelu(slopes.to_vec(), read),
        (Some((Gate::Blended, second)), Some(slopes)) => blend(slopes, second, bottleneck, read),
        (Some((gate, second)), slopes) => {
            // A slope of 1 leaves a channel as it is.
            if slopes.is_some() || second.slopes().is_some() {
                let own = |slopes: Option<&[f64]>| slopes.map_or_else(ones, <[f64]>::to_vec);
                prelu([own(slopes), own(second.slopes())].concat(), read);
            }
            let blends = *gate == Gate::Blended;
            let activations = [step.activation.applied(), second.applied()];
            read.layers.add(&Gated { blends, activations, branches: Vec::new() });
        }
    }
}

/// Adds the layers that blend a frame with itself below a slope for each channel: `a + second(b) * (prelu(a) - a)`.
fn blend(slopes: &[f64], second: &Activation, bottleneck: usize, read: &mut Model) {
    let frame = read.layers.enter(Scope::Branches);
    read.layers.add(&Slice { start: 0, outputs: bottleneck, step: 1 });
    let own = read.layers.branch();

    read.layers.take(frame);
    let both = read.layers.enter(Scope::Branches);
    read.layers.add(&Slice { start: bottleneck, outputs: bottleneck, step: 1 });
    second.add(read);
    let share = read.layers.branch();

    read.layers.take(own.value);
    let before = read.layers.enter(Scope::Branches);
    prelu(slopes.to_vec(), read);
    let branches = vec![read.layers.branch(), own];
    read.layers.leave(Scope::Branches);
    read.layers.join(before, &Joined { how: Join::Of(Binary::Subtract), branches });

    let branches = vec![share, read.layers.branch()];
    read.layers.leave(Scope::Branches);
    read.layers.join(both, &Joined { how: Join::Product, branches });
    let branches = vec![own, read.layers.branch()];
    read.layers.leave(Scope::Branches);
    read.layers.join(frame, &Joined { how: Join::Sum, branches });
}
