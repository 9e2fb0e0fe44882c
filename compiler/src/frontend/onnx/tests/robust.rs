//! Broken, huge and deep files: each is an error, and soon.

use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

use super::super::{Words, read};
use super::model::{field, number};
use crate::graph::Graph;

fn node(op: &str, inputs: &[&str], output: &str, attributes: &[Vec<u8>]) -> Vec<u8> {
    let inputs = inputs.iter().flat_map(|input| field(1, input.as_bytes()));
    let attributes = attributes.iter().flat_map(|attribute| field(5, attribute));
    let own = [field(2, output.as_bytes()), field(4, op.as_bytes())].concat();
    field(1, &inputs.chain(own).chain(attributes).collect::<Vec<_>>())
}

fn ints(name: &str, numbers: &[i64]) -> Vec<u8> {
    let own = numbers.iter().flat_map(|one| number(8, *one));
    [field(1, name.as_bytes()), own.collect(), number(20, 7)].concat()
}

fn tensor(name: &str, dims: &[i64], numbers: &[f32]) -> Vec<u8> {
    let dims = dims.iter().flat_map(|dim| number(1, *dim));
    let raw: Vec<_> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let own = [number(2, 1), field(8, name.as_bytes()), field(9, &raw)].concat();
    field(5, &dims.chain(own).collect::<Vec<_>>())
}

fn list(name: &str, numbers: &[i64]) -> Vec<u8> {
    let raw: Vec<_> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let dims = number(1, i64::try_from(numbers.len()).unwrap());
    field(5, &[dims, number(2, 7), field(8, name.as_bytes()), field(9, &raw)].concat())
}

/// `x` or `y`, of shape (1, 4, T).
fn info(place: u64, name: &str) -> Vec<u8> {
    let lengths = [number(1, 1), number(1, 4), field(2, b"T")].map(|length| field(1, &length));
    let of_type = field(1, &[number(1, 1), field(2, &lengths.concat())].concat());
    field(place, &[field(1, name.as_bytes()), field(2, &of_type)].concat())
}

fn model(parts: &[Vec<u8>]) -> Vec<u8> {
    let graph = [info(11, "x"), parts.concat(), info(12, "y")].concat();
    [number(1, 8), field(7, &graph), field(8, &number(2, 17))].concat()
}

/// A convolution, an activation, and a sum.
fn small() -> Vec<u8> {
    let weights: Vec<_> = (0..48_u8).map(|number| f32::from(number) / 48.0).collect();
    model(&[
        tensor("w", &[4, 4, 3], &weights),
        tensor("b", &[4], &[0.1, 0.2, 0.3, 0.4]),
        node("Conv", &["x", "w", "b"], "c", &[ints("pads", &[2, 0]), ints("kernel_shape", &[3])]),
        node("Relu", &["c"], "r", &[]),
        node("Add", &["r", "x"], "y", &[]),
    ])
}

fn words() -> Words {
    Words { time: Some(2), ..Words::default() }
}

fn reads(bytes: &[u8]) -> Result<Graph, String> {
    let read = read(bytes, &words(), None, &TokenStream::new());
    read.map(|(graph, _)| graph).map_err(|message| message.to_string())
}

#[track_caller]
fn refused(bytes: &[u8], why: &str) {
    let Err(message) = reads(bytes) else { panic!("it is read") };
    assert!(message.contains(why), "{message}");
}

/// What `of` gives, which takes no longer than seconds.
#[track_caller]
fn soon<T>(of: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = of();
    let took = started.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
    result
}

#[test]
fn a_file_that_ends_early_is_an_error() {
    let whole = small();
    assert!(reads(&whole).is_ok());
    // What follows the graph is the version of the operations, without which the standard's first is meant.
    let graph_ends = whole.len() - field(8, &number(2, 17)).len();
    for length in (0..whole.len()).filter(|length| *length != graph_ends) {
        assert!(reads(&whole[..length]).is_err(), "{length} of {}", whole.len());
    }
}

#[test]
fn changed_bytes_do_no_harm() {
    let whole = small();
    // A linear congruential generator, of Knuth's constants.
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..10_000 {
        let mut bytes = whole.clone();
        for _ in 0..=next(3) {
            let at = next(bytes.len());
            bytes[at] ^= 1 << next(8);
        }
        if reads(&bytes).is_ok() { right += 1 } else { wrong += 1 }
    }
    assert!(right > 1000 && wrong > 1000, "{right} are read, {wrong} are not");
}

#[test]
fn a_hundred_thousand_nodes_are_read_soon() {
    let names: Vec<_> = (0..100_000).map(|place| format!("v{place}")).collect();
    let mut parts = vec![node("Identity", &["x"], "v0", &[])];
    for (place, pair) in names.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        parts.push(match place % 3 {
            0 => node("Relu", &[from], to, &[]),
            1 => node("Add", &[from, "x"], to, &[]),
            _ => node("Identity", &[from], to, &[]),
        });
    }
    parts.push(node("Identity", &[names.last().unwrap()], "y", &[]));
    let bytes = model(&parts);
    let network = soon(|| reads(&bytes)).unwrap();
    assert_eq!(network.outputs(), 4);
}

#[test]
fn ten_thousand_inputs_are_joined_soon() {
    let axis = [field(1, b"axis"), number(3, 1), number(20, 2)].concat();
    let bytes = model(&[node("Concat", &vec!["x"; 10_000], "y", &[axis])]);
    let network = soon(|| reads(&bytes)).unwrap();
    assert_eq!(network.outputs(), 40_000);
}

