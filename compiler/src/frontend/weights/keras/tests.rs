use serde_json::Value;
use syn::parse::{ParseStream, Parser as _};

use super::{graph, snake_case};
use crate::errors::Errors;
use crate::frontend::lower::lower;
use crate::frontend::parse;

#[test]
fn classes_are_named_as_keras_names_them() {
    let names = [
        ("Conv1D", "conv1d"),
        ("DepthwiseConv1D", "depthwise_conv1d"),
        ("Conv1DTranspose", "conv1d_transpose"),
        ("DepthwiseConv2D", "depthwise_conv2d"),
        ("BatchNormalization", "batch_normalization"),
        ("PReLU", "p_re_lu"),
        ("ReLU", "re_lu"),
        ("GRU", "gru"),
        ("LSTM", "lstm"),
        ("TimeDistributed", "time_distributed"),
        ("Bidirectional", "bidirectional"),
    ];
    for (class, name) in names {
        assert_eq!(snake_case(class), name);
    }
}

/// The models of `tests/frameworks/formats_runs.py`: each is the network that is written beside its name in
/// `keras_models.txt`, or is refused with the reason there.
#[test]
fn models_are_the_networks_that_a_user_would_write() {
    let models = include_str!("../../../../../tests/weights/formats/models.json");
    let models: serde_json::Map<String, Value> = serde_json::from_str(models).unwrap();
    let written = include_str!("../../../tests/keras_models.txt");
    let written = written.trim_end().split("\n\n").map(|one| one.split_once('\n').unwrap());
    let written: Vec<_> = written.collect();
    assert_eq!(
        written.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        models.keys().collect::<Vec<_>>()
    );
    for ((name, written), model) in written.into_iter().zip(models.values()) {
        match graph::read(model) {
            Ok((file, _)) => assert_eq!(file.graph.to_string(), lowered(written), "{name}"),
            Err(why) => assert_eq!(why.to_string(), written, "{name}"),
        }
    }
}

/// The text of the graph of layers that are written.
fn lowered(layers: &str) -> String {
    let mut errors = Errors::default();
    let parse = |input: ParseStream<'_>| Ok(parse::net(input, &mut errors));
    let ast = parse.parse_str(&format!("struct Net < {layers} >")).unwrap().unwrap();
    let graph = lower(&ast, &mut errors).graph;
    assert!(errors.finish().is_none(), "{layers}");
    graph.to_string()
}
