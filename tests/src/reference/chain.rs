//! Layers one after the other, and layers of layers.

use super::activation::Activation;
use super::conv::Conv;
use super::cost::Cost;
use super::layer::{How, Layer, normalised};
use super::sequence::{Output, Sequence, Window};

/// A run of a network.
#[derive(Default)]
pub(super) struct Run {
    /// Of its layers, those of branches before the layer that they are branches of.
    pub(super) costs: Vec<Cost>,
    /// What the taps of each `skips` around the layer at hand have taken.
    taps: Vec<Vec<Sequence>>,
    /// What the layers around the one at hand see.
    conditions: Vec<Sequence>,
    /// Whether what the innermost of them is made by ends in a shift that becomes part of what reads it.
    is_condition_shifted: bool,
    /// Whether a shift before the chain at hand becomes part of the convolution that it begins with.
    is_input_shifted: bool,
}

impl Run {
    /// A push gives the chain so many `frames`.
    pub(super) fn chain(&mut self, layers: &[Layer], input: Sequence, frames: usize) -> Sequence {
        let mut shares = shares(layers);
        if std::mem::take(&mut self.is_input_shifted) {
            shares[0] = Share::Shifted;
        }
        let (mut sequence, mut frames) = (input, frames);
        for (layer, share) in layers.iter().zip(shares) {
            let mut cost = Cost::default();
            sequence = self.layer(layer, sequence, frames, &share, &mut cost);
            cost.macs *= frames;
            self.costs.push(cost);
            frames *= match layer {
                Layer::ConvTranspose(conv) => conv.stride(),
                Layer::Upsample { times } => *times,
                Layer::Operation(operation) => operation.frames(),
                _ => 1,
            };
        }
        sequence
    }

    fn layer(
        &mut self,
        layer: &Layer,
        input: Sequence,
        frames: usize,
        share: &Share,
        cost: &mut Cost,
    ) -> Sequence {
        let channels = input.outputs.first().map_or(0, |output| output.frame.len());
        match layer {
            Layer::Conv(conv) => {
                *cost = conv.cost(*share == Share::Shifted);
                conv.run(&input)
            }
            Layer::Conv2d(conv) => {
                *cost = conv.cost(*share == Share::Shifted);
                conv.run(&input)
            }
            Layer::ConvTranspose(conv) => {
                *cost = conv.cost(*share == Share::Shifted);
                conv.run(&input)
            }
            Layer::Upsample { times } => {
                input.upsampled(*times, |time, _| (input.outputs[time].frame.clone(), Some(time)))
            }
            Layer::Recurrent(recurrent) => {
                *cost = recurrent.cost();
                recurrent.run(input)
            }
            Layer::Pool(pool) => {
                *cost = pool.cost(channels);
                pool.run(&input)
            }
            Layer::Operation(operation) => operation.run(input, channels, cost),
            Layer::Flatten { frames } => {
                *cost = Cost::keeps((frames - 1) * channels, true);
                let window = Window::valid(*frames, 1);
                input.windows(&window, |taps| {
                    taps.iter().flatten().copied().flatten().copied().collect()
                })
            }
            Layer::Delay { frames } => {
                *cost = Cost::keeps(frames * channels, true);
                delayed(&input, *frames)
            }
            Layer::Affine(affine) => {
                if *share != Share::Folded {
                    (cost.macs, cost.weights) = (channels, affine.numbers() * channels);
                    cost.is_affine = true;
                }
                input.map(|frame| affine.of(frame))
            }
            Layer::Normalised { gamma, beta, epsilon } => {
                (cost.macs, cost.weights) = (3 * channels, 2 * channels + 1);
                input.map(|frame| normalised(frame, gamma.as_ref(), beta.as_ref(), *epsilon))
            }
            Layer::Prelu { alpha } => {
                cost.weights = channels;
                input.map(|frame| sloped(frame, alpha))
            }
            Layer::Activation(activation) => input.map(|frame| activation.of(frame)),
            Layer::Halves { activations, blended } => {
                input.map(|frame| halves(frame, activations, *blended))
            }
            Layer::Residual { block, projection, center } => {
                self.is_input_shifted = *share == Share::Shifted;
                let block = self.chain(block, input.clone(), frames);
                residual(&input, block, projection.as_ref(), *center, cost)
            }
            Layer::Join { how, branches } => {
                let branches = branches.iter();
                let branches: Vec<_> =
                    branches.map(|branch| self.chain(branch, input.clone(), frames)).collect();
                let (output, kept) = Sequence::together(&branches, |branches| how.join(branches));
                *cost = delays(&branches, &kept, how);
                output
            }
            Layer::Skips { chain } => {
                self.is_input_shifted = *share == Share::Shifted;
                self.skips(chain, input, frames, cost)
            }
            Layer::Skip { projection } => {
                *cost = projection.as_ref().map(|conv| conv.cost(false)).unwrap_or_default();
                cost.is_tap = true;
                let tap =
                    projection.as_ref().map_or_else(|| input.clone(), |conv| conv.run(&input));
                self.taps.last_mut().expect("a tap is in `skips`").push(tap);
                input
            }
            Layer::Head(conv) => {
                *cost = conv.cost(false);
                cost.is_tap = true;
                let taps = self.taps.last_mut().expect("a head is in `skips`");
                let (sum, _) = Sequence::together(taps, |frames| How::Sum.join(frames));
                *taps = vec![conv.run(&sum)];
                input
            }
            Layer::Conditioned { made, chain } => {
                self.conditioned(made.as_deref(), chain, input, frames)
            }
            Layer::Mixin(conv) => {
                *cost = conv.cost(self.is_condition_shifted);
                let condition = self.conditions.last().expect("a condition is around it");
                let both = [input, conv.run(condition)];
                Sequence::together(&both, |frames| How::Sum.join(frames)).0
            }
        }
    }

