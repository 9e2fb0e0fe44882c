//! The stack of layers that is known as `WaveNet`, written out as layers of other kinds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::taps::{K, PADDING};
use super::{Arguments, Flag, Key, Kind, Outputs, Takes, Weights};
use crate::errors::{Errors, Message};
use crate::frontend::ast::{Argument, Layer, Net, Number, Value};
use crate::frontend::build::limits::{MOST, MOST_LAYERS};
use crate::frontend::keys::{self, kind};

/// It is written out before shapes are checked, unless something is wrong with it.
pub(super) const WAVENET: Kind = Kind {
    keys: &[
        Key {
            name: keys::CHANNELS,
            doc: "the channels of the input and between the layers",
            takes: Takes::Count,
            aliases: &["filters", "residual_channels"],
        },
        K,
        Key {
            name: keys::DILATIONS,
            doc: "the distance between taps in frames, for each layer",
            takes: Takes::Counts,
            aliases: &["dilation", "dilation_rate"],
        },
        Key {
            name: keys::SKIP,
            doc: "the channels of the 1x1 convolutions whose sum is the output; when left out, the sum is without convolutions",
            takes: Takes::OptionalCount,
            aliases: &["out", "skip_channels"],
        },
    ],
    input_key: Some(keys::CHANNELS),
    flags: &[
        PADDING,
        &[Flag {
            name: keys::GATED,
            doc: "each layer has twice the channels: tanh of one half, times sigmoid of the other",
        }],
        &[Flag { name: keys::MIXIN, doc: "each layer adds what the condition around them gives" }],
    ],
    activations: 1,
    outputs: Outputs::Key(keys::SKIP),
    weights: Weights::OfLayers,
    ..Kind::plain(
        kind::WAVENET,
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
fn mistake(arguments: &Arguments<'_>) -> Option<(TokenStream, Message)> {
    let layer = arguments.layer;
    let (channels, gated) = (arguments.count(keys::CHANNELS)?, arguments.flag(keys::GATED));
    let at = |key: &str, message: Message| Some((arguments.written(key), message));
    if let Some(activation) = arguments.activations.first().filter(|_| gated) {
        let name = activation.form.word;
        let text =
            format!("a `wavenet` can be `gated` or have an activation, here `{name}`, not both");
        return at(name, Message::new(text).help("remove one of them"));
    }
    if gated && channels > MOST / 2 {
        let most = MOST / 2;
        let text = format!("`channels` must be at most {most} with `gated`, not {channels}");
        return at(keys::CHANNELS, text.into());
    }
    if let Some(inputs) = arguments.count(keys::IN).filter(|inputs| *inputs != channels) {
        let text = format!(
            "`wavenet` with `channels={channels}` takes {channels} input channels, not `in={inputs}`"
        );
        let help = format!("put `dense(in={inputs}, out={channels})` before it");
        return at(keys::IN, Message::new(text).help(help));
    }
    let dilations = layer.list(keys::DILATIONS)?;
    let text = format!(
        "`wavenet` has {} `dilations`, but a network has at most {MOST_LAYERS} layers",
        dilations.len()
    );
    dilations.get(MOST_LAYERS).map(|first| (first.tokens.clone(), text.into()))
}

fn layers_of(layer: &Layer) -> Option<Layer> {
    let mut errors = Errors::default();
    let (arguments, _) = Arguments::check(layer, &WAVENET, false, &mut errors);
    if errors.finish().is_some() || mistake(&arguments).is_some() {
        return None;
    }
    let (channels, k) = (layer.number(keys::CHANNELS)?.clone(), layer.number(keys::K)?.clone());
    let dilations = layer.list(keys::DILATIONS)?.to_vec();
    let mut makes = Makes { span: layer.kind.span(), label: layer.label.clone(), count: 0 };
    let gated = arguments.flag(keys::GATED);
    let passed_on = |names: &[&str]| -> Vec<Argument> {
        let given = names.iter().filter_map(|name| layer.argument(name));
        given.map(Argument::copy).collect()
    };
    let mut chain = Vec::new();
    let activation: Vec<_> =
        arguments.activations.iter().map(|activation| activation.form.word).collect();
    for dilation in dilations {
        let outputs = if gated { channels.twice() } else { channels.clone() };
        let mut taps = vec![
            makes.number(keys::K, k.clone()),
            makes.number(keys::OUT, outputs),
            makes.number(keys::DILATION, dilation),
        ];
        taps.extend(passed_on(&[keys::VALID, keys::CAUSAL, keys::SAME]));
        let activation = passed_on(&activation);
        // It is behind all that is added.
        let mut block = if arguments.flag(keys::MIXIN) {
            vec![
                makes.layer(kind::CONV, taps, Vec::new(), true),
                makes.layer(kind::MIXIN, activation, Vec::new(), true),
            ]
        } else {
            taps.extend(activation);
            vec![makes.layer(kind::CONV, taps, Vec::new(), true)]
        };
        block.extend(gated.then(|| makes.layer(kind::GATED, Vec::new(), Vec::new(), false)));
        let skip = layer.number(keys::SKIP).cloned();
        let is_weighted = skip.is_some();
        let skip = skip.map(|skip| makes.number(keys::OUT, skip)).into_iter().collect();
        block.push(makes.layer(kind::SKIP, skip, Vec::new(), is_weighted));
        let out = vec![makes.number(keys::OUT, channels.clone())];
        block.push(makes.layer(kind::DENSE, out, Vec::new(), true));
        chain.push(makes.layer(kind::RESIDUAL, Vec::new(), vec![block], false));
    }
    let inputs = vec![makes.number(keys::IN, channels)];
    Some(makes.layer(kind::SKIPS, inputs, vec![chain], false))
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
