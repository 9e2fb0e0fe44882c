//! Files of safetensors: what their names and their order say, and recorded runs in them.

use expect_test::expect_file;
use serde_json::{Map, json};

use super::files::Crate;

/// A tensor's name, type, shape and numbers.
type Saved<'a> = (&'a str, &'a str, &'a [usize], &'a [f32]);

/// The bytes of a file with these tensors, and one key of metadata.
fn file(tensors: &[Saved<'_>], metadata: Option<(&str, &str)>) -> Vec<u8> {
    let (mut header, mut data) = (Map::new(), Vec::new());
    if let Some((key, value)) = metadata {
        header.insert("__metadata__".to_owned(), json!({ key: value }));
    }
    for (name, dtype, shape, numbers) in tensors {
        let begin = data.len();
        for number in *numbers {
            match *dtype {
                "F32" => data.extend(number.to_le_bytes()),
                _ => data.push(u8::from(*number != 0.0)),
            }
        }
        let entry = json!({ "dtype": dtype, "shape": shape, "data_offsets": [begin, data.len()] });
        header.insert((*name).to_owned(), entry);
    }
    let header = serde_json::to_vec(&header).unwrap();
    let length = u64::try_from(header.len()).unwrap();
    [length.to_le_bytes().as_slice(), &header, &data].concat()
}

/// With tensors of ones, and perhaps the order of the layers.
fn weights(tensors: &[(&str, &[usize])], layers: Option<&str>) -> Vec<u8> {
    let ones = [1.0; 8];
    let tensors = tensors.iter().map(|(name, shape)| -> Saved<'_> {
        (name, "F32", shape, &ones[..shape.iter().product()])
    });
    let metadata = layers.map(|layers| ("streaming_net.layers", layers));
    file(&tensors.collect::<Vec<_>>(), metadata)
}

