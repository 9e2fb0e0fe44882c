//! A network of layers of every kind.

use fastrand::Rng;
use serde_json::{Value, json};

use self::Feature::{Anywhere, InPlaces};
use super::operations::OPERATIONS;
use super::timing::Timing;
use super::{Declared, affine, branches, conditions, conv, pick, planes, pools, recurrent, skips};

/// Draws a layer for a place.
pub(super) enum Feature {
    Anywhere(fn(&mut Draw<'_>, &Place) -> Layer),
    /// `None` where it cannot stand there.
    InPlaces(fn(&mut Draw<'_>, &Place) -> Option<Layer>),
}

impl Feature {
    fn draw(&self, draw: &mut Draw<'_>, place: &Place) -> Option<Layer> {
        match self {
            Self::Anywhere(layer) => Some(layer(draw, place)),
            Self::InPlaces(layer) => layer(draw, place),
        }
    }
}

/// What is drawn as often as each other.
static FEATURES: &[Feature] = &[
    InPlaces(conv::same),
    InPlaces(conv::pad),
    Anywhere(conv::any),
    Anywhere(conv::depthwise),
    Anywhere(conv::dense),
    InPlaces(conv::transposed),
    Anywhere(affine::activation),
    Anywhere(affine::batch_norm),
    InPlaces(affine::around_conv),
    InPlaces(affine::around_conv),
    InPlaces(affine::several),
    Anywhere(affine::layer_norm),
    Anywhere(affine::prelu),
    Anywhere(affine::prelu_shared),
    InPlaces(branches::residual),
    InPlaces(branches::residual_of_valid),
    InPlaces(branches::residual_center),
    InPlaces(branches::residual_project),
    InPlaces(branches::sum),
    InPlaces(branches::product),
    InPlaces(branches::concat),
    InPlaces(branches::gated),
    InPlaces(branches::same_and_same),
    InPlaces(branches::halves),
    InPlaces(skips::skips),
    InPlaces(skips::skips),
    InPlaces(skips::wavenet),
    Anywhere(recurrent::gru),
    Anywhere(recurrent::gru_before),
    Anywhere(recurrent::lstm),
    InPlaces(pools::max_pool),
    InPlaces(pools::avg_pool),
    InPlaces(pools::long_avg_pool),
    InPlaces(pools::global_avg),
    InPlaces(pools::flatten),
    InPlaces(pools::delay),
    InPlaces(pools::upsample),
    Anywhere(planes::conv2d),
    Anywhere(planes::depthwise2d),
];

/// Frames that an output may depend on, and where a layer never forgets, so that it outputs soon.
const MOST_PAST: usize = 200;
const MOST_PAST_OF_ENDLESS: usize = 80;

/// A layer, or several one after the other.
pub(super) struct Layer {
    /// As it stands in the macro.
    pub(super) text: String,
    pub(super) outputs: usize,
    /// As the reference reads it.
    pub(super) topology: Vec<Value>,
    pub(super) timing: Timing,
}

/// Where a layer is to stand.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) inputs: usize,
    /// Whether it takes the network's input, so that it has to say `in`.
    pub(super) first: bool,
    /// How many layers it is a branch in.
    pub(super) depth: usize,
    /// Whether a layer before it upsamples, so that every frame has an output.
    pub(super) outputs_all: bool,
    /// Whether only one push in several may have an output.
    pub(super) strides: bool,
    /// The padding that it has to have.
    pub(super) padding: Option<&'static str>,
}

impl Place {
    /// In a branch of the layer at this place. In one that is not of the network's frames, no layer strides.
    pub(super) fn inner(&self, first: bool) -> Self {
        Self { depth: self.depth + 1, first, strides: false, ..self.clone() }
    }

    /// Behind a layer at this place.
    pub(super) fn behind(&self, layer: &Layer) -> Self {
        Self {
            inputs: layer.outputs,
            first: false,
            outputs_all: self.outputs_all || layer.timing.frames > 1,
            ..self.clone()
        }
    }
}

/// What has been drawn of a network.
pub(super) struct Draw<'r> {
    pub(super) random: &'r mut Rng,
    /// The layers of the weights file.
    pub(super) entries: Vec<Value>,
    labelled: bool,
    /// Whether a layer never forgets.
    pub(super) endless: bool,
}

/// Such a network. Those of as many numbers as there are features have one each.
pub(crate) fn draw(random: &mut Rng, number: usize) -> Declared {
    draw_with(random, &FEATURES[number % FEATURES.len()], format!("kinds_{number:03}"))
}

/// A network whose layers see a condition.
pub(crate) fn draw_conditioned(random: &mut Rng, number: usize) -> Declared {
    draw_with(random, &InPlaces(conditions::conditioned), format!("conditioned_{number:03}"))
}

/// A network whose layers keep frames of which a push has several.
pub(crate) fn draw_upsampled(random: &mut Rng, number: usize) -> Declared {
    draw_with(random, &InPlaces(conv::upsampled), format!("upsampled_{number:03}"))
}

/// A network with one of the layers that came later.
pub(crate) fn draw_operations(random: &mut Rng, number: usize) -> Declared {
    let feature = &OPERATIONS[number % OPERATIONS.len()];
    draw_with(random, feature, format!("operations_{number:03}"))
}

fn draw_with(random: &mut Rng, feature: &Feature, name: String) -> Declared {
    loop {
        let labelled = random.u8(0..4) == 0;
        let mut draw = Draw { random, entries: Vec::new(), labelled, endless: false };
        if let Some((inputs, Layer { text, topology, .. })) = draw.net(feature) {
            let Draw { mut entries, .. } = draw;
            if labelled {
                // By name, the order in the file is free.
                random.shuffle(&mut entries);
            }
            let file = json!({ "layers": entries, "topology": topology }).to_string();
            let silence = Some(vec![0.0; inputs]);
            return Declared { name, net: text, file, weights: None, silence };
        }
    }
}

impl Draw<'_> {
    fn net(&mut self, feature: &Feature) -> Option<(usize, Layer)> {
        let (inputs, layers) = (self.random.usize(1..=5), self.random.usize(1..=4));
        let place = Place {
            inputs,
            first: true,
            depth: 0,
            outputs_all: false,
            strides: true,
            padding: None,
        };
        let featured = self.random.usize(0..layers);
        let net = self.chain(&place, layers, |draw, place, at| {
            if at == featured { feature.draw(draw, place) } else { Some(draw.layer(place)) }
        })?;
        let most = if self.endless { MOST_PAST_OF_ENDLESS } else { MOST_PAST };
        (net.timing.past <= most && net.outputs <= 40).then_some((inputs, net))
    }

    /// Layers one after the other.
    pub(super) fn chain(
        &mut self,
        place: &Place,
        layers: usize,
        mut each: impl FnMut(&mut Self, &Place, usize) -> Option<Layer>,
    ) -> Option<Layer> {
        let mut place = place.clone();
        let (mut texts, mut topology, mut timing) = (Vec::new(), Vec::new(), Timing::AT_ONCE);
        for at in 0..layers {
            let layer = each(self, &place, at)?;
            place = place.behind(&layer);
            timing = timing.then(layer.timing);
            texts.push(layer.text);
            topology.extend(layer.topology);
        }
        Some(Layer { text: texts.join("; "), outputs: place.inputs, topology, timing })
    }

    /// A layer that can stand there.
    pub(super) fn layer(&mut self, place: &Place) -> Layer {
        loop {
            let feature = &FEATURES[self.random.usize(0..FEATURES.len())];
            let (entries, endless) = (self.entries.len(), self.endless);
            if let Some(layer) = feature.draw(self, place) {
                return layer;
            }
            self.entries.truncate(entries);
            self.endless = endless;
        }
    }

    /// What `draw` gives that is right, or `None` where it seldom is.
    pub(super) fn until<T>(&mut self, mut draw: impl FnMut(&mut Self) -> Option<T>) -> Option<T> {
        let (entries, endless) = (self.entries.len(), self.endless);
        (0..30).find_map(|_| {
            self.entries.truncate(entries);
            self.endless = endless;
            draw(self)
        })
    }

    /// Puts a layer's tensors into the file; gives its text, with its label where it has one.
    pub(super) fn weighted(&mut self, text: String, mut entry: Value) -> String {
        let text = match self.label() {
            Some(label) => {
                entry["name"] = json!(label);
                format!("{label}: {text}")
            }
            None => text,
        };
        self.entries.push(entry);
        text
    }

    /// The label of the next layer with weights.
    pub(super) fn label(&self) -> Option<String> {
        self.labelled.then(|| format!("layer_{}", self.entries.len()))
    }

    pub(super) fn one_in(&mut self, several: u8) -> bool {
        self.random.u8(0..several) == 0
    }

    /// `kind(argument, argument)`, the arguments in any order.
    pub(super) fn text(&mut self, kind: &str, place: &Place, arguments: Vec<String>) -> String {
        let mut arguments = arguments;
        if place.first || self.one_in(4) {
            arguments.push(format!("in={}", place.inputs));
        }
        self.random.shuffle(&mut arguments);
        format!("{kind}({})", arguments.join(", "))
    }

    /// An activation as a flag, and as the reference reads it.
    pub(super) fn activation(&mut self, of_channels: bool) -> (Option<String>, Option<Value>) {
        if self.one_in(2) {
            return (None, None);
        }
        let (name, parameter) = self.any_activation(of_channels);
        let flag = match parameter {
            Some(parameter) => format!("{name}={parameter:?}"),
            None => name.to_owned(),
        };
        (Some(flag), Some(activation(name, parameter)))
    }

    pub(super) fn any_activation(&mut self, of_channels: bool) -> (&'static str, Option<f32>) {
        let names = [
            "linear",
            "relu",
            "relu6",
            "leaky_relu",
            "elu",
            "selu",
            "silu",
            "softsign",
            "tanh",
            "sigmoid",
            "hard_tanh",
            "hard_sigmoid",
            "hard_swish",
            "softmax",
        ];
        let name = pick(self.random, names);
        if of_channels && name == "softmax" {
            return ("silu", None);
        }
        let parameter = matches!(name, "leaky_relu" | "elu").then(|| 0.125 + self.random.f32());
        (name, parameter)
    }
}

/// An activation as the reference reads it.
pub(super) fn activation(name: &str, parameter: Option<f32>) -> Value {
    json!({ "kind": "activation", "name": name, "parameter": parameter })
}
