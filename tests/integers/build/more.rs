//! Operations of which only some networks are made.

use serde_json::{Value, json};

use super::Draw;

impl Draw<'_> {
    /// A layer of them.
    pub(super) fn more(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        match self.random.u8(0..4) {
            0 => softmax(channels),
            1 if channels <= 12 => self.started(channels),
            _ => self.norm(channels),
        }
    }

    /// A recurrent layer with a state of its own before the first frame.
    fn started(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let units = self.random.usize(1..=5);
        let kernel = self.tensor(&[channels, 4 * units], 0.8);
        let own = self.tensor(&[units, 4 * units], 0.8);
        let bias = self.tensor(&[4 * units], 0.5);
        let (last, state) = (self.tensor(&[units], 0.9), self.tensor(&[units], 3.0));
        self.weights.push(json!({
            "kernel": kernel, "recurrent_kernel": own, "bias": bias, "initial_h": last, "initial_c": state,
        }));
        let json = json!({
            "op": "lstm", "kernel": kernel, "own": own, "bias": [bias], "initial": [last, state],
        });
        (format!("lstm(units={units}, initial)"), vec![json], units)
    }

    /// A normalisation over the channels, or over features and groups of channels, and a function: what is multiplied and
    /// added stays apart from a convolution behind it.
    fn norm(&mut self, all: usize) -> (String, Vec<Value>, usize) {
        let epsilon = [1e-5_f32, 1e-3, 0.5][self.random.usize(0..3)];
        let features = if all.is_multiple_of(3) { self.random.usize(0..2) * 2 + 1 } else { 1 };
        let channels = all / features;
        let groups = if channels.is_multiple_of(2) { self.random.usize(1..=2) } else { 1 };
        let (gamma, beta) = (self.tensor(&[channels], 2.0), self.tensor(&[channels], 0.5));
        self.weights.push(json!({ "gamma": gamma, "beta": beta }));
        let word = ["tanh", "sigmoid", "silu", "relu"][self.random.usize(0..4)];
        let norm = if features * groups == 1 {
            format!("layer_norm(epsilon={epsilon:?})")
        } else {
            format!("group_norm(epsilon={epsilon:?}, features={features}, groups={groups})")
        };
        let json = json!({
            "op": "norm", "gamma": gamma, "beta": beta, "epsilon": epsilon, "features": features, "groups": groups,
        });
        (format!("{norm}; {word}()"), vec![json, json!({ "op": "function", "name": word })], all)
    }
}

fn softmax(channels: usize) -> (String, Vec<Value>, usize) {
    ("softmax()".to_owned(), vec![json!({ "op": "softmax", "channels": channels })], channels)
}
