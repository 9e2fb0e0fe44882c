//! Activations.

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Activation {
    name: String,
    parameter: Option<f64>,
}

impl Activation {
    /// Whether it changes nothing.
    pub(super) fn is_linear(&self) -> bool {
        self.name == "linear"
    }

    pub(super) fn of(&self, frame: &[f64]) -> Vec<f64> {
        let parameter = self.parameter.unwrap_or(f64::NAN);
        let each = |f: fn(f64, f64) -> f64| frame.iter().map(|&x| f(x, parameter)).collect();
        match self.name.as_str() {
            "linear" => each(|x, _| x),
            "relu" => each(|x, _| if x < 0.0 { 0.0 } else { x }),
            "relu6" => each(|x, _| x.clamp(0.0, 6.0)),
            "leaky_relu" => each(|x, slope| if x < 0.0 { slope * x } else { x }),
            "elu" => each(|x, alpha| if x > 0.0 { x } else { alpha * x.exp_m1() }),
            "selu" => each(|x, _| {
                let negative = 1.673_263_242_354_377_2 * x.exp_m1();
                1.050_700_987_355_480_5 * if x > 0.0 { x } else { negative }
            }),
            "silu" => each(|x, _| x * sigmoid(x)),
            "softsign" => each(|x, _| x / (1.0 + x.abs())),
            "tanh" => each(|x, _| x.tanh()),
            "sigmoid" => each(|x, _| sigmoid(x)),
            "hard_tanh" => each(|x, _| x.clamp(-1.0, 1.0)),
            "hard_sigmoid" => each(|x, _| (x / 6.0 + 0.5).clamp(0.0, 1.0)),
            "hard_swish" => each(|x, _| x * (x / 6.0 + 0.5).clamp(0.0, 1.0)),
            "softmax" => {
                let sum: f64 = frame.iter().map(|x| x.exp()).sum();
                frame.iter().map(|x| x.exp() / sum).collect()
            }
            other => unreachable!("no activation {other} is drawn"),
        }
    }
}

pub(super) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
