//! What the macro prints, compared with the files in `tests/expansions/`, which the crate in `tests/` compiles.
//! `UPDATE_EXPECT=1` writes them anew.

use std::path::PathBuf;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;

mod blocks;
mod captures;
mod drawn;
mod eval;
pub(crate) mod files;
mod fine;
mod formats;
pub(crate) mod graphs;
mod integers;
mod kinds;
mod layers;
mod limits;
mod nam;
mod onnx;
mod pages;
mod passes;
#[cfg(feature = "safetensors")]
mod safetensors;
mod zeros;

use crate::frontend::weights::Folders;

/// A crate of the workspace, whose weights the networks use.
fn folders(krate: &str) -> Folders {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(krate);
    Folders { working: manifest.clone(), manifest, out: None }
}

/// The expansion of a macro call's text, as Rust that a person reads.
fn expand(source: &str, folders: &Folders) -> String {
    let tokens: TokenStream = source.parse().unwrap();
    let expansion = crate::expand(tokens, folders);
    let file = syn::parse2(expansion.clone());
    let file = file.unwrap_or_else(|error| panic!("{error} in {expansion}"));
    prettyplease::unparse(&file)
}

/// A history of no frames does not compile.
#[test]
fn a_window_of_one_frame_keeps_none() {
    let net = "struct Net < max_pool(in=1, size=1, stride=3, dilation=2) >";
    let expansion = expand(net, &folders("tests"));
    assert!(
        expansion.contains("max_pool1: ::streaming_net::__private::MaxPool<1, 1, 3>"),
        "{expansion}"
    );
}

fn check(source: &str, expected: &ExpectFile) {
    let mut printed = String::from("// streaming_net! {\n");
    for line in source.trim().lines() {
        printed += &format!("//     {}\n", line.strip_prefix("        ").unwrap_or(line));
    }
    printed += "// }\n\n";
    printed += &expand(source, &folders("tests"));
    expected.assert_eq(&printed);
}

macro_rules! expansions {
    ($($name:ident: $source:literal)*) => {
        $(
            #[test]
            fn $name() {
                check($source, &expect_file![concat!("../../tests/expansions/", stringify!($name), ".rs")]);
            }
        )*
    };
}

