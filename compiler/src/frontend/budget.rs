//! `#[budget(ram = 4096, flash = 8192, macs = 1000)]`: what a network may cost.

use crate::emit::{state, weights};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{self, Number, Value as Argument};
use crate::frontend::framework_names::plain;
use crate::frontend::kinds::{Key, Takes, number};
use crate::graph::{Graph, Value};
use crate::integers::Quality;
use crate::suggest::{list, suggestion};

/// A cost that can be limited.
struct Cost {
    key: Key,
    /// What a network does with so many: "holds 24 bytes of RAM".
    verb: &'static str,
    unit: &'static str,
    /// What one operation costs.
    of: fn(&Graph, Value) -> usize,
    /// The limit where none is given: what one is not likely to mean.
    otherwise: Option<usize>,
}

static COSTS: &[Cost] = &[
    Cost {
        key: key("ram", "the bytes that the network holds between pushes"),
        verb: "holds",
        unit: "bytes of RAM",
        of: state::bytes_of,
        otherwise: None,
    },
    Cost {
        key: key("flash", "the bytes of the weights"),
        verb: "has",
        unit: "bytes of weights",
        of: weights::bytes_of,
        // 250,000 weights: every one of them is printed, compiled and linked.
        otherwise: Some(1_000_000),
    },
    Cost {
        key: key("macs", "the multiply-accumulates of the costliest push"),
        verb: "needs",
        unit: "multiply-accumulates per push",
        of: Graph::macs,
        otherwise: None,
    },
];

const fn key(name: &'static str, doc: &'static str) -> Key {
    Key { name, doc, takes: Takes::Size, aliases: &[] }
}

/// What integers may lose.
const SNR: Key = Key {
    name: "snr",
    doc: "the least signal to noise in dB of a network of integers",
    takes: Takes::Real,
    aliases: &[],
};

/// What to write for a cost that is named otherwise, or cannot be limited.
fn other_word(word: &str) -> Option<&'static str> {
    Some(match plain(word).as_str() {
        "rom" | "weights" | "weightbytes" | "parameters" | "params" | "storage" => {
            "write `flash`, the bytes of the weights"
        }
        "sram" | "state" | "statebytes" | "history" | "heap" => {
            "write `ram`, the bytes that the network holds between pushes"
        }
        "size" | "memory" | "mem" | "bytes" | "kb" | "kib" => {
            "write `flash`, the bytes of the weights, or `ram`, the bytes held between pushes"
        }
        "mac" | "maccs" | "multiplies" | "multiplyaccumulates" => {
            "write `macs`, the multiply-accumulates of a push"
        }
        "flops" | "flop" | "ops" | "operations" => {
            "write `macs`, the multiply-accumulates of a push, each of which is two operations"
        }
        "cycles" | "instructions" | "time" | "latency" | "us" | "ms" | "mhz" => {
            "write `macs`, the multiply-accumulates of a push: the macro does not know the time of a push"
        }
        "stack" | "code" | "text" => "leave it out: `ram` limits the state and `flash` the weights",
        _ => return None,
    })
}

/// The number that limits a cost, as it is written.
pub(crate) struct Limit<'a> {
    cost: &'static Cost,
    /// `None` where what is written is none, which has been reported.
    number: Option<&'a Number>,
}

