//! The values in i64, and what they are made of.

use super::cell::QuantisedCell;
use super::ends;
use super::floats::{self, Stream, frames, half, map, windows, zip};
use super::graph::{Conv, Graph, Node, is_limit, product};
use super::softmax;

/// Scales and integers of each value.
pub(super) struct Quantised {
    scales: Vec<f64>,
    rows: Vec<Vec<Row>>,
    tables: Vec<Option<Table>>,
    cells: Vec<Option<QuantisedCell>>,
}

/// `(bias + Σ weight * number) >> shift`
pub(super) struct Row {
    pub(super) weights: Vec<i64>,
    pub(super) bias: i64,
    pub(super) shift: u32,
}

pub(super) struct Table {
    values: Vec<i64>,
    bits: u32,
}

pub(super) fn nearest(x: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "it is in range")]
    {
        x.round().clamp(-32768.0, 32767.0) as i64
    }
}

fn as_f32(x: f64) -> f64 {
    #[allow(clippy::cast_possible_truncation, reason = "the nearest f32")]
    {
        f64::from(x as f32)
    }
}

/// The largest number of a value.
fn most(stream: &Stream<f64>) -> f64 {
    stream.iter().flatten().flatten().fold(0.0_f64, |most, x| most.max(x.abs()))
}

impl Quantised {
    /// What is made of a graph, in which values get a scale of their own that would have a quarter of the range of those that
    /// they are added to.
    pub(super) fn of(graph: &mut Graph, input: &[Vec<f64>], full: Option<f64>) -> Self {
        let values = floats::values(graph, input);
        let scales = Self::scales(graph, &values, full);
        for (place, stream) in values.iter().enumerate().skip(1).rev() {
            let is_coarse = scales[place] * 32768.0 >= 4.0 * most(stream) * 1.25;
            if is_coarse && graph.is_read_in_another_scale(place) {
                let channels = stream.iter().flatten().next().map_or(1, Vec::len);
                graph.separate(place, channels);
            }
        }
        let values = floats::values(graph, input);
        let scales = Self::scales(graph, &values, full);
        for (place, stream) in values.iter().enumerate().rev() {
            let functions = ends::far_before(graph, place, scales[place] * 32768.0);
            if functions.contains(&true) {
                let channels = stream.iter().flatten().next().map_or(1, Vec::len);
                graph.insert_behind(place, |reader| functions[reader], product(place, channels));
            }
        }
        graph.lengthen_sums();
        Self::of_graph(graph, input, full)
    }

