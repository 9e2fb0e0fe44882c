//! Replays recorded runs of models that frameworks exported. `tests/frameworks/onnx_loops.py` writes the files.

pub(crate) mod model;
mod opsets;
mod refused;
mod robust;
mod suite;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use proc_macro2::TokenStream;
use serde_json::Value as Json;

use super::{Words, read};
use crate::errors::Errors;
use crate::eval::Machine;
use crate::graph::Graph;
use crate::passes;

/// A run of a model, one row for each frame.
struct Run {
    /// Whether the model has a fixed number of frames, and one output.
    is_window: bool,
    /// The push of the first output.
    first: usize,
    input: Vec<Vec<f64>>,
    output: Vec<Vec<f64>>,
}

impl Run {
    fn read(path: &Path) -> Self {
        let json: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let row = |row: &Json| {
            row.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let rows = |key: &str| json[key].as_array().unwrap().iter().map(row).collect();
        Self {
            is_window: json["is_window"].as_bool().unwrap(),
            first: usize::try_from(json["first"].as_u64().unwrap()).unwrap(),
            input: rows("input"),
            output: rows("output"),
        }
    }
}

/// The models of a folder of recorded runs, by name.
fn models(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/onnx").join(folder);
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "onnx"))
        .collect();
    files.sort();
    let name = |file: &PathBuf| file.file_stem().unwrap().to_string_lossy().into_owned();
    files.into_iter().map(|file| (name(&file), file)).collect()
}

fn graph(file: &Path, words: &Words) -> Result<Graph, String> {
    let mut graph = read(&fs::read(file).unwrap(), words, None, &TokenStream::new())
        .map_err(|message| message.to_string())?
        .0;
    let mut errors = Errors::default();
    passes::align::align(&mut graph, &mut errors);
    passes::rewrite(&mut graph, &mut errors);
    match errors.finish() {
        Some(errors) => Err(errors.iter().map(ToString::to_string).collect()),
        None => Ok(graph),
    }
}

/// The largest difference from a recorded run, which has to have an output at the same pushes.
fn difference(graph: &Graph, run: &Run) -> f64 {
    let mut machine = Machine::<f64>::new(graph);
    let pushed = |(push, frame): (usize, &Vec<f64>)| {
        machine
            .push(frame, |_, _| {})
            .into_iter()
            .flatten()
            .map(move |output| (push, output))
            .collect::<Vec<_>>()
    };
    let outputs: Vec<_> = run.input.iter().enumerate().flat_map(pushed).collect();
    assert_eq!(outputs.first().map(|(push, _)| *push), Some(run.first));
    assert_eq!(outputs.len(), run.output.len());
    let pairs = outputs.iter().zip(&run.output).flat_map(|((_, output), wanted)| {
        assert_eq!(output.len(), wanted.len());
        output.iter().zip(wanted)
    });
    pairs
        .map(|(output, wanted)| (output - wanted).abs() / wanted.abs().max(1.0))
        .fold(0.0, f64::max)
}

#[test]
fn loops_over_frames_are_the_cells_that_keras_has() {
    let mut networks = String::new();
    for (name, file) in models("loops") {
        let run = Run::read(&file.with_extension("json"));
        let words =
            Words { time: run.is_window.then_some(1), carries: run.is_window, ..Words::default() };
        let graph = graph(&file, &words).unwrap_or_else(|why| panic!("{name}: {why}"));
        let difference = difference(&graph, &run);
        assert!(difference < 1e-6, "{name}: {difference:e}");
        let layers: Vec<_> = graph
            .layers
            .iter()
            .filter_map(|layer| layer.name.as_ref())
            .map(ToString::to_string)
            .collect();
        writeln!(networks, "{name}: {}\n{graph}", layers.join(", ")).unwrap();
    }
    expect_file!["tests/loops.txt"].assert_eq(&networks);
}

#[test]
fn loops_that_are_no_cell_are_refused_with_what_to_do() {
    let mut messages = String::new();
    for (name, file) in models("loops/refused") {
        let words = Words { time: Some(1), carries: true, ..Words::default() };
        let why = graph(&file, &words).map(|_| ()).unwrap_err();
        writeln!(messages, "{name}: {why}\n").unwrap();
    }
    expect_file!["tests/loops_refused.txt"].assert_eq(&messages);
}

/// Appends an entry of the metadata to a file.
fn with_metadata(mut file: Vec<u8>, key: &str, value: &str) -> Vec<u8> {
    let field = |tag: u8, bytes: &[u8]| {
        let length = u8::try_from(bytes.len()).unwrap();
        [&[tag, length], bytes].concat()
    };
    let entry = [field(0x0a, key.as_bytes()), field(0x12, value.as_bytes())].concat();
    file.extend(field(0x72, &entry));
    file
}

#[test]
fn the_axis_of_time_is_in_the_metadata_unless_the_user_says_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/onnx");
    let file = fs::read(folder.join("window.onnx")).unwrap();
    let network = |time: Option<usize>, file: &[u8]| {
        let words = Words { time, carries: true, ..Words::default() };
        let read = read(file, &words, None, &TokenStream::new());
        read.map(|(graph, _)| graph.to_string()).map_err(|message| message.to_string())
    };
    let said = network(Some(2), &file);
    assert!(said.is_ok(), "{said:?}");
    assert!(network(None, &file).unwrap_err().contains("which axis"));
    assert_eq!(network(None, &with_metadata(file.clone(), "streaming_net.time", "2")), said);
    let other = with_metadata(file, "streaming_net.time", "3");
    assert_eq!(network(Some(2), &other), said);
    assert_ne!(network(None, &other), said);
}