/// The limits that a network sets itself.
pub(crate) fn read<'a>(net: &'a ast::Net, errors: &mut Errors) -> Vec<Limit<'a>> {
    let mut limits: Vec<Limit<'_>> = Vec::new();
    let arguments = net.attributes.budget.iter().flat_map(|budget| &budget.arguments);
    for argument in arguments {
        let word = argument.key.to_string();
        if word == SNR.name {
            if !net.is_integer() {
                let message = Message::new("`snr` is for a network of integers");
                let help = "write `#[numbers = \"i16\"]`, or remove `snr`";
                errors.report(&argument.key, message.help(help));
            }
            number(SNR.name, &SNR, argument, errors);
            continue;
        }
        let Some(cost) = COSTS.iter().find(|cost| cost.key.name == word) else {
            let names = || COSTS.iter().map(|cost| cost.key.name);
            let hint = other_word(&word)
                .map(Hint::help)
                .or_else(|| suggestion(&word, names()))
                .unwrap_or_else(|| Hint::note(format!("`budget` takes {}", list(names()))));
            let message = Message::new(format!("`budget` has no `{word}`"));
            errors.report(&argument.key, message.hint(hint));
            continue;
        };
        if limits.iter().any(|limit| limit.cost.key.name == word) {
            let message = Message::new(format!("`{word}` is given twice"));
            errors.report(&argument.key, message.help("remove one of them"));
            continue;
        }
        limits.push(Limit { cost, number: number(cost.key.name, &cost.key, argument, errors) });
    }
    limits
}

/// Reports what costs more than its limit. Whether it keeps to those that the user did not set.
pub(crate) fn check(
    net: &ast::Net,
    graph: &Graph,
    limits: &[Limit<'_>],
    errors: &mut Errors,
) -> bool {
    let mut is_meant = true;
    let name = &net.name;
    for cost in COSTS {
        let Cost { key, verb, unit, of, .. } = cost;
        let files = if key.name == "flash" { net.attributes.files.len().max(1) } else { 1 };
        let figure = graph.sum(|value| of(graph, value)).saturating_mul(files);
        let exceeded = |limit: &usize| figure > *limit;
        let spent = format!("`{name}` {verb} {figure} {unit}");
        match limits.iter().find(|limit| limit.cost.key.name == key.name) {
            Some(Limit { number, .. }) => {
                let Some((number, limit)) =
                    number.and_then(|number| Some((number, number.size()?)))
                else {
                    continue;
                };
                if exceeded(&limit) {
                    let message = Message::new(format!("{spent}, but its budget is {limit}"));
                    errors.report(&number.tokens, message.hint(most(graph, *of)));
                }
            }
            None => {
                if let Some(limit) = cost.otherwise.filter(exceeded) {
                    let help = match net.attributes.budget {
                        Some(_) => format!("add `{} = {figure}` to the `budget`", key.name),
                        None => {
                            format!("write `#[budget({} = {figure})]` before it", key.name)
                        }
                    };
                    let message = Message::new(format!("{spent}, but the limit is {limit}"));
                    errors.report(name, message.help(format!("{help} if this is intended")));
                    is_meant = false;
                }
            }
        }
    }
    is_meant
}

/// Reports a network of integers that loses more than its budget says.
pub(crate) fn check_snr(net: &ast::Net, quality: Quality, errors: &mut Errors) {
    let arguments = net.attributes.budget.iter().flat_map(|budget| &budget.arguments);
    for argument in arguments.filter(|argument| argument.key == SNR.name) {
        let Some(Argument::Number(number)) = &argument.value else { continue };
        if number.real().is_some_and(|least| quality.snr < f64::from(least)) {
            let text = format!(
                "`{}` has {:.1} dB of signal to noise in `i16`, but its budget is {}",
                net.name, quality.snr, number.tokens
            );
            let help = "calibrate it with frames that are typical of its input, or compute in f32";
            errors.report(&number.tokens, Message::new(text).help(help));
        }
    }
}

/// Which of several layers costs most, where it has a name.
fn most(graph: &Graph, of: fn(&Graph, Value) -> usize) -> Option<Hint> {
    let costs = graph
        .numbered_layers()
        .map(|(id, layer)| (layer.name.as_ref(), graph.sum_of(id, |value| of(graph, value))));
    let named = costs.filter_map(|(name, cost)| Some((name?, cost)));
    let costliest = named.filter(|_| graph.layers.len() > 1).max_by_key(|(_, cost)| *cost);
    costliest.map(|(name, cost)| Hint::note(format!("`{name}` has the largest share, {cost}")))
}