expansions! {
    block: r#"
        /// A three-tap convolution and a 1x1 mixer.
        #[weights = "weights/notebook_v4.json"]
        pub struct Block <
            conv(k=3, in=2, out=4, relu);
            conv(k=1, out=5, relu)
        >
    "#
    several: r#"
        /// Two captures of one shape.
        #[weights("weights/expansions/several_clean.json", lead = "weights/expansions/several_lead.json")]
        #[start = "rest"]
        pub struct Several;
    "#
    causal: r#"
        /// Two dilated convolutions with an output at every push.
        #[weights = "weights/expansions/causal.json"]
        pub struct Causal <
            conv(k=2, in=1, out=2, causal, tanh);
            conv(k=2, out=1, dilation=8, causal, leaky_relu=0.1)
        >
    "#
    strided: r#"
        /// Valid padding and strides, with and without a history.
        #[weights = "weights/expansions/strided.json"]
        pub struct Strided <
            conv(k=2, in=1, out=2, stride=2, no_bias);
            conv(k=1, out=1, stride=3)
        >
    "#
    grouped: r#"
        /// Groups of channels.
        #[weights = "weights/expansions/grouped.json"]
        pub struct Grouped <
            conv(k=2, in=4, out=2, groups=2);
            depthwise(k=1, out=4, no_bias, elu=1.5);
            dense(out=1, sigmoid)
        >
    "#
    labelled: r#"
        /// Fields and statics have the labels' names; the file's layers are found by them.
        #[weights = "weights/expansions/labelled.json"]
        #[derive(Clone, PartialEq)]
        pub struct Labelled <
            taps: conv(k=2, in=1, out=1, causal);
            relu6();
            r#type: conv(k=2, out=1, causal)
        >
    "#
    activations: r"
        /// No weights, no state.
        pub struct Activations <
            relu(in=2);
            leaky_relu(slope=0.01);
            softmax()
        >
    "
    functions: r#"
        /// Functions of one number as layers, with their parameters.
        #[math = "fast"]
        pub struct Functions <
            gelu_tanh(in=2);
            clip(min=-0.125, max=2);
            thresholded_relu(theta=0.5);
            power(exponent=-0.5);
            log_softmax()
        >
    "#
    wide: r#"
        /// A layer that is large enough for blocks.
        #[weights = "weights/expansions/wide.json"]
        pub struct Wide <
            conv(k=17, in=4, out=4, dilation=4, relu);
            conv(k=1, out=2, no_bias, softmax)
        >
    "#
    residual: r#"
        /// A valid block beside a projection of the frame in the middle of its taps.
        #[weights = "weights/expansions/residual.json"]
        pub struct Residual <
            residual(project, center) < conv(k=3, in=1, out=2, relu) >
        >
    "#
    branches: r#"
        /// Three branches of one input: what is early waits.
        #[weights = "weights/expansions/branches.json"]
        pub struct Branches <
            concat(in=2) < conv(k=3, out=1, same) | sum < | tanh() > | dense(out=1) >;
            gated()
        >
    "#
    wavenet: r#"
        /// Two dilated layers, the sum of what each gives, and an end that nothing depends on.
        #[weights = "weights/expansions/wavenet.json"]
        pub struct Wavenet < wavenet(channels=1, k=2, dilations=[1, 2], skip=1, gated, causal) >
    "#
    stacked: r#"
        /// Residual blocks of one shape, and sums of blocks.
        #[weights = "weights/expansions/stacked.json"]
        #[block = "fast"]
        pub struct Stacked <
            conditioned <
                skips <
                    dense(in=1, out=5, no_bias);
                    residual < conv(k=2, out=5, causal); mixin(); tanh(); skip(); dense(out=5) >;
                    residual < conv(k=2, out=5, dilation=3, causal); mixin(); tanh(); skip(); dense(out=5) >;
                    residual < conv(k=3, out=5, causal, relu); dense(out=5) >;
                    skip()
                >
            >;
            residual < conv(k=2, out=5, causal) >;
            relu();
            dense(out=1)
        >
    "#
    capture: r#"
        /// Residual blocks with a condition, large enough for blocks of frames.
        #[weights = "weights/expansions/capture.json"]
        #[block = "fast"]
        pub struct Capture <
            conditioned <
                skips <
                    dense(in=1, out=4, no_bias);
                    residual < conv(k=3, out=4, causal); mixin(); relu(); skip(); dense(out=4) >;
                    residual < conv(k=3, out=8, dilation=4, causal); mixin(); gated(); skip(); dense(out=4) >;
                    head(out=4, no_bias);
                    residual < conv(k=2, out=4, dilation=2, causal, relu); skip() >;
                    residual < conv(k=2, out=4, causal); mixin(tanh); skip(); dense(out=4) >;
                    skip(out=4);
                    conv(k=2, out=4, dilation=3, causal, relu);
                    skip()
                >
            >;
            dense(out=1)
        >
    "#
    conditioned: r#"
        /// Two stacks of layers that see the input as their condition, as in Neural Amp Modeler's captures.
        #[weights = "weights/expansions/conditioned.json"]
        pub struct Conditioned <
            conditioned <
                skips <
                    dense(in=1, out=2, no_bias);
                    residual < conv(k=2, out=4, causal); mixin(); blended(); skip(); dense(out=2) >;
                    head(out=1, k=2, no_bias);
                    dense(out=1);
                    residual < conv(k=2, out=1, dilation=2, causal); mixin(tanh); skip(); dense(out=1) >
                >
            >;
            dense(out=1)
        >
    "#
    recurrent: r#"
        /// A recurrent layer by PyTorch's names.
        #[weights = "weights/expansions/recurrent.json"]
        pub struct Recurrent < gru(in=1, units=1); dense(out=1) >
    "#
    fast: r#"
        /// Approximations of the activations that have one.
        #[weights = "weights/expansions/fast.json"]
        #[math = "fast"]
        pub struct Fast < dense(in=1, out=2, silu); gated(); lstm(units=1); tanh(); relu() >
    "#
    normed: r#"
        /// Normalisations that become part of the convolutions, and trained slopes.
        #[weights = "weights/expansions/normed.json"]
        pub struct Normed <
            conv(k=2, in=1, out=2);
            batch_norm(epsilon=1);
            relu();
            batch_norm(epsilon=1);
            conv(k=2, out=1);
            prelu()
        >
    "#
    pooled: r"
        /// Windows of frames.
        pub struct Pooled <
            max_pool(in=1, size=2);
            flatten(frames=2);
            global_avg(frames=2)
        >
    "
    model: r#"
        /// A model in ONNX with two outputs.
        #[weights = "weights/onnx/two_outputs.onnx"]
        pub struct Model;
    "#
    features: r#"
        /// Windows over features, numbers that are put elsewhere, and frames that are cut off.
        #[weights = "weights/expansions/features.json"]
        pub struct Features <
            max_pool2d(k=2, in=8, features=4, feature_k=2, stride=1, causal);
            conv_transpose2d(features=2, feature_k=2, feature_stride=2, out=1);
            difference < | reduce_max(); expand(features=4) >;
            slice(start=0, out=2, step=2);
            conv_transpose(k=3, out=1, stride=2, pad=1)
        >
    "#
    upsampled: r#"
        /// Four frames for one.
        #[weights = "weights/expansions/upsampled.json"]
        pub struct Upsampled <
            conv_transpose(k=3, in=2, out=1, stride=2, relu);
            upsample(n=2);
            conv(k=2, out=1, causal)
        >
    "#
    resting: r#"
        /// What it comes to in silence is what it begins with; the recorded run began cold.
        #[weights = "weights/expansions/resting.json"]
        #[start = "rest"]
        #[self_test]
        pub struct Resting <
            conv(k=3, in=1, out=2, relu);
            conv(k=2, out=1, dilation=2, causal);
            avg_pool(size=2)
        >
    "#
    zeros: r"
        /// Weights of zeros and factors of one, for a network that is not trained yet.
        #[weights = zeros]
        pub struct Zeros <
            conv(k=2, in=1, out=2, relu);
            layer_norm(epsilon=0.001);
            relu();
            batch_norm(epsilon=0);
            lstm(units=1)
        >
    "
    classifier: r#"
        /// Probabilities in 16-bit integers.
        #[weights = "weights/expansions/classifier.json"]
        #[numbers(i16, input = 1.0)]
        #[calibrate = "weights/integers/frames.json"]
        pub struct Classifier <
            conv(k=2, in=1, out=2, causal);
            layer_norm(epsilon=0.001);
            avg_pool(size=3, stride=1, causal);
            dense(out=3, softmax)
        >
    "#
    several_integers: r#"
        /// Two captures of one shape in 16-bit integers, with one scale for both.
        #[weights("weights/expansions/several_clean.json", lead = "weights/expansions/several_lead.json")]
        #[numbers(i16, input = 1.0)]
        #[start = "rest"]
        pub struct SeveralIntegers;
    "#
    integers: r#"
        /// Frames and weights of 16-bit integers, by the ranges of the recorded run.
        #[weights = "weights/expansions/integers.json"]
        #[numbers(i16, input = 1.0)]
        #[budget(snr = 60)]
        pub struct Integers <
            conv(k=2, in=1, out=2, causal, tanh);
            residual < conv(k=1, out=2) >;
            dense(out=1, relu)
        >
    "#
    integer_frames: r#"
        /// Four frames of 16-bit integers for one.
        #[weights = "weights/expansions/upsampled.json"]
        #[numbers = "i16"]
        #[calibrate = "weights/integers/pairs.json"]
        pub struct IntegerFrames <
            conv_transpose(k=3, in=2, out=1, stride=2, relu);
            upsample(n=2);
            conv(k=2, out=1, causal)
        >
    "#
    integer_features: r#"
        /// A convolution over time and features in 16-bit integers.
        #[weights = "weights/expansions/integer_features.json"]
        #[numbers = "i16"]
        #[calibrate = "weights/integers/triples.json"]
        pub struct IntegerFeatures <
            conv2d(k=2, features=3, feature_k=2, in=3, out=2, causal, relu)
        >
    "#
    mistaken: r#"
        /// Three mistakes: the type is there, with the shape that is known.
        #[weights = "weights/notebook_v4.json"]
        pub struct Mistaken <
            conv(k=0, in=2, out=4, relu);
            conf(k=1, out=5);
            conv(k=1, out=5, reluu)
        >
    "#
}

/// What the fuzzer keeps: whatever it is, it expands to Rust.
#[test]
fn the_texts_of_the_fuzzer() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus/text");
    let texts = std::fs::read_dir(corpus).unwrap().map(|file| file.unwrap().path());
    let texts: Vec<_> = texts.filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    assert!(texts.len() > 100);
    for text in texts.iter().filter(|text| text.parse::<TokenStream>().is_ok()) {
        expand(text, &folders("tests"));
    }
}
