//! Functions of one number, in f64. The runtime has a function of the same name for each.

mod erf;

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};
use std::fmt;

/// Parameters that a function takes at most.
pub(crate) const MOST_PARAMETERS: usize = 4;

type Parameters = [f64; MOST_PARAMETERS];

/// A function of one number.
#[derive(Debug)]
pub(crate) struct Function {
    /// What the runtime calls it.
    pub(crate) name: &'static str,
    /// How many parameters it takes.
    pub(crate) parameters: usize,
    /// What `#[math = "fast"]` has for it.
    pub(crate) fast: Option<&'static Self>,
    of: fn(f64, Parameters) -> f64,
}

/// A function with its parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activation {
    pub(crate) function: &'static Function,
    /// As many as the function takes, and zeros.
    pub(crate) parameters: [f32; MOST_PARAMETERS],
}

impl Activation {
    pub(crate) const fn of(function: &'static Function) -> Self {
        Self { function, parameters: [0.0; MOST_PARAMETERS] }
    }

    pub(crate) fn parameters(&self) -> &[f32] {
        self.parameters.get(..self.function.parameters).unwrap_or_default()
    }

    /// The function of `x`.
    pub(crate) fn apply(self, x: f64) -> f64 {
        (self.function.of)(x, self.parameters.map(f64::from))
    }
}

impl fmt::Display for Activation {
    /// As the text form of a graph has it: `relu`, `elu=1.0`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.function.name)?;
        match self.parameters() {
            [] => Ok(()),
            [parameter] => write!(formatter, "={parameter:?}"),
            parameters => write!(formatter, "={parameters:?}"),
        }
    }
}

impl PartialEq for Activation {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name && self.parameters == other.parameters
    }
}

const fn function(name: &'static str, of: fn(f64, Parameters) -> f64) -> Function {
    Function { name, parameters: 0, fast: None, of }
}

pub(crate) static RELU: Function = function("relu", |x, _| if x < 0.0 { 0.0 } else { x });
pub(crate) static RELU6: Function = function("relu6", |x, _| x.clamp(0.0, 6.0));
pub(crate) static LEAKY_RELU: Function = Function {
    parameters: 1,
    ..function("leaky_relu", |x, [slope, ..]| if x < 0.0 { slope * x } else { x })
};
pub(crate) static LEAKY_HARD_TANH: Function = Function {
    parameters: 4,
    ..function("leaky_hard_tanh", |x, [min, max, min_slope, max_slope]| {
        if x < min {
            min + min_slope * (x - min)
        } else if x > max {
            max + max_slope * (x - max)
        } else {
            x
        }
    })
};
pub(crate) static RATIONAL_TANH: Function = function("rational_tanh", |x, _| {
    let x = x.clamp(-1e6, 1e6);
    let (size, square) = (x.abs(), x * x);
    let above = 2.455_507_507_029_56 * (1.0 + size)
        + (0.893_229_853_513_558 + 0.821_226_666_969_744 * size) * square;
    let below = (2.445_066_346_522_99 + square) * (x + 0.814_642_734_961_073 * x * size).abs();
    x * above / (2.445_066_346_522_99 + below)
});
pub(crate) static ELU: Function = Function {
    parameters: 1,
    ..function("elu", |x, [alpha, ..]| if x < 0.0 { alpha * x.exp_m1() } else { x })
};
pub(crate) static SELU: Function = function("selu", |x, _| {
    const SCALE: f64 = 1.050_700_987_355_480_5;
    const ALPHA: f64 = 1.673_263_242_354_377_2;
    SCALE * if x < 0.0 { ALPHA * x.exp_m1() } else { x }
});
pub(crate) static TANH: Function =
    Function { fast: Some(&FAST_TANH), ..function("tanh", |x, _| x.tanh()) };
pub(crate) static SIGMOID: Function =
    Function { fast: Some(&FAST_SIGMOID), ..function("sigmoid", |x, _| sigmoid(x)) };
pub(crate) static SILU: Function =
    Function { fast: Some(&FAST_SILU), ..function("silu", |x, _| x * sigmoid(x)) };
pub(crate) static FAST_TANH: Function = function("fast_tanh", |x, _| fast_tanh(x));
pub(crate) static FAST_SIGMOID: Function = function("fast_sigmoid", |x, _| fast_sigmoid(x));
pub(crate) static FAST_SILU: Function = function("fast_silu", |x, _| x * fast_sigmoid(x));
pub(crate) static SOFTSIGN: Function = function("softsign", |x, _| x / (1.0 + x.abs()));
pub(crate) static HARD_TANH: Function = function("hard_tanh", |x, _| x.clamp(-1.0, 1.0));
pub(crate) static HARD_SIGMOID: Function = function("hard_sigmoid", |x, _| hard_sigmoid(x));
pub(crate) static HARD_SWISH: Function = function("hard_swish", |x, _| x * hard_sigmoid(x));