    fn scales(graph: &Graph, values: &[Stream<f64>], full: Option<f64>) -> Vec<f64> {
        let mut group: Vec<usize> = (0..graph.nodes.len()).collect();
        let join = |group: &mut Vec<usize>, a: usize, b: usize| {
            let (one, two) = (group[a].min(group[b]), group[a].max(group[b]));
            group.iter_mut().filter(|member| **member == two).for_each(|member| *member = one);
        };
        let mut pairs = Vec::new();
        for (place, node) in graph.nodes.iter().enumerate() {
            match node {
                Node::Conv { seed: Some(x), .. }
                | Node::Pool { x, .. }
                | Node::Newest { x, .. }
                | Node::Delay { x, .. }
                | Node::Half { x, .. } => pairs.push((*x, place)),
                Node::Function { x, name, .. } if is_limit(name) => pairs.push((*x, place)),
                Node::FeaturePool { x, pool } if pool.keeps_scale() => pairs.push((*x, place)),
                Node::Add { a, b } => pairs.extend([(*a, place), (*b, place)]),
                Node::Blend { plain, active, .. } => {
                    pairs.extend([(*plain, place), (*active, place)]);
                }
                Node::Several { x, several } if several.keeps_scale() => pairs.push((*x, place)),
                _ => {}
            }
        }
        // A drawn network starts with a convolution: the input is added to nothing.
        for (a, b) in pairs {
            join(&mut group, a, b);
        }
        let mut ranges = vec![0.0_f64; graph.nodes.len()];
        let mut is_rounded = vec![false; graph.nodes.len()];
        let functions: Vec<_> = graph
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(place, node)| match node {
                Node::Function { x, name, .. } if !is_limit(name) => {
                    Some((name, group[*x], group[place]))
                }
                _ => None,
            })
            .collect();
        for ((group, stream), node) in group.iter().zip(values).zip(&graph.nodes) {
            // What a table gives is known.
            if !matches!(node, Node::Function { name, .. } if !is_limit(name)) {
                ranges[*group] = ranges[*group].max(most(stream) * 1.25);
            }
        }
        for (_, before, behind) in &functions {
            is_rounded[*before] = true;
            is_rounded[*behind] = true;
        }
        // What a cell or a softmax gives is a part of 1.
        for (place, node) in graph.nodes.iter().enumerate() {
            if matches!(node, Node::Cell { .. } | Node::Softmax { .. }) {
                let group = group[place];
                is_rounded[group] = true;
                ranges[group] = 1.0;
            }
        }
        let output = group[graph.nodes.len() - 1];
        for place in 1..graph.nodes.len() {
            if group[place] == place
                && place != output
                && let Some(end) = ends::of_group(graph, &group, place, ranges[place])
            {
                ranges[place] = end;
            }
        }
        let full_of = |group: usize, range: f64| match full {
            Some(full) if group == 0 => full,
            _ if range <= 0.0 => 1.0,
            _ if is_rounded[group] => range.log2().ceil().exp2(),
            _ => range,
        };
        let sums = graph.nodes.iter().enumerate().filter_map(|(place, node)| match node {
            Node::FeaturePool { x, pool } if !pool.keeps_scale() => Some((group[*x], group[place])),
            _ => None,
        });
        let sums: Vec<_> = sums.collect();
        for _ in 0..functions.len() + sums.len() {
            // A factor is one half at most.
            for (before, behind) in &sums {
                ranges[*behind] = ranges[*behind].max(2.0 * full_of(*before, ranges[*before]));
            }
            for (name, before, behind) in &functions {
                let full = full_of(*before, ranges[*before]);
                let outputs = (-128..=128)
                    .map(|part| floats::function(name, 0.0, f64::from(part) / 128.0 * full).abs());
                ranges[*behind] = outputs.fold(ranges[*behind], f64::max);
            }
        }
        group.iter().map(|group| as_f32(full_of(*group, ranges[*group]) / 32768.0)).collect()
    }

    fn of_graph(graph: &Graph, input: &[Vec<f64>], full: Option<f64>) -> Self {
        let values = floats::values(graph, input);
        let scales = Self::scales(graph, &values, full);
        let rows = graph.nodes.iter().enumerate().map(|(place, node)| match node {
            Node::Conv { x, conv, .. } => {
                conv_rows(conv, scales[*x], scales[place], graph.is_fine(place))
            }
            Node::Plane { x, plane } => plane.rows(scales[*x], scales[place]),
            Node::Several { x, several } => several.rows(scales[*x], scales[place]),
            _ => Vec::new(),
        });
        let tables = graph.nodes.iter().enumerate().map(|(place, node)| match node {
            Node::Function { x, name, .. } if !is_limit(name) => {
                Some(Table::of(name, scales[*x], scales[place]))
            }
            _ => None,
        });
        let cells = graph.nodes.iter().map(|node| match node {
            Node::Cell { x, cell } => Some(QuantisedCell::of(cell, &values[*x], scales[*x])),
            _ => None,
        });
        let (rows, tables, cells) = (rows.collect(), tables.collect(), cells.collect());
        Self { scales, rows, tables, cells }
    }

    pub(super) fn scale(&self, place: usize) -> f64 {
        self.scales[place]
    }

    /// The output for each frame.
    pub(super) fn replay(&self, graph: &Graph, input: Stream<i64>) -> Stream<i64> {
        let mut values = vec![input];
        // The fine sums of a value that has some.
        let mut fine: Vec<Option<Stream<i64>>> = vec![None];
        for (place, node) in graph.nodes.iter().enumerate().skip(1) {
            let stream = match node {
                Node::Input => unreachable!("there is one input"),
                Node::Conv { x, conv, seed } if graph.is_fine(place) => {
                    let start = seed.map(|seed| {
                        let whole = map(&values[seed], |x| 256 * x + 128);
                        fine[seed].clone().unwrap_or(whole)
                    });
                    let sums =
                        zip_or(&self.convolved(place, conv, &values[*x]), start, |sum, start| {
                            assert!(i32::try_from(sum + start).is_ok(), "a sum overflows");
                            (sum + start).clamp(-(1 << 23), (1 << 23) - 1)
                        });
                    let rounded = map(&sums, |sum| sum.div_euclid(256));
                    fine.push(Some(sums));
                    values.push(rounded);
                    continue;
                }
                Node::Conv { x, conv, .. } => {
                    let low = if conv.is_rectified { 0 } else { -32768 };
                    map(&self.convolved(place, conv, &values[*x]), |sum| sum.clamp(low, 32767))
                }
                Node::Function { x, name, slope } => {
                    let scale = self.scales[place];
                    map(&values[*x], |x| match name.as_str() {
                        "relu" => x.max(0),
                        "relu6" => x.clamp(0, nearest(6.0 / scale)),
                        "hard_tanh" => x.clamp(nearest(-1.0 / scale), nearest(1.0 / scale)),
                        "leaky_relu" if x >= 0 => x,
                        "leaky_relu" => {
                            (x * nearest(as_f32(*slope) * 32768.0) + 16384).div_euclid(32768)
                        }
                        _ => self.tables[place].as_ref().expect("a table").at(x),
                    })
                }
                Node::Pool { x, pool } => pool.replay(&values[*x]),
                Node::FeaturePool { x, pool } => {
                    let factor = self.scales[*x] / self.scales[place];
                    frames(&values[*x], |frame| pool.replay(frame, factor))
                }
                Node::Cell { x, cell } => {
                    self.cells[place].as_ref().expect("a cell").replay(cell, &values[*x])
                }
                Node::Norm { x, norm } => {
                    let (input, output) = (self.scales[*x], self.scales[place]);
                    frames(&values[*x], |frame| norm.replay(frame, input, output))
                }
                Node::Softmax { x, .. } => {
                    let scale = self.scales[*x];
                    frames(&values[*x], |frame| softmax::replay(frame, scale))
                }
                Node::Newest { x, frames } => {
                    windows(&values[*x], (*frames, 1, 1), false, <[Vec<i64>]>::concat)
                }
                Node::Delay { x, frames } => {
                    windows(&values[*x], (2, *frames, 1), false, |taps| taps[0].clone())
                }
                Node::Add { a, b } => {
                    zip(&values[*a], &values[*b], |a, b| (a + b).clamp(-32768, 32767))
                }
                Node::Half { x, is_second } => half(&values[*x], *is_second),
                Node::Multiply { a, b } => {
                    let factor = self.scales[*a] * self.scales[*b] / self.scales[place];
                    zip(&values[*a], &values[*b], |a, b| scaled(a * b, factor))
                }
                Node::Blend { plain, active, share } => {
                    let factor = self.scales[*share];
                    let apart =
                        zip(&values[*active], &values[*plain], |active, plain| active - plain);
                    let parts =
                        zip(&apart, &values[*share], |apart, share| scaled(apart * share, factor));
                    zip(&values[*plain], &parts, |plain, part| (plain + part).clamp(-32768, 32767))
                }
                Node::Plane { x, plane } => plane.integers(&values[*x], &self.rows[place]),
                Node::Several { x, several } => several.integers(&values[*x], &self.rows[place]),
            };
            values.push(stream);
            fine.push(None);
        }
        values.pop().expect("a value")
    }

    /// The sums, shifted.
    fn convolved(&self, place: usize, conv: &Conv, x: &Stream<i64>) -> Stream<i64> {
        let rows = &self.rows[place];
        let shape = (conv.kernel.len(), conv.dilation, conv.stride);
        windows(x, shape, conv.causal, |taps| {
            let of_group = rows.len() / conv.groups;
            let inputs = conv.kernel[0].len();
            let sum = |(output, row): (usize, &Row)| {
                let first = output / of_group * inputs;
                let numbers = taps.iter().flat_map(|tap| tap[first..first + inputs].iter());
                let products = numbers.zip(&row.weights).map(|(x, weight)| x * weight);
                let sum = row.bias + products.sum::<i64>();
                assert!(i32::try_from(sum).is_ok(), "a sum overflows");
                sum >> row.shift
            };
            rows.iter().enumerate().map(sum).collect()
        })
    }
}

