//! Networks that are drawn, whose values are used on several ways and meet behind strides, pools and padding: what a machine
//! gives for their graph, aligned and rewritten, is compared with whole sequences, computed as frameworks do.

mod sequence;

use std::fmt::Write as _;

use self::sequence::{Padding, Sequence, Window};
use super::graphs::{Random, assert_close, messages, of_net, pushed, read, right};
use super::kinds::assert_read;
use crate::errors::Errors;
use crate::eval::{Machine, steady};
use crate::graph::{Graph, Op, Value};
use crate::passes::align::align;
use crate::passes::rewrite;
use crate::tensor::Tensor;

/// The channels of every value; of the input too.
const WIDTH: usize = 2;
const FRAMES: usize = 48;
const NETWORKS: u64 = 900;

/// A network as text, its tensors in the order of its layers, and what it gives for one input.
struct Drawn {
    random: Random,
    text: String,
    tensors: Vec<Vec<Tensor>>,
    /// What each layer of the outermost chain gives.
    labelled: Vec<Sequence>,
    /// Whether the text has a label for the next layer.
    has_label: bool,
}

impl Drawn {
    fn new(seed: u64, input: &[Vec<f64>]) -> (Self, Sequence) {
        let random = Random::new(seed);
        let mut drawn = Self {
            random,
            text: String::new(),
            tensors: Vec::new(),
            labelled: Vec::new(),
            has_label: false,
        };
        let mut sequence = Sequence::new(input);
        for label in 0..3 + drawn.random.next(4) {
            let separator = if label == 0 { "" } else { "; " };
            write!(drawn.text, "{separator}l{label}: ").unwrap();
            drawn.has_label = true;
            sequence = if drawn.random.chance(2) {
                drawn.layer(&sequence, label == 0, 2)
            } else {
                drawn.join(&sequence, label == 0)
            };
            drawn.has_label = false;
            drawn.labelled.push(sequence.clone());
        }
        (drawn, sequence)
    }

    /// Labels a layer with weights, for all of those have a label or none.
    fn label(&mut self) {
        if !std::mem::take(&mut self.has_label) {
            write!(self.text, "w{}: ", self.tensors.len()).unwrap();
        }
    }

    /// A layer of one input, by which its stride grows at most so many times.
    fn layer(&mut self, input: &Sequence, is_first: bool, strides: usize) -> Sequence {
        let grows = strides > 1 && input.stride * strides <= 4 && self.random.chance(3);
        let stride = if grows { strides } else { 1 };
        match self.random.next(if is_first { 2 } else { 6 }) {
            0 | 1 => self.conv(input, is_first, stride),
            2 => {
                self.text += "tanh()";
                input.map(f64::tanh)
            }
            3 => {
                self.label();
                self.text += "batch_norm(epsilon=0.001)";
                let [center, scale, shift] = [0; 3].map(|_| self.random.numbers(WIDTH));
                let tensor =
                    |numbers: &Vec<f64>| Tensor { shape: vec![WIDTH], numbers: numbers.clone() };
                self.tensors.push([&center, &scale, &shift].map(tensor).to_vec());
                input.map_channels(|c, x| (x - center[c]) * scale[c] + shift[c])
            }
            4 => {
                let frames = 1 + self.random.next(3);
                write!(self.text, "delay(frames={frames})").unwrap();
                input.delayed(frames)
            }
            _ => {
                let taps = 2 + self.random.next(2);
                self.pool(input, taps, stride)
            }
        }
    }