pub(crate) static EXP: Function = function("exp", |x, _| x.exp());
pub(crate) static LOG: Function = function("log", |x, _| x.ln());
pub(crate) static SOFTPLUS: Function =
    function("softplus", |x, _| x.max(0.0) + (-x.abs()).exp().ln_1p());
pub(crate) static LOG_SIGMOID: Function =
    function("log_sigmoid", |x, _| x.min(0.0) - (-x.abs()).exp().ln_1p());
pub(crate) static MISH: Function =
    function("mish", |x, _| x * (x.max(0.0) + (-x.abs()).exp().ln_1p()).tanh());
pub(crate) static GELU: Function = function("gelu", |x, _| 0.5 * x * erf::erfc(-x * FRAC_1_SQRT_2));
pub(crate) static GELU_TANH: Function = Function {
    fast: Some(&FAST_GELU_TANH),
    ..function("gelu_tanh", |x, _| x * sigmoid(gelu_argument(x)))
};
pub(crate) static FAST_GELU_TANH: Function =
    function("fast_gelu_tanh", |x, _| x * fast_sigmoid(gelu_argument(x)));
pub(crate) static ERF: Function = function("erf", |x, _| erf::erf(x));
pub(crate) static ABS: Function = function("abs", |x, _| x.abs());
pub(crate) static SQUARE: Function = function("square", |x, _| x * x);
pub(crate) static SQRT: Function = function("sqrt", |x, _| x.sqrt());
pub(crate) static RECIPROCAL: Function = function("reciprocal", |x, _| 1.0 / x);
pub(crate) static POWER: Function =
    Function { parameters: 1, ..function("power", |x, [exponent, ..]| x.powf(exponent)) };
pub(crate) static CLIP: Function =
    Function { parameters: 2, ..function("clip", |x, [min, max, ..]| clip(x, min, max)) };
pub(crate) static THRESHOLDED_RELU: Function = Function {
    parameters: 1,
    ..function("thresholded_relu", |x, [theta, ..]| if x <= theta { 0.0 } else { x })
};

/// `x` between two numbers. NaN passes.
fn clip(x: f64, min: f64, max: f64) -> f64 {
    let x = if x < min { min } else { x };
    if x > max { max } else { x }
}

/// What `gelu_tanh` takes the logistic function of.
fn gelu_argument(x: f64) -> f64 {
    2.0 * FRAC_2_SQRT_PI * FRAC_1_SQRT_2 * (x + 0.044_715 * x.powi(3))
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn hard_sigmoid(x: f64) -> f64 {
    (x + 3.0).clamp(0.0, 6.0) / 6.0
}

/// The runtime's approximation of tanh.
fn fast_tanh(x: f64) -> f64 {
    let growing = |x: f64| (((x + 2.037_704_3).powi(4) + 737.005_2).powi(2) - 466_722.2).powi(2);
    (1.0 - growing(0.0) / growing(x.abs())).copysign(x)
}

fn fast_sigmoid(x: f64) -> f64 {
    0.5 + 0.5 * fast_tanh(0.5 * x)
}

/// The function that the runtime calls so.
pub(crate) fn named(name: &str) -> Option<&'static Function> {
    let all = [
        &RELU,
        &RELU6,
        &LEAKY_RELU,
        &LEAKY_HARD_TANH,
        &RATIONAL_TANH,
        &ELU,
        &SELU,
        &TANH,
        &SIGMOID,
        &SILU,
        &FAST_TANH,
        &FAST_SIGMOID,
        &FAST_SILU,
        &SOFTSIGN,
        &HARD_TANH,
        &HARD_SIGMOID,
        &HARD_SWISH,
        &EXP,
        &LOG,
        &SOFTPLUS,
        &LOG_SIGMOID,
        &MISH,
        &GELU,
        &GELU_TANH,
        &FAST_GELU_TANH,
        &ERF,
        &ABS,
        &SQUARE,
        &SQRT,
        &RECIPROCAL,
        &POWER,
        &CLIP,
        &THRESHOLDED_RELU,
    ];
    all.into_iter().find(|function| function.name == name)
}

/// `exp(x)` of each number, divided by their sum; or the logarithm of that.
pub(crate) fn softmax(frame: &mut [f64], is_log: bool) {
    let largest = frame.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = frame.iter().map(|x| (x - largest).exp()).sum();
    for x in frame {
        let log = *x - largest - sum.ln();
        *x = if is_log { log } else { (*x - largest).exp() / sum };
    }
}
