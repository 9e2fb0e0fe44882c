//! The stack of layers that is known as `WaveNet`, written out as layers of other kinds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::conv::OUT;
use super::taps::{K, PADDING};
use super::{Arguments, Flag, Key, Kind, MOST, MOST_LAYERS, Outputs, Takes, Weights};
use crate::errors::Errors;
use crate::frontend::ast::{Argument, Layer, Math, Net, Number, Value};

/// It is written out before shapes are checked, unless something is wrong with it.
pub(super) const WAVENET: Kind = Kind {
    keys: &[
        Key {
            name: "channels",
            doc: "the channels of the input and between the layers",
            takes: Takes::Count,
            aliases: &["filters", "residual_channels"],
        },
        K,
        Key {
            name: "dilations",
            doc: "the distance between taps in frames, for each layer",
            takes: Takes::Counts,
            aliases: &["dilation", "dilation_rate"],
        },
        Key {
            name: "skip",
            doc: "the channels of the 1x1 convolutions whose sum is the output; when left out, the sum is without convolutions",
            takes: Takes::OptionalCount,
            aliases: &["out", "skip_channels"],
        },
    ],
    input_key: Some("channels"),
    flags: &[
        PADDING,
        &[Flag {
            name: "gated",
            doc: "each layer has twice the channels: tanh of one half, times sigmoid of the other",
        }],
        &[Flag { name: "mixin", doc: "each layer adds what the condition around them gives" }],
    ],
    activations: 1,
    outputs: Outputs::Key("skip"),
    weights: Weights::OfLayers,
    ..Kind::plain(
        "wavenet",
        "`wavenet(channels=8, k=3, dilations=[1, 2, 4], gated, causal)`: dilated convolutions with residuals; the output is the sum of their skips.",
        |arguments, lower| {
            if let Some((tokens, message)) = mistake(arguments) {
                lower.report(&tokens, message);
            }
            None
        },
    )
};

/// Writes every `wavenet` of a network out:
///
/// ```text
/// skips <
///     residual < conv(k=3, out=16, dilation=1, causal); gated(); skip(out=…); dense(out=8) >;
///     …
/// >
/// ```
///
/// One with a mistake stays as it is, for the checks to report.
pub(crate) fn write_out(net: &mut Net) {
    net.layers = chain(std::mem::take(&mut net.layers));
}

fn chain(layers: Vec<Layer>) -> Vec<Layer> {
    let written = layers.into_iter().map(|mut layer| {
        layer.branches = layer.branches.into_iter().map(chain).collect();
        let is_stack = layer.kind == WAVENET.name && layer.branches.is_empty();
        layers_of(&layer).filter(|_| is_stack).unwrap_or(layer)
    });
    written.collect()
}

/// What is wrong with arguments that are right by themselves.
fn mistake(arguments: &Arguments<'_>) -> Option<(TokenStream, String)> {
    let layer = arguments.layer;
    let (channels, gated) = (arguments.count("channels")?, arguments.flag("gated"));
    let at = |key: &str, message: String| Some((arguments.written(key), message));
    if let Some(activation) = arguments.activations.first().filter(|_| gated) {
        let name = activation.kind.name;
        let message =
            format!("a `wavenet` can be `gated` or have an activation, here `{name}`, not both");
        return at(name, format!("{message}\nhelp: remove one of them"));
    }
    if gated && channels > MOST / 2 {
        let most = MOST / 2;
        return at(
            "channels",
            format!("`channels` must be at most {most} with `gated`, not {channels}"),
        );
    }
    if let Some(inputs) = arguments.count("in").filter(|inputs| *inputs != channels) {
        let message = format!(
            "`wavenet` with `channels={channels}` takes {channels} input channels, not `in={inputs}`"
        );
        let help = format!("help: put `dense(in={inputs}, out={channels})` before it");
        return at("in", format!("{message}\n{help}"));
    }
    let dilations = layer.list("dilations")?;
    let message = format!(
        "`wavenet` has {} `dilations`, but a network has at most {MOST_LAYERS} layers",
        dilations.len()
    );
    dilations.get(MOST_LAYERS).map(|first| (first.tokens.clone(), message))
}

