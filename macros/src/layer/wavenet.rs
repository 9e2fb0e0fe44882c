//! The stack of layers that is known as `WaveNet`, written out as layers of other kinds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::conv::OUT;
use super::taps::{K, PADDING};
use super::{Arguments, Flag, Key, Kind, Takes};
use crate::ast::{Argument, Layer, Net, Number, Value};
use crate::errors::Errors;

/// It is written out before shapes are checked, so nothing builds it.
pub(super) const WAVENET: Kind = Kind {
    keys: &[
        Key {
            name: "channels",
            doc: "the channels between the layers, and of the input",
            takes: Takes::Count,
            aliases: &["filters", "residual_channels"],
        },
        K,
        Key {
            name: "dilations",
            doc: "the frames from tap to tap in each layer",
            takes: Takes::Counts,
            aliases: &["dilation", "dilation_rate"],
        },
        Key {
            name: "skip",
            doc: "the channels of the 1x1 convolutions whose sum is the output; when left out, the sum is of what they would take",
            takes: Takes::OptionalCount,
            aliases: &["out", "skip_channels"],
        },
    ],
    flags: &[
        PADDING,
        &[Flag {
            name: "gated",
            doc: "each layer has twice the channels: tanh of one half, times sigmoid of the other",
        }],
    ],
    activations: 1,
    ..Kind::plain(
        "wavenet",
        "`wavenet(channels=8, k=3, dilations=[1, 2, 4], gated, causal)`: dilated convolutions with residuals, and the sum of what each gives.",
        |_, _| None,
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
pub(crate) fn write_out(net: &mut Net, errors: &mut Errors) {
    net.layers = chain(std::mem::take(&mut net.layers), errors);
}

fn chain(layers: Vec<Layer>, errors: &mut Errors) -> Vec<Layer> {
    let mut written = Vec::new();
    for mut layer in layers {
        layer.branches = layer.branches.into_iter().map(|branch| chain(branch, errors)).collect();
        if layer.kind == WAVENET.name && layer.arguments.is_some() {
            written.extend(layers_of(layer, errors));
        } else {
            written.push(layer);
        }
    }
    written
}

fn layers_of(layer: Layer, errors: &mut Errors) -> Vec<Layer> {
    let (arguments, complete) = Arguments::check(&layer, &WAVENET, false, errors);
    let (Some(channels), Some(k), Some(dilations), true) = (
        layer.number("channels").cloned(),
        layer.number("k").cloned(),
        layer.list("dilations").map(<[Number]>::to_vec),
        complete,
    ) else {
        // What is wrong with it has been said.
        return vec![Layer { arguments: None, ..layer }];
    };
    let mut makes = Makes { span: layer.kind.span(), label: layer.label.clone(), count: 0 };
    let gated = arguments.flag("gated");
    if gated && let Some(activation) = arguments.activations.first() {
        let name = activation.kind.name;
        let message = format!("a `wavenet` is `gated` or has an activation, here `{name}`");
        errors.report(&arguments.written(name), format!("{message}\nhelp: keep one of them"));
        return vec![Layer { arguments: None, ..layer }];
    }
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
        taps.extend(passed_on(if chain.is_empty() { &["in"] } else { &[] }));
        taps.extend(passed_on(&["valid", "causal", "same"]));
        taps.extend(passed_on(&activation));
        let mut block = vec![makes.layer("conv", taps, Vec::new(), true)];
        block.extend(gated.then(|| makes.layer("gated", Vec::new(), Vec::new(), false)));
        let skip = layer.number("skip").cloned();
        let is_weighted = skip.is_some();
        let skip = skip.map(|skip| makes.number(OUT.name, skip)).into_iter().collect();
        block.push(makes.layer("skip", skip, Vec::new(), is_weighted));
        let out = vec![makes.number("out", channels.clone())];
        block.push(makes.layer("dense", out, Vec::new(), true));
        chain.push(makes.layer("residual", Vec::new(), vec![block], false));
    }
    vec![makes.layer("skips", Vec::new(), vec![chain], false)]
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
        let label = label.map(|label| format_ident!("{label}_{}", self.count));
        Layer { label, kind: Ident::new(kind, self.span), arguments: Some(arguments), branches }
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