/// What sums are that start from others, or from one half of a whole.
fn zip_or(
    sums: &Stream<i64>,
    start: Option<Stream<i64>>,
    of: impl Fn(i64, i64) -> i64,
) -> Stream<i64> {
    match start {
        Some(start) => zip(sums, &start, of),
        None => map(sums, |sum| of(sum, 128)),
    }
}

/// `number * factor`, by the nearest factor of 16 bits.
pub(super) fn scaled(number: i64, factor: f64) -> i64 {
    let shift =
        (0..=30).find(|shift| factor * f64::from(1_u32 << shift) * 65536.0 > 16384.0).unwrap_or(30);
    #[allow(clippy::cast_possible_truncation, reason = "at most 2^15")]
    let multiplier = (factor * f64::from(1_u32 << shift) * 65536.0).round() as i64;
    let product = number * multiplier;
    ((product + (1 << (15 + shift))) >> (16 + shift)).clamp(-32768, 32767)
}

fn conv_rows(conv: &Conv, input: f64, output: f64, is_fine: bool) -> Vec<Row> {
    let one = |place: usize| {
        let weights: Vec<f64> =
            conv.kernel.iter().flatten().map(|outputs| outputs[place] * (input / output)).collect();
        let bias = conv.bias[place] / output;
        row(&weights, bias, is_fine)
    };
    (0..conv.bias.len()).map(one).collect()
}