fn layers_of(layer: &Layer) -> Option<Layer> {
    let mut errors = Errors::default();
    let (arguments, _) = Arguments::check(layer, &WAVENET, Math::Exact, false, &mut errors);
    if errors.finish().is_some() || mistake(&arguments).is_some() {
        return None;
    }
    let (channels, k) = (layer.number("channels")?.clone(), layer.number("k")?.clone());
    let dilations = layer.list("dilations")?.to_vec();
    let mut makes = Makes { span: layer.kind.span(), label: layer.label.clone(), count: 0 };
    let gated = arguments.flag("gated");
    let passed_on = |names: &[&str]| -> Vec<Argument> {
        let given = names.iter().filter_map(|name| layer.argument(name));
        given.map(Argument::copy).collect()
    };
    let mut chain = Vec::new();
    let activation: Vec<_> =
        arguments.activations.iter().map(|activation| activation.kind.name).collect();
    for dilation in dilations {
        let outputs = if gated { channels.twice() } else { channels.clone() };
        let mut taps = vec![
            makes.number("k", k.clone()),
            makes.number("out", outputs),
            makes.number("dilation", dilation),
        ];
        taps.extend(passed_on(&["valid", "causal", "same"]));
        let activation = passed_on(&activation);
        // It is behind all that is added.
        let mut block = if arguments.flag("mixin") {
            vec![
                makes.layer("conv", taps, Vec::new(), true),
                makes.layer("mixin", activation, Vec::new(), true),
            ]
        } else {
            taps.extend(activation);
            vec![makes.layer("conv", taps, Vec::new(), true)]
        };
        block.extend(gated.then(|| makes.layer("gated", Vec::new(), Vec::new(), false)));
        let skip = layer.number("skip").cloned();
        let is_weighted = skip.is_some();
        let skip = skip.map(|skip| makes.number(OUT.name, skip)).into_iter().collect();
        block.push(makes.layer("skip", skip, Vec::new(), is_weighted));
        let out = vec![makes.number("out", channels.clone())];
        block.push(makes.layer("dense", out, Vec::new(), true));
        chain.push(makes.layer("residual", Vec::new(), vec![block], false));
    }
    let inputs = vec![makes.number("in", channels)];
    Some(makes.layer("skips", inputs, vec![chain], false))
}

/// Makes layers that stand where the `wavenet` does.
struct Makes {
    span: Span,
    label: Option<Ident>,
    /// The layers with weights so far, for their labels.
    count: usize,
}

impl Makes {
    fn number(&self, key: &str, number: Number) -> Argument {
        Argument { key: Ident::new(key, self.span), value: Some(Value::Number(number)) }
    }

    fn layer(
        &mut self,
        kind: &str,
        arguments: Vec<Argument>,
        branches: Vec<Vec<Layer>>,
        is_weighted: bool,
    ) -> Layer {
        self.count += usize::from(is_weighted);
        let label = self.label.as_ref().filter(|_| is_weighted);
        let label = label.map(|label| format_ident!("{label}_{}", self.count, span = label.span()));
        let kind = Ident::new(kind, self.span);
        let stands_for = Some(WAVENET.name);
        Layer { label, kind, arguments: Some(arguments), branches, stands_for }
    }
}

impl Number {
    fn twice(&self) -> Self {
        Self {
            whole: self.whole.map(|whole| 2 * whole),
            real: 2.0 * self.real,
            tokens: TokenStream::clone(&self.tokens),
        }
    }
}

impl Argument {
    fn copy(&self) -> Self {
        let value = match &self.value {
            Some(Value::Number(number)) => Some(Value::Number(number.clone())),
            // Checked arguments of the keys and flags that are passed on have no other values.
            _ => None,
        };
        Self { key: self.key.clone(), value }
    }
}
