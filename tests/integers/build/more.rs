//! Operations of which only some networks are made.

use serde_json::{Value, json};

use super::Draw;

impl Draw<'_> {
    /// A layer of them.
    pub(super) fn more(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        match self.random.u8(0..8) {
            0 => softmax(channels),
            1 if channels <= 12 => self.started(channels),
            2 | 3 => self.padded_pool(channels),
            4 | 5 => self.feature_pool(channels),
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

    /// A pool whose first window ends with the first frame, or one with a dilation.
    fn padded_pool(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let stride = if self.in_blocks { 1 } else { self.random.usize(1..=3) };
        // One frame of one does nothing.
        let size = self.random.usize(if stride > 1 { 1 } else { 2 }..=4);
        let (word, counts, dilation, causal) = match self.random.u8(0..4) {
            0 => ("avg_pool", true, 1, true),
            1 => ("avg_pool", false, 1, true),
            2 => ("max_pool", false, self.random.usize(1..=3), true),
            _ => ("max_pool", false, 2, self.in_blocks),
        };
        let mut text = format!("{word}(size={size}, stride={stride}");
        if word == "max_pool" {
            text += &format!(", dilation={dilation}");
        }
        text += if causal { ", causal" } else { "" };
        text += if counts { ", count_include_pad)" } else { ")" };
        let json = json!({
            "op": word, "size": size, "stride": stride, "dilation": dilation, "causal": causal, "counts": counts,
        });
        (text, vec![json], channels)
    }

    /// A pool over the features of each frame, or a reduction of them.
    fn feature_pool(&mut self, all: usize) -> (String, Vec<Value>, usize) {
        let features = (1..=all).rev().find(|count| all.is_multiple_of(*count) && *count <= 6);
        let Some(features) = features.filter(|features| *features > 1) else {
            return self.padded_pool(all);
        };
        let channels = all / features;
        let kind = ["max", "min", "mean", "sum"][self.random.usize(0..4)];
        let json = |size: usize, stride: usize, before: usize, positions: usize, counts: bool| {
            json!({
                "op": "features", "kind": kind, "channels": channels, "size": size, "stride": stride,
                "before": before, "positions": positions, "counts": counts,
            })
        };
        if ["min", "sum"].contains(&kind) || self.random.bool() {
            let text = format!("reduce_{kind}(features={features})");
            return (text, vec![json(features, 1, 0, 1, false)], channels);
        }
        let size = self.random.usize(2..=features);
        let (stride, before) = (self.random.usize(1..=3), self.random.usize(0..=size / 2));
        let counts = kind == "mean" && self.random.bool();
        let word = if kind == "max" { "max_pool2d" } else { "avg_pool2d" };
        let mut text =
            format!("{word}(k=1, features={features}, feature_k={size}, feature_stride={stride}");
        if before > 0 {
            text += &format!(", feature_pad={before}");
        }
        text += if counts { ", count_include_pad)" } else { ")" };
        let positions = (features + 2 * before - size) / stride + 1;
        (text, vec![json(size, stride, before, positions, counts)], positions * channels)
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