    fn conv(&mut self, input: &Sequence, is_first: bool, stride: usize) -> Sequence {
        let (taps, dilation) = (1 + self.random.next(3), 1 + self.random.next(2));
        let padding = match self.random.next(3) {
            0 => Padding::Valid,
            1 => Padding::Causal,
            _ if stride > 1 || taps % 2 == 0 => Padding::Causal,
            _ => Padding::Same,
        };
        let has_bias = self.random.chance(2);
        let activation = ["", ", relu", ", tanh"][self.random.next(3)];
        let inputs = if is_first { ", in=2" } else { "" };
        let no_bias = if has_bias { "" } else { ", no_bias" };
        self.label();
        write!(
            self.text,
            "conv(k={taps}, dilation={dilation}, stride={stride}, out={WIDTH}{inputs}{}{no_bias}{activation})",
            padding.word()
        )
        .unwrap();
        let kernel = self.random.numbers(taps * WIDTH * WIDTH);
        let bias = self.random.numbers(if has_bias { WIDTH } else { 0 });
        let mut tensors = vec![Tensor { shape: vec![taps, WIDTH, WIDTH], numbers: kernel.clone() }];
        if has_bias {
            tensors.push(Tensor { shape: vec![WIDTH], numbers: bias.clone() });
        }
        self.tensors.push(tensors);
        let window = Window { taps, dilation, stride, padding };
        let sums = input.windows(&window, |taps| {
            let output = |output: usize| {
                let mut sum = bias.get(output).copied().unwrap_or_default();
                for (tap, frame) in taps.iter().enumerate() {
                    for (channel, x) in frame.iter().enumerate() {
                        sum += x * kernel[(tap * WIDTH + channel) * WIDTH + output];
                    }
                }
                sum
            };
            (0..WIDTH).map(output).collect()
        });
        match activation {
            ", relu" => sums.map(|x| x.max(0.0)),
            ", tanh" => sums.map(f64::tanh),
            _ => sums,
        }
    }

    fn pool(&mut self, input: &Sequence, taps: usize, stride: usize) -> Sequence {
        let is_max = self.random.chance(2);
        let word = if is_max { "max_pool" } else { "avg_pool" };
        write!(self.text, "{word}(size={taps}, stride={stride})").unwrap();
        let window = Window { taps, dilation: 1, stride, padding: Padding::Valid };
        input.windows(&window, |taps| {
            let channel = |channel: usize| {
                let numbers = taps.iter().map(|frame| frame[channel]);
                if is_max {
                    numbers.fold(f64::NEG_INFINITY, f64::max)
                } else {
                    numbers.sum::<f64>() / f64::from(u32::try_from(taps.len()).unwrap())
                }
            };
            (0..WIDTH).map(channel).collect()
        })
    }

    /// A sum or a product of two or three branches, some of which begin with an earlier layer.
    fn join(&mut self, input: &Sequence, is_first: bool) -> Sequence {
        let is_sum = !self.random.chance(4);
        self.has_label = false;
        self.text += if is_sum { "sum <" } else { "product <" };
        let grows = input.stride < 4 && self.random.chance(3);
        let stride = input.stride * if grows { 2 } else { 1 };
        let mut branches = Vec::new();
        for place in 0..2 + self.random.next(2) {
            self.text += if place == 0 { " " } else { " | " };
            let mut branch = input.clone();
            let earlier = self.labelled.len();
            let mut is_begun = false;
            if earlier > 0 && self.random.chance(2) {
                let label = self.random.next(earlier);
                write!(self.text, "from(l{label})").unwrap();
                branch = self.labelled[label].clone();
                is_begun = true;
            }
            let mut left = self.random.next(3);
            while !is_begun || branch.stride < stride || left > 0 {
                if is_begun {
                    self.text += "; ";
                }
                let by = stride / branch.stride;
                branch = match (by > 1, self.random.chance(2)) {
                    (true, true) => self.conv(&branch, is_first && !is_begun, by),
                    (true, false) if !is_first || is_begun => self.pool(&branch, by, by),
                    (true, false) => self.conv(&branch, true, by),
                    (false, _) => self.layer(&branch, is_first && !is_begun, 1),
                };
                is_begun = true;
                left = left.saturating_sub(1);
            }
            branches.push(branch);
        }
        self.text += " >";
        let of = |a: f64, b: f64| if is_sum { a + b } else { a * b };
        branches.into_iter().reduce(|a, b| a.joined(&b, of)).unwrap()
    }
}