#[test]
fn graphs_a_thousand_deep_are_an_error() {
    let mut graph = node("Identity", &["x"], "y", &[]);
    for _ in 0..1000 {
        let branch = [field(1, b"then_branch"), field(6, &graph), number(20, 5)].concat();
        graph = node("If", &["x"], "y", &[branch]);
    }
    refused(&model(&[graph]), "it is no ONNX model");
}

#[test]
fn bombs_are_refused() {
    let huge = [1 << 20, 1 << 20, 1 << 20];
    let filled = [
        list("s", &huge),
        node("ConstantOfShape", &["s"], "c", &[]),
        node("Add", &["x", "c"], "y", &[]),
    ];
    refused(&model(&filled), "its numbers are too many to be computed");
    let expanded = [list("s", &[1 << 28, 4, 1 << 20]), node("Expand", &["x", "s"], "y", &[])];
    refused(&model(&expanded), "its numbers are too many to be computed");
    let tiled = [list("s", &[1 << 31, 1 << 31, 1]), node("Tile", &["x", "s"], "y", &[])];
    refused(&model(&tiled), "its numbers are too many to be computed");
    let counted = [
        [list("a", &[0]), list("b", &[i64::MAX]), list("c", &[1])].concat(),
        node("Range", &["a", "b", "c"], "r", &[]),
        node("Add", &["x", "r"], "y", &[]),
    ];
    refused(&model(&counted), "it counts from 0 to 9223372036854775807 by 1");
    // Each of these is small, and all of them are not.
    let mut many = vec![list("s", &[1, 1 << 20, 1])];
    for place in 0..200 {
        many.push(node("ConstantOfShape", &["s"], &format!("c{place}"), &[]));
    }
    many.push(node("Identity", &["x"], "y", &[]));
    refused(&model(&many), "its numbers are too many to be computed");
}

#[test]
fn tensors_that_are_not_read_are_named() {
    let with = |tensor: Vec<u8>| model(&[tensor, node("Mul", &["x", "w"], "y", &[])]);
    let own = [number(2, 1), field(8, b"w")].concat();
    let external = field(5, &[own.clone(), field(13, b""), number(14, 1)].concat());
    refused(&with(external), "the tensor `w` has its numbers in another file\nhelp: ");
    let huge = [number(1, 1 << 40), number(1, 1 << 40), own].concat();
    refused(&with(field(5, &huge)), "the tensor `w` has too many numbers\nhelp: ");
    refused(&with(field(15, b"")), "it has sparse tensors, which are not read\nhelp: ");
}

#[test]
fn lengths_beyond_any_number_are_refused() {
    for number in [i64::MAX, i64::MIN, i64::MIN + 1, 1 << 40, -1, 0] {
        for (attribute, numbers) in [
            ("pads", vec![number, number]),
            ("strides", vec![number]),
            ("dilations", vec![number]),
            ("kernel_shape", vec![number]),
            ("output_shape", vec![number]),
            ("output_padding", vec![number]),
        ] {
            let weights = tensor("w", &[4, 4, 3], &[0.0; 48]);
            // Some are right, and none is a panic.
            let _ = reads(&model(&[
                weights,
                node("Conv", &["x", "w"], "y", &[ints(attribute, &numbers)]),
            ]));
            let pool = [ints("kernel_shape", &[2]), ints(attribute, &numbers)];
            let _ = reads(&model(&[node("MaxPool", &["x"], "y", &pool)]));
            let _ = reads(&model(&[node("AveragePool", &["x"], "y", &pool)]));
            let weights = tensor("w", &[4, 4, 3], &[0.0; 48]);
            let attributes = [ints(attribute, &numbers)];
            let _ = reads(&model(&[weights, node("ConvTranspose", &["x", "w"], "y", &attributes)]));
            // In groups.
            let weights = tensor("w", &[4, 2, 3], &[0.0; 24]);
            let group =
                [field(1, b"group"), super::model::number(3, 2), super::model::number(20, 2)];
            let attributes = [ints(attribute, &numbers), group.concat()];
            let _ = reads(&model(&[weights, node("ConvTranspose", &["x", "w"], "y", &attributes)]));
        }
        for (op, starts) in [
            ("Pad", 6),
            ("Slice", 2),
            ("Squeeze", 1),
            ("Unsqueeze", 1),
            ("Reshape", 3),
            ("Split", 2),
        ] {
            let parts =
                [list("n", &vec![number; starts]), node(op, &["x", "n", "n", "n", "n"], "y", &[])];
            let _ = reads(&model(&parts));
            let parts = [
                list("n", &vec![number; starts]),
                node(op, &["x", "n"], "y", &[ints("axes", &[number])]),
            ];
            let _ = reads(&model(&parts));
        }
        for (a, b) in [("n", "m"), ("m", "n")] {
            for op in ["Add", "Sub", "Mul", "Div", "Mod", "Min", "Max", "Pow", "Equal"] {
                let lists = [list("n", &[number]), list("m", &[i64::MAX])].concat();
                let _ = reads(&model(&[
                    lists,
                    node(op, &[a, b], "c", &[]),
                    node("Add", &["x", "c"], "y", &[]),
                ]));
            }
        }
    }
}