    fn conditioned(
        &mut self,
        made: Option<&[Layer]>,
        chain: &[Layer],
        input: Sequence,
        frames: usize,
    ) -> Sequence {
        let mut is_shifted = false;
        let condition = match made {
            Some(made) => {
                let condition = self.chain(made, input.clone(), frames);
                // What one convolution alone reads becomes part of that.
                if mixins(chain) == 1 {
                    let affine = self.costs.iter_mut().rev().take(made.len());
                    let affine = affine.take_while(|cost| cost.is_affine);
                    let folded = affine.map(|cost| *cost = Cost::default()).count();
                    let shifts =
                        |layer: &Layer| matches!(layer, Layer::Affine(affine) if affine.shifts());
                    is_shifted = made.iter().rev().take(folded).any(shifts);
                }
                condition
            }
            None => input.clone(),
        };
        let channels = input.outputs.first().map_or(0, |output| output.frame.len());
        self.conditions.push(condition);
        let around = std::mem::replace(&mut self.is_condition_shifted, is_shifted);
        let before = self.costs.len();
        let output = self.chain(chain, input, frames);
        self.is_condition_shifted = around;
        self.conditions.pop();
        if made.is_none()
            && let [Layer::Conv(product), Layer::Residual { block, .. }, ..] = chain
            && let Some((conv, mixed, between)) = mixed_in(block)
            && product.is_product()
            && let Some(cost) = conv.cost_of_condition(mixed, channels)
        {
            self.costs[before + 1] = Cost { macs: cost.macs * frames, ..cost };
            self.costs[before + 2 + between] = Cost::default();
        }
        output
    }