fn compare(text: &str, graph: &Graph, input: &[Vec<f64>], expected: &Sequence) {
    let (pushes, outputs) = pushed(graph, input);
    let clock = graph.clock();
    let due: Vec<_> = (clock.first..FRAMES).step_by(clock.stride).collect();
    assert_eq!(pushes, due, "{text}\n{graph}");
    // Frameworks have the last outputs at once, a machine when it has seen the frames that they wait for.
    let counts = [outputs.len(), expected.frames.len()];
    let late = clock.lag.div_ceil(clock.stride);
    assert!((counts[0]..=counts[0] + late).contains(&counts[1]), "{counts:?}: {text}\n{graph}");
    assert_close(&outputs, &expected.frames[..outputs.len()], graph);
}

/// The graph of a network with its weights, aligned. `None` where its branches never come together.
fn aligned(drawn: &Drawn) -> Option<Graph> {
    let mut errors = Errors::default();
    let network = format!("struct Drawn < {} >", drawn.text);
    let mut graph = of_net(&network, &mut errors);
    assert_eq!(errors.len(), 0, "{network}");
    let weighted: Vec<_> = graph.layers.iter().filter_map(|layer| layer.weighted).collect();
    assert_eq!(weighted.len(), drawn.tensors.len(), "{network}");
    for (value, tensors) in weighted.into_iter().zip(&drawn.tensors) {
        graph[value].tensors.clone_from(tensors);
    }
    align(&mut graph, &mut errors);
    let messages = messages(errors);
    for text in &messages {
        assert!(
            text.contains("no multiple of its stride")
                || text.contains("no multiple of their stride"),
            "{network}: {text}"
        );
    }
    messages.is_empty().then_some(graph)
}

#[test]
fn graphs_give_what_whole_sequences_give() {
    let mut refused = 0;
    for seed in 1..=NETWORKS {
        let input = Random::new(seed ^ 0xF00D).frames(WIDTH, FRAMES);
        let (drawn, expected) = Drawn::new(seed, &input);
        let Some(mut graph) = aligned(&drawn) else {
            refused += 1;
            continue;
        };
        compare(&drawn.text, &graph, &input, &expected);
        let is_read = seed % 9 == 0;
        if is_read {
            let read = read(&assert_read(&graph));
            assert_eq!(read.clock(), graph.clock(), "{graph}");
        }
        right(|errors| rewrite(&mut graph, errors));
        compare(&drawn.text, &graph, &input, &expected);
        if is_read {
            assert_read(&graph);
        }
    }
    assert!(refused < NETWORKS / 5, "{refused} are refused");
}

#[test]
fn the_steady_state_is_what_a_constant_input_comes_to() {
    for seed in 1..=NETWORKS / 3 {
        let frame = Random::new(seed ^ 0xF00D).numbers(WIDTH);
        let input = vec![frame.clone(); FRAMES];
        let (drawn, _) = Drawn::new(seed, &input);
        let Some(mut graph) = aligned(&drawn) else { continue };
        right(|errors| rewrite(&mut graph, errors));
        let steady = right(|errors| steady(&graph, &frame, errors)).unwrap();
        // What every operation keeps is what its input was at last.
        let mut machine = Machine::<f64>::new(&graph);
        let mut last = graph.table(None);
        last[Value::INPUT] = Some(frame.clone());
        for frame in &input {
            machine.push(frame, |value, frames| last[value] = frames.last().cloned());
        }
        for value in graph.lines() {
            // A pool keeps a sum or a maximum of what it has seen of its next window.
            if matches!(graph[value].op, Op::Pool(_)) {
                continue;
            }
            let input = graph[value].input().and_then(|input| last[input].clone());
            let Some((kept, input)) = steady.states[value].as_ref().zip(input) else { continue };
            for (kept, x) in kept.numbers.iter().zip(input.iter().cycle()) {
                assert!(
                    (kept - x).abs() <= 1e-6,
                    "{value}: {kept}, not {x}: {}\n{graph}",
                    drawn.text
                );
            }
        }
    }
}