#[test]
fn names_and_order() {
    type Tensors = [(&'static str, &'static [usize])];
    const DENSE: &[usize] = &[1, 1];
    const RNN: &[(&str, &[usize])] = &[
        ("net.rnn.weight_ih_l0", &[3, 1]),
        ("net.rnn.weight_hh_l0", &[3, 1]),
        ("net.rnn.weight_ih_l1", &[3, 1]),
        ("net.rnn.weight_hh_l1", &[3, 1]),
    ];
    const STATES: &[(&str, &[usize])] = &[
        ("w2.weight_ih_l0", &[4, 1]),
        ("w2.weight_hh_l0", &[4, 1]),
        ("w2.initial_h", &[1]),
        ("w2.initial_c", &[1]),
    ];
    const STATES_OF_TWO: &[(&str, &[usize])] = &[
        ("w2.weight_ih_l0", &[4, 1]),
        ("w2.weight_hh_l0", &[4, 1]),
        ("w2.initial_h_l0", &[1]),
        ("w2.initial_c_l0", &[1]),
        ("w2.weight_ih_l1", &[4, 1]),
        ("w2.weight_hh_l1", &[4, 1]),
        ("w2.initial_h_l1", &[1]),
        ("w2.initial_c_l1", &[1]),
        ("w2.initial_h", &[1]),
    ];
    let lstm = "w2: lstm(in=1, units=1, no_bias, initial)";
    let lstms = "lstm(in=1, units=1, no_bias, initial); lstm(units=1, no_bias, initial)";
    let two = "dense(in=1, out=1, no_bias); dense(out=1, no_bias)";
    let labelled = "a: dense(in=1, out=1, no_bias); b: dense(out=1, no_bias)";
    let grus = "gru(in=1, units=1, no_bias); gru(units=1, no_bias)";
    let cases: &[(&str, &Tensors, Option<&str>)] = &[
        // Right.
        (two, &[("10.weight", DENSE), ("9.weight", DENSE)], None),
        (two, &[("a.1.0.weight", DENSE), ("a.1.2.weight", DENSE)], None),
        (two, &[("b.weight", DENSE), ("a.weight", DENSE)], Some(r#"["b", "a"]"#)),
        (labelled, &[("b.weight", DENSE), ("a.weight", DENSE)], None),
        (labelled, &[("net.b.weight", DENSE), ("x.a.weight", DENSE)], None),
        ("x_0: dense(in=1, out=1, no_bias)", &[("x.0.weight", DENSE)], None),
        ("dense(in=1, out=1, no_bias)", &[("weight", DENSE)], None),
        (grus, RNN, None),
        (grus, RNN, Some(r#"["net.rnn"]"#)),
        ("rnn_l0: gru(in=1, units=1, no_bias); net_rnn_l1: gru(units=1, no_bias)", RNN, None),
        (lstm, STATES, None),
        (lstms, &STATES_OF_TWO[..8], None),
        // Wrong.
        (lstms, STATES_OF_TWO, None),
        (two, &[("b.weight", DENSE), ("a.weight", DENSE)], None),
        (two, &[("a.weight", DENSE), ("a.0.weight", DENSE)], None),
        (two, &[("b.weight", DENSE), ("a.weight", DENSE)], Some(r#"["b"]"#)),
        (two, &[("b.weight", DENSE), ("a.weight", DENSE)], Some(r#"["b", "a", "c"]"#)),
        (two, &[("b.weight", DENSE), ("a.weight", DENSE)], Some("b, a")),
        (labelled, &[("x.a.weight", DENSE), ("y.a.weight", DENSE)], None),
        (labelled, &[("a.weight", DENSE), ("c.weight", DENSE)], None),
        (labelled, &[("a.weight", DENSE), ("b.weight", DENSE), ("c.weight", DENSE)], None),
        (two, &[("0.weight", DENSE), ("1.weight", &[1, 2])], None),
        (grus, &[("rnn.weight_ih_l0_reverse", &[3, 1])], None),
        (two, &[("0.weight_g", DENSE), ("0.weight_v", DENSE)], None),
        (two, &[("0.parametrizations.weight.original0", DENSE)], None),
        (two, &[("0.weight", &[1, 1, 1, 1, 1])], None),
    ];
    let krate = Crate::new("formats_names");
    let mut printed = String::new();
    for (net, tensors, metadata) in cases {
        let messages = krate.of("a.safetensors", &weights(tensors, *metadata), net);
        let names: Vec<_> = tensors.iter().map(|(name, _)| *name).collect();
        let metadata = metadata.map(|metadata| format!(", {metadata}")).unwrap_or_default();
        printed += &format!("{} of < {net} >{metadata}\n", names.join(", "));
        printed += &if messages.is_empty() { "right".to_owned() } else { messages.join("\n") };
        printed += "\n\n";
    }
    expect_file!["formats_names.txt"].assert_eq(&printed);
}

#[test]
fn a_number_that_is_none() {
    let krate = Crate::new("formats_nan");
    let mut file = weights(&[("0.weight", &[2, 3])], None);
    let length = file.len();
    let mut say = |bytes: f32, expected: &str| {
        file[length - 8..length - 4].copy_from_slice(&bytes.to_le_bytes());
        let message = krate.one("a.safetensors", &file, "dense(in=3, out=2, no_bias)");
        assert_eq!(message, format!("`a.safetensors`: `0.weight[1][1]` is {expected}"));
    };
    say(f32::NAN, "NaN\nnote: the training run has probably diverged");
    say(f32::NEG_INFINITY, "infinite\nnote: the training run has probably diverged");
}

const INPUT: Saved<'_> = ("reference.input", "F32", &[3, 1], &[1.0, 2.0, 3.0]);
const OUTPUT: Saved<'_> = ("reference.output", "F32", &[2, 1], &[1.5, 2.5]);
const ANSWERED: Saved<'_> = ("reference.answered", "U8", &[3], &[0.0, 1.0, 1.0]);

/// A recorded run, and each mistake that can be in it.
#[test]
fn recorded_runs() {
    let krate = Crate::new("safetensors_run");
    let net = "conv(k=2, in=1, out=1, no_bias)";
    let kernel: Saved<'_> = ("0.weight", "F32", &[1, 1, 2], &[0.5, 0.5]);
    let expand = |parts: &[Saved<'_>], tolerance: Option<&str>| {
        let metadata = tolerance.map(|number| ("streaming_net.tolerance", number));
        let file = file(&[&[kernel], parts].concat(), metadata);
        let messages = krate.of("a.safetensors", &file, net);
        (messages, krate.expand_net("a.safetensors", net).to_string().replace(' ', ""))
    };
    let right = |parts: &[Saved<'_>], tolerance, expected: &str| {
        let (messages, expansion) = expand(parts, tolerance);
        assert_eq!(messages, [""; 0]);
        let run = "input:[[1.0],[2.0],[3.0]],output:[[1.5],[2.5]],tolerance:";
        assert!(expansion.contains(&format!("{run}{expected}")), "{expansion}");
    };
    right(&[INPUT, OUTPUT, ANSWERED], None, "1e-5");
    let answered = ("reference.answered", "BOOL", ANSWERED.2, ANSWERED.3);
    right(&[answered, OUTPUT, INPUT], Some("0.001"), "0.001");
    right(&[INPUT, OUTPUT, ANSWERED, ("reference.tolerance", "F32", &[], &[0.25])], None, "0.25");

    let mistakes: &[(&[Saved<'_>], Option<&str>)] = &[
        (&[INPUT], None),
        (&[OUTPUT], None),
        (&[], Some("0.001")),
        (&[INPUT, OUTPUT], None),
        (&[INPUT, OUTPUT, ("reference.answered", "U8", &[2], &[1.0, 1.0])], None),
        (&[INPUT, OUTPUT, ("reference.answered", "U8", &[3], &[1.0, 1.0, 1.0])], None),
        (&[INPUT, OUTPUT, ("reference.answered", "U8", &[3], &[1.0, 0.0, 1.0])], None),
        (&[INPUT, OUTPUT, ("reference.answered", "I8", &[3], &[0.0, 1.0, 1.0])], None),
        (&[INPUT, ("reference.output", "F32", &[2], &[1.5, 2.5]), ANSWERED], None),
        (&[INPUT, ("reference.output", "F32", &[2, 1], &[1.5, f32::NAN]), ANSWERED], None),
        (&[INPUT, ("reference.outputs", "F32", &[2, 1], &[1.5, 2.5]), OUTPUT], None),
        (&[INPUT, ("reference.output", "F32", &[3, 0], &[])], None),
        (&[("reference.input", "F32", &[3], &[1.0, 2.0, 3.0]), OUTPUT, ANSWERED], None),
        (&[INPUT, OUTPUT, ANSWERED], Some("-1")),
        (&[INPUT, OUTPUT, ANSWERED], Some("little")),
        (&[INPUT, OUTPUT, ANSWERED], Some("inf")),
    ];
    let mut printed = String::new();
    for (parts, tolerance) in mistakes {
        let (messages, _) = expand(parts, *tolerance);
        assert_eq!(messages.len(), 1, "{messages:?}");
        for (name, dtype, shape, numbers) in *parts {
            printed += &format!("{name}: {dtype} {shape:?} {numbers:?}\n");
        }
        printed += &tolerance.map(|number| format!("tolerance {number:?}\n")).unwrap_or_default();
        printed += &format!("{}\n\n", messages.concat());
    }
    expect_file!["formats_runs.txt"].assert_eq(&printed);
}