    fn skips(
        &mut self,
        chain: &[Layer],
        input: Sequence,
        frames: usize,
        cost: &mut Cost,
    ) -> Sequence {
        self.taps.push(Vec::new());
        let before = self.costs.len();
        self.chain(chain, input, frames);
        let taps = self.taps.pop().expect("they were pushed");
        // On what is behind the last tap nothing depends.
        let last = self.costs.iter().rposition(|cost| cost.is_tap).expect("it has a tap");
        self.costs.truncate(last + 1);
        // What its projection alone reads becomes part of that.
        if self.costs[last].macs > 0 {
            let (before, _) = self.costs.split_at_mut(last);
            let affine = before.iter_mut().rev().take_while(|cost| cost.is_affine);
            affine.for_each(|cost| *cost = Cost::default());
        }
        self.costs[before..].iter_mut().for_each(|cost| cost.is_tap = false);
        let sum = |frames: &[&[f64]]| How::Sum.join(frames);
        let (output, kept) = Sequence::together(&taps, sum);
        *cost = delays(&taps, &kept, &How::Sum);
        output
    }
}

/// How many layers read the condition of a chain.
fn mixins(chain: &[Layer]) -> usize {
    let of_layer = |layer: &Layer| match layer {
        Layer::Mixin(_) => 1,
        Layer::Residual { block, .. } => mixins(block),
        Layer::Skips { chain } => mixins(chain),
        Layer::Join { branches, .. } => branches.iter().map(|branch| mixins(branch)).sum(),
        _ => 0,
    };
    chain.iter().map(of_layer).sum()
}

/// The convolution that a block begins with and what is mixed in behind it, with the layers between them, which change
/// nothing.
fn mixed_in(block: &[Layer]) -> Option<(&Conv, &Conv, usize)> {
    match block {
        [Layer::Conv(conv), Layer::Mixin(mixed), ..] => Some((conv, mixed, 0)),
        [Layer::Conv(conv), Layer::Activation(activation), Layer::Mixin(mixed), ..]
            if activation.is_linear() =>
        {
            Some((conv, mixed, 1))
        }
        _ => None,
    }
}

fn residual(
    input: &Sequence,
    mut block: Sequence,
    projection: Option<&Conv>,
    center: bool,
    cost: &mut Cost,
) -> Sequence {
    if center {
        // The frames that the block takes off its input, half of them at either end.
        let newest = |output: &Output| input.outputs.partition_point(|input| input.at < output.at);
        let middle = block.outputs.first().map_or(0, newest) / 2;
        for output in &mut block.outputs {
            output.of = input.outputs[newest(output) - middle].of;
        }
    }
    // Input frames for one output of the block.
    let newest = |output: &Output| input.outputs.partition_point(|input| input.at < output.at);
    let stride = match block.outputs.as_slice() {
        [first, second, ..] => (newest(second) - newest(first)).max(1),
        _ => 1,
    };
    let projected = projection.map(|projection| projection.run(input));
    let branches = [projected.unwrap_or_else(|| input.clone()), block];
    let (output, kept) = Sequence::together(&branches, |branches| How::Sum.join(branches));
    let channels =
        |branch: &Sequence| branch.outputs.first().map_or(0, |output| output.frame.len());
    let [taken, given] = [channels(input), channels(&branches[1])];
    // What is kept is the input, or what the projection makes of it, whichever is less.
    let behind = kept[0] / stride * given;
    let is_behind = projection.is_some() && kept[0] % stride == 0 && behind <= kept[0] * taken;
    let first = if is_behind { (kept[0] / stride, given) } else { (kept[0], taken) };
    *cost = Cost::delays([first, (kept[1], given)].into_iter());
    if let Some(projection) = projection {
        let Cost { macs, weights, .. } = projection.cost(false);
        (cost.macs, cost.weights) = (macs, weights);
        // It counts the input frames that it passes over.
        cost.stateful += usize::from(stride > 1);
    }
    output
}

/// What is kept where branches come together two by two: each waits for those before it, or these for it. `kept` says how
/// many of its own frames each is ahead of the last.
fn delays(branches: &[Sequence], kept: &[usize], how: &How) -> Cost {
    let channels =
        |branch: &Sequence| branch.outputs.first().map_or(0, |output| output.frame.len());
    let mut delays = Vec::new();
    let (mut ahead, mut joined) = (kept[0], channels(&branches[0]));
    for (branch, own) in branches.iter().zip(kept).skip(1) {
        let both = ahead.min(*own);
        delays.push((ahead - both, joined));
        delays.push((own - both, channels(branch)));
        ahead = both;
        if matches!(how, How::Concat) {
            joined += channels(branch);
        }
    }
    Cost::delays(delays.into_iter())
}

