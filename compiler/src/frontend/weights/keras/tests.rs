use expect_test::expect_file;
use serde_json::Value;

use super::{graph, snake_case};
use crate::frontend::weights::words::chain;
use crate::tests::files::{Crate, messages};

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

/// The models of `tests/frameworks/formats_runs.py`: what each says is a network, or is refused with a reason.
#[test]
fn models_in_our_words() {
    let models = include_str!("../../../../../tests/weights/formats/models.json");
    let models: serde_json::Map<String, Value> = serde_json::from_str(models).unwrap();
    let krate = Crate::new("keras_models");
    std::fs::write(krate.folder.join("net.json"), r#"{"layers": []}"#).unwrap();
    let mut printed = String::new();
    for (name, model) in &models {
        printed += &format!("{name}\n");
        match graph::read(model) {
            Ok((layers, _)) => {
                let text = chain(&layers);
                printed += &format!("{}\n\n", text.replace("; ", ";\n"));
                // What it lacks is weights, and nothing else.
                for message in messages(krate.expand_net("net.json", &text)) {
                    assert!(message.ends_with("but `net.json` has 0"), "{text}: {message}");
                }
            }
            Err(why) => printed += &format!("{why}\n\n"),
        }
    }
    expect_file!["../../../tests/keras_models.txt"].assert_eq(&printed);
}
