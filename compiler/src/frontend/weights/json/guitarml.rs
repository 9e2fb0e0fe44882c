//! The networks of GuitarML's trainers: recurrent layers, a sum, and the input added to it.

use serde_json::Value;

use crate::errors::Message;
use crate::frontend::build::Scope;
use crate::frontend::build::branches::{Join, Joined};
use crate::frontend::build::conv::Dense;
use crate::frontend::build::gather::{Expand, Repeat, Slice};
use crate::frontend::build::limits::{MOST, MOST_LAYERS};
use crate::frontend::build::recurrent::Recurrent;
use crate::frontend::weights::{Entry, FileGraph, Layers};
use crate::graph::Cell;
use crate::numbers::plural;

/// What `model_data` says.
struct Model {
    cell: Cell,
    inputs: usize,
    outputs: usize,
    units: usize,
    layers: usize,
    /// The input channels that are added to the output.
    skip: usize,
    /// Whether the recurrent layers have biases, and the sum has one.
    has_bias: [bool; 2],
}

/// The network, and the entries in the order of its layers; or the entries as they are, and why there is none.
pub(super) fn network(
    model: &Value,
    mut entries: Vec<Entry>,
) -> Result<(Vec<Entry>, FileGraph), (Vec<Entry>, Message)> {
    let mut model = match Model::of(model) {
        Ok(model) => model,
        Err(why) => return Err((entries, why)),
    };
    let is_sum = |entry: &Entry| entry.name.as_deref() == Some("lin");
    entries.sort_by_key(is_sum);
    let named = |name: &str| {
        let stacked = (0..model.layers).map(|level| format!("rec_l{level}"));
        if model.layers == 1 { name == "rec" } else { stacked.into_iter().any(|own| own == name) }
    };
    let sums = entries.iter().filter(|entry| is_sum(entry)).count();
    let recurrent = entries.iter().filter(|entry| entry.name.as_deref().is_some_and(&named));
    if (sums, recurrent.count(), entries.len()) != (1, model.layers, model.layers + 1) {
        let text = format!(
            "`model_data` says {}, with the tensors `rec.…`, and a sum, `lin.…`, but `state_dict` has others",
            plural(model.layers, "recurrent layer")
        );
        return Err((entries, text.into()));
    }
    let has_bias = |is_own: &dyn Fn(&Entry) -> bool| {
        let mut tensors = entries.iter().filter(|entry| is_own(entry)).flat_map(|own| &own.tensors);
        tensors.any(|(name, _)| name.starts_with("bias"))
    };
    model.has_bias = [has_bias(&|entry| !is_sum(entry)), has_bias(&is_sum)];
    match model.graph() {
        Ok(graph) => Ok((entries, graph)),
        Err(why) => Err((entries, why)),
    }
}

impl Model {
    fn of(model: &Value) -> Result<Self, Message> {
        let refuse = |key: &str, why: &str| Message::new(format!("`model_data.{key}` {why}"));
        let text = |key: &str| model.get(key).and_then(Value::as_str);
        if let Some(kind) = text("model").filter(|kind| *kind != "SimpleRNN") {
            return Err(refuse("model", &format!("is {kind:?}, but only \"SimpleRNN\" is read")));
        }
        let count = |key: &str, least: usize, otherwise: Option<usize>| match model.get(key) {
            None => otherwise.ok_or_else(|| refuse(key, "is missing")),
            Some(value) => number(value)
                .filter(|count| (least..=MOST).contains(count))
                .ok_or_else(|| refuse(key, &format!("must be a whole number, not {value}"))),
        };
        let cell = match text("unit_type") {
            Some("LSTM") => Cell::Lstm,
            Some("GRU") => Cell::GruResetAfter,
            Some("RNN") => Cell::Tanh,
            _ => {
                let why = "must be \"LSTM\", \"GRU\" or \"RNN\"";
                return Err(refuse("unit_type", why));
            }
        };
        let layers = count("num_layers", 1, Some(1))?;
        if layers >= MOST_LAYERS {
            return Err(refuse(
                "num_layers",
                &format!("is {layers}, but the limit is {MOST_LAYERS}"),
            ));
        }
        Ok(Self {
            cell,
            inputs: count("input_size", 1, None)?,
            outputs: count("output_size", 1, Some(1))?,
            units: count("hidden_size", 1, None)?,
            layers,
            skip: count("skip", 0, None)?,
            has_bias: [true; 2],
        })
    }

    fn graph(&self) -> Result<FileGraph, Message> {
        let Self { inputs, outputs, .. } = *self;
        // PyTorch takes no more than there are.
        let skip = self.skip.min(inputs);
        if skip > 1 && outputs > 1 && skip != outputs {
            let text = format!("`model_data.skip` adds {skip} input channels to {outputs} outputs");
            return Err(text.into());
        }
        let mut layers = Layers::new(inputs);
        match skip {
            0 => self.chain(&mut layers),
            _ if skip == inputs && skip == outputs => {
                let frame = layers.enter(Scope::Block);
                self.chain(&mut layers);
                layers.end_residual(frame);
            }
            _ => {
                let frame = layers.enter(Scope::Branches);
                if skip < inputs {
                    layers.add(&Slice { start: 0, outputs: skip, step: 1 });
                }
                expand(skip, outputs, &mut layers);
                let added = layers.branch();
                layers.take(frame);
                self.chain(&mut layers);
                expand(outputs, skip, &mut layers);
                let branches = vec![added, layers.branch()];
                layers.leave(Scope::Branches);
                layers.join(frame, &Joined { how: Join::Sum, branches });
            }
        }
        layers.finish()
    }

    fn chain(&self, layers: &mut Layers) {
        let Self { cell, units, has_bias, outputs, .. } = *self;
        let [recurrent, sum] = has_bias;
        for _ in 0..self.layers {
            layers.add(&Recurrent { cell, units, has_bias: recurrent, has_initial: false });
        }
        layers.add(&Dense { outputs, has_bias: sum, activation: None });
    }
}

/// One channel as many, as PyTorch adds them.
fn expand(channels: usize, wanted: usize, layers: &mut Layers) {
    if channels == 1 && wanted > 1 {
        layers.add(&Expand { how: Repeat::Number, times: wanted });
    }
}

/// A count that is written as a number, a flag or text.
fn number(value: &Value) -> Option<usize> {
    match value {
        Value::Bool(flag) => Some(usize::from(*flag)),
        Value::String(text) => text.trim().parse().ok(),
        value => usize::try_from(value.as_u64()?).ok(),
    }
}