/// What becomes of a layer beside a convolution.
#[derive(Clone, PartialEq)]
enum Share {
    None,
    /// The layer is part of a convolution's weights.
    Folded,
    /// The convolution has such a part that gives it a bias.
    Shifted,
}

/// A product and a sum of each channel becomes part of the convolution before it, and else of the one behind it, unless that
/// would add to the zeros of its padding. An activation between them is in the way.
fn shares(layers: &[Layer]) -> Vec<Share> {
    let mut shares = vec![Share::None; layers.len()];
    let mut conv = None;
    for (place, layer) in layers.iter().enumerate() {
        match (layer, conv) {
            (Layer::Conv(_) | Layer::ConvTranspose(_), _) => conv = Some(place),
            // Of several positions, each has numbers of its own behind it.
            (Layer::Conv2d(own), _) if own.has_one_position() => conv = Some(place),
            (Layer::Affine(affine), Some(conv)) => {
                shares[place] = Share::Folded;
                if affine.shifts() {
                    shares[conv] = Share::Shifted;
                }
            }
            // What changes nothing is not in the way.
            (Layer::Activation(activation), _) if activation.is_linear() => {}
            _ => conv = None,
        }
    }
    let mut behind = None;
    for (place, layer) in layers.iter().enumerate().rev() {
        if let Some(conv) = begins(layer) {
            behind = Some((place, conv));
            continue;
        }
        match (layer, behind) {
            (Layer::Affine(affine), Some((at, conv)))
                if shares[place] == Share::None && !(affine.shifts() && conv.pads()) =>
            {
                shares[place] = Share::Folded;
                if affine.shifts() {
                    shares[at] = Share::Shifted;
                }
            }
            (Layer::Activation(activation), _) if activation.is_linear() => {}
            _ => behind = None,
        }
    }
    shares
}

/// The convolution that alone reads the input of the layer, if one does.
fn begins(layer: &Layer) -> Option<&Conv> {
    match layer {
        Layer::Conv(conv) => Some(conv),
        Layer::Skips { chain } => match chain.as_slice() {
            // Behind its last tap nothing reads the sum of the block and its input.
            [Layer::Residual { block, .. }] => block.first().and_then(begins),
            layers => layers.first().and_then(begins),
        },
        _ => None,
    }
}

/// `alpha * x` where `x` is negative; one slope for all channels, or one for each.
fn sloped(frame: &[f64], alpha: &[f64]) -> Vec<f64> {
    let slope = |(x, alpha): (&f64, &f64)| if *x < 0.0 { alpha * x } else { *x };
    frame.iter().zip(alpha.iter().cycle()).map(slope).collect()
}

/// The first half of a frame by its activation, times the second by its own: a gate. Blended, the rest of the gate is of the
/// first half itself.
fn halves(frame: &[f64], [value, gate]: &[Activation; 2], blended: bool) -> Vec<f64> {
    let (first, second) = frame.split_at(frame.len() / 2);
    let both = value.of(first).into_iter().zip(gate.of(second));
    let rest = |x: &f64, gate: f64| if blended { (1.0 - gate) * x } else { 0.0 };
    both.zip(first).map(|((value, gate), x)| value * gate + rest(x, gate)).collect()
}

/// Keras' Cropping1D((0, frames)), aligned at the ends.
fn delayed(input: &Sequence, frames: usize) -> Sequence {
    let pairs = input.outputs.iter().zip(input.outputs.iter().skip(frames));
    let output = |(old, new): (&Output, &Output)| Output { at: new.at, of: new.of, ..old.clone() };
    Sequence { outputs: pairs.map(output).collect(), forgets: input.forgets }
}