/// The finest integers of a row, whose weights and bias are in steps of the output, without an overflow.
pub(super) fn row(weights: &[f64], bias: f64, is_fine: bool) -> Row {
    // Bits of the fraction.
    let fraction = if is_fine { 8 } else { 0 };
    let row = |shift: u32| {
        let unit = f64::from(1_u32 << shift);
        #[allow(clippy::cast_possible_truncation, reason = "far below 2^63")]
        let integer = |x: f64| (x * unit).round() as i64;
        let weights: Vec<i64> = weights.iter().copied().map(integer).collect();
        let half = if shift > 0 && !is_fine { 1 << (shift - 1) } else { 0 };
        let bias = integer(bias) + half;
        let sum: i64 = weights.iter().map(|weight| weight.abs() * 32768).sum();
        let sum = bias.abs() + sum;
        let fits = sum < 1 << 31
            && ((sum >> (shift - fraction)) + (32768 << fraction)) < 1 << 31
            && weights.iter().all(|weight| weight.abs() <= 32767);
        fits.then_some(Row { weights, bias, shift: shift - fraction })
    };
    (fraction..=30).rev().find_map(row).expect("a network that was compiled")
}

impl Table {
    /// The shortest that is off by 1 at most.
    pub(super) fn of(name: &str, input: f64, output: f64) -> Self {
        let exact = |x: i64| {
            #[allow(clippy::cast_precision_loss, reason = "16 bits")]
            nearest(floats::function(name, 0.0, x as f64 * input) / output)
        };
        let of = |bits: u32| {
            let step = 65536 >> bits;
            Self {
                values: (0..=1 << bits).map(|entry| exact(entry * step - 32768)).collect(),
                bits,
            }
        };
        let is_near = |table: &Self| (-32768..32768).all(|x| (table.at(x) - exact(x)).abs() <= 1);
        (6..=12).map(of).find(is_near).expect("a network that was compiled")
    }

    pub(super) fn at(&self, x: i64) -> i64 {
        let step = 65536 >> self.bits;
        let place = x + 32768;
        let entry = usize::try_from(place / step).expect("16 bits");
        let [from, to] = [self.values[entry], self.values[entry + 1]];
        from + ((to - from) * (place % step) + step / 2).div_euclid(step)
    }
}
