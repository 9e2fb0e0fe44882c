//! Networks as directed graphs: text for the macro, weights, and what whole sequences give, computed as frameworks do. The
//! crate in `tests/` compiles them too; nothing here is of the compiler.

use std::fmt::Write as _;

use super::random::Random;
use super::sequence::{Padding, Sequence, Window};

/// The channels of the input.
pub(crate) const WIDTH: usize = 2;

/// As f32 has it, for the macro reads it as that.
const EPSILON: f32 = 0.001;

/// A tensor by its name in Keras, its shape and its numbers.
pub(crate) type Tensor = (&'static str, Vec<usize>, Vec<f64>);

/// A network as text, its tensors by label in the order of its layers, and what it gives for one input.
pub(crate) struct Drawn {
    random: Random,
    pub(crate) text: String,
    pub(crate) weights: Vec<(String, Vec<Tensor>)>,
    /// What each layer of the outermost chain gives.
    labelled: Vec<Sequence>,
    /// The label that the text has for the next layer.
    label: Option<String>,
}

/// Where a layer stands.
#[derive(Clone, Copy)]
struct Place {
    /// Whether it says the channels of the input.
    is_first: bool,
    /// How many times its stride may grow.
    strides: usize,
}

impl Place {
    const INNER: Self = Self { is_first: false, strides: 1 };
}

impl Drawn {
    /// The network of a seed, and what it gives for `input`.
    pub(crate) fn new(seed: u64, input: &[Vec<f64>]) -> (Self, Sequence) {
        let random = Random::new(seed);
        let (text, weights, labelled) = (String::new(), Vec::new(), Vec::new());
        let mut drawn = Self { random, text, weights, labelled, label: None };
        let mut sequence = Sequence::new(input, WIDTH);
        for number in 0..3 + drawn.random.next(4) {
            let separator = if number == 0 { "" } else { "; " };
            write!(drawn.text, "{separator}l{number}: ").expect("text");
            drawn.label = Some(format!("l{number}"));
            let place = Place { is_first: number == 0, strides: 2 };
            sequence = match drawn.random.next(8) {
                0..=2 => drawn.layer(&sequence, place),
                3 => drawn.residual(&sequence, place),
                4 => drawn.skips(&sequence, place),
                5 => drawn.conditioned(&sequence, place),
                _ => drawn.join(&sequence, place),
            };
            drawn.label = None;
            drawn.labelled.push(sequence.clone());
        }
        (drawn, sequence)
    }

    fn write(&mut self, text: &str) {
        self.text += text;
    }

    /// Labels a layer with weights, for all of those have a label or none.
    fn weighted(&mut self, tensors: Vec<Tensor>) {
        let own = format!("w{}", self.weights.len());
        let label = self.label.take().unwrap_or_else(|| {
            self.text += &format!("{own}: ");
            own
        });
        self.weights.push((label, tensors));
    }

    /// A layer of one input.
    fn layer(&mut self, input: &Sequence, place: Place) -> Sequence {
        let grows = place.strides > 1 && input.stride * place.strides <= 4 && self.random.chance(3);
        let stride = if grows { place.strides } else { 1 };
        match self.random.next(if place.is_first { 2 } else { 6 }) {
            0 | 1 => self.conv(input, place, stride, WIDTH),
            2 => {
                self.write("tanh()");
                input.map(f64::tanh)
            }
            3 => self.batch_norm(input),
            4 => {
                let frames = 1 + self.random.next(3);
                self.write(&format!("delay(frames={frames})"));
                input.delayed(frames)
            }
            _ => {
                let taps = 2 + self.random.next(2);
                self.pool(input, taps, stride)
            }
        }
    }

    fn batch_norm(&mut self, input: &Sequence) -> Sequence {
        let [gamma, beta, mean] = [(); 3].map(|()| self.random.numbers(input.width));
        let variance: Vec<_> = self.random.numbers(input.width).iter().map(|x| x + 1.25).collect();
        let of = |name, numbers: &Vec<f64>| (name, vec![input.width], numbers.clone());
        self.weighted(vec![
            of("gamma", &gamma),
            of("beta", &beta),
            of("moving_mean", &mean),
            of("moving_variance", &variance),
        ]);
        self.write(&format!("batch_norm(epsilon={EPSILON})"));
        input.map_channels(|c, x| {
            (x - mean[c]) * gamma[c] / (variance[c] + f64::from(EPSILON)).sqrt() + beta[c]
        })
    }

    fn conv(&mut self, input: &Sequence, place: Place, stride: usize, out: usize) -> Sequence {
        let (taps, dilation) = (1 + self.random.next(3), 1 + self.random.next(2));
        let padding = match self.random.next(3) {
            0 => Padding::Valid,
            1 => Padding::Causal,
            _ if stride > 1 || taps % 2 == 0 => Padding::Causal,
            _ => Padding::Same,
        };
        let activation = ["", ", relu", ", tanh"][self.random.next(3)];
        let sums = self.sums(
            "conv",
            input,
            place,
            &Window { taps, dilation, stride, padding },
            out,
            activation,
        );
        match activation {
            ", relu" => sums.map(|x| x.max(0.0)),
            ", tanh" => sums.map(f64::tanh),
            _ => sums,
        }
    }

    /// The sums of a convolution of a window, to which `arguments` are added.
    fn sums(
        &mut self,
        kind: &str,
        input: &Sequence,
        place: Place,
        window: &Window,
        out: usize,
        arguments: &str,
    ) -> Sequence {
        let (taps, inputs) = (window.taps, input.width);
        // A `mixin` has neither; a bias would keep a product from being multiplied in.
        let has_bias = kind != "mixin" && !arguments.contains("no_bias") && self.random.chance(2);
        let kernel = self.random.numbers(taps * inputs * out);
        let bias = self.random.numbers(if has_bias { out } else { 0 });
        let shape = if kind == "conv" { vec![taps, inputs, out] } else { vec![inputs, out] };
        let mut tensors = vec![("kernel", shape, kernel.clone())];
        if has_bias {
            tensors.push(("bias", vec![out], bias.clone()));
        }
        self.weighted(tensors);
        let mut words = Vec::new();
        if kind == "conv" {
            let Window { dilation, stride, padding, .. } = window;
            words.push(format!("k={taps}, dilation={dilation}, stride={stride}{}", padding.word()));
        }
        words.extend((kind != "mixin").then(|| format!("out={out}")));
        words.extend(place.is_first.then(|| format!("in={inputs}")));
        let is_bare = has_bias || kind == "mixin" || arguments.contains("no_bias");
        words.extend((!is_bare).then(|| "no_bias".to_owned()));
        words
            .extend((!arguments.is_empty()).then(|| arguments.trim_start_matches(", ").to_owned()));
        self.write(&format!("{kind}({})", words.join(", ")));
        input.windows(window, out, |taps| {
            let output = |output: usize| {
                let mut sum = bias.get(output).copied().unwrap_or_default();
                for (tap, frame) in taps.iter().enumerate() {
                    for (channel, x) in frame.iter().enumerate() {
                        sum += x * kernel[(tap * inputs + channel) * out + output];
                    }
                }
                sum
            };
            (0..out).map(output).collect()
        })
    }

    fn pool(&mut self, input: &Sequence, taps: usize, stride: usize) -> Sequence {
        let is_max = self.random.chance(2);
        let word = if is_max { "max_pool" } else { "avg_pool" };
        self.write(&format!("{word}(size={taps}, stride={stride})"));
        let window = Window { taps, dilation: 1, stride, padding: Padding::Valid };
        input.windows(&window, input.width, |taps| {
            let channel = |channel: usize| {
                let numbers = taps.iter().map(|frame| frame[channel]);
                if is_max {
                    numbers.fold(f64::NEG_INFINITY, f64::max)
                } else {
                    numbers.sum::<f64>() / f64::from(u32::try_from(taps.len()).expect("few"))
                }
            };
            (0..input.width).map(channel).collect()
        })
    }

    /// What a block gives, and its input.
    fn residual(&mut self, input: &Sequence, place: Place) -> Sequence {
        self.label = None;
        self.write("residual < ");
        let inner = Place { strides: 1, ..place };
        let mut block = self.conv(input, inner, 1, input.width);
        if self.random.chance(2) {
            self.write("; ");
            block = self.layer(&block, Place::INNER);
        }
        if block.width != input.width {
            self.write("; ");
            block = self.conv(&block, Place::INNER, 1, input.width);
        }
        self.write(" >");
        input.joined(&block, |a, b| a + b)
    }

    /// The sum of what several layers give, of which some are in residual blocks.
    fn skips(&mut self, input: &Sequence, place: Place) -> Sequence {
        self.label = None;
        self.write("skips < ");
        let mut sequence = self.conv(input, Place { strides: 1, ..place }, 1, WIDTH);
        let mut sum: Option<Sequence> = None;
        for _ in 0..2 + self.random.next(2) {
            self.write("; skip(); ");
            sum = Some(match sum {
                Some(sum) => sum.joined(&sequence, |a, b| a + b),
                None => sequence.clone(),
            });
            sequence = if self.random.chance(2) {
                self.residual(&sequence, Place::INNER)
            } else {
                self.conv(&sequence, Place::INNER, 1, WIDTH)
            };
        }
        self.write("; skip() >");
        let sum = sum.unwrap_or_else(|| sequence.clone());
        sum.joined(&sequence, |a, b| a + b)
    }

    /// A block that sees a condition: the input, or a product of it.
    fn conditioned(&mut self, input: &Sequence, place: Place) -> Sequence {
        self.label = None;
        self.write("conditioned < ");
        let newest = Window { taps: 1, dilation: 1, stride: 1, padding: Padding::Valid };
        let mut place = place;
        let mut condition = input.clone();
        if self.random.chance(2) {
            let out = 1 + self.random.next(2);
            condition = self.sums("dense", input, place, &newest, out, "");
            self.write(" | ");
            place.is_first = false;
        }
        let width = 1 + self.random.next(4);
        let bias = if self.random.chance(3) { "" } else { ", no_bias" };
        let first = self.sums("dense", input, place, &newest, width, bias);
        self.write("; residual < ");
        let taps = 1 + self.random.next(3);
        let window = Window { taps, padding: Padding::Causal, ..newest };
        let sums = self.sums("conv", &first, Place::INNER, &window, width, "");
        self.write("; ");
        let mixed = self.sums("mixin", &condition, Place::INNER, &newest, width, ", relu");
        self.write(" > >");
        let block = sums.joined(&mixed, |a, b| (a + b).max(0.0));
        first.joined(&block, |a, b| a + b)
    }

    /// A sum, a product or all channels of two or three branches, some of which begin with an earlier layer.
    fn join(&mut self, input: &Sequence, place: Place) -> Sequence {
        let word = ["sum", "sum", "product", "concat"][self.random.next(4)];
        self.label = None;
        self.write(&format!("{word} <"));
        let grows = input.stride < 4 && self.random.chance(3);
        let stride = input.stride * if grows { 2 } else { 1 };
        let mut branches = Vec::new();
        for number in 0..2 + self.random.next(2) {
            self.write(if number == 0 { " " } else { " | " });
            branches.push(self.branch(input, place.is_first, stride, word != "concat"));
        }
        self.write(" >");
        let joined = |a: Sequence, b: Sequence| match word {
            "sum" => a.joined(&b, |a, b| a + b),
            "product" => a.joined(&b, |a, b| a * b),
            _ => a.beside(&b),
        };
        branches.into_iter().reduce(joined).expect("branches")
    }

    /// Layers that end at that stride, with as many channels as the input of the network if that is wanted.
    fn branch(&mut self, input: &Sequence, is_first: bool, stride: usize, fits: bool) -> Sequence {
        let mut branch = input.clone();
        let earlier = self.labelled.len();
        let mut is_begun = false;
        if earlier > 0 && self.random.chance(2) {
            let label = self.random.next(earlier);
            self.write(&format!("from(l{label})"));
            branch = self.labelled[label].clone();
            is_begun = true;
        }
        let mut left = self.random.next(3);
        while !is_begun || branch.stride < stride || left > 0 || fits && branch.width != WIDTH {
            if is_begun {
                self.write("; ");
            }
            let place = Place { is_first: is_first && !is_begun, strides: 1 };
            let by = stride / branch.stride;
            branch = if by == 1 && left == 0 && branch.width != WIDTH {
                self.conv(&branch, place, 1, WIDTH)
            } else if by == 1 {
                self.layer(&branch, place)
            } else if self.random.chance(2) || place.is_first {
                self.conv(&branch, place, by, WIDTH)
            } else {
                self.pool(&branch, by, by)
            };
            is_begun = true;
            left = left.saturating_sub(1);
        }
        branch
    }
}
