//! What the macro prints, compared with the files in `tests/expansions/`, which the crate in `tests/` compiles.
//! `UPDATE_EXPECT=1` writes them anew.

use std::path::PathBuf;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;

use crate::nets;
use crate::weights::Folders;

/// The crate whose weights the networks use.
fn folders() -> Folders {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests");
    Folders {
        working: manifest.clone(),
        manifest,
        out: None,
    }
}

fn check(source: &str, expected: &ExpectFile) {
    let tokens: TokenStream = source.parse().unwrap();
    let expansion = nets(tokens, &folders());
    let file = syn::parse2(expansion.clone());
    let file = file.unwrap_or_else(|error| panic!("{error} in {expansion}"));
    let mut printed = String::from("// streaming_net! {\n");
    for line in source.trim().lines() {
        printed += &format!("//     {}\n", line.strip_prefix("        ").unwrap_or(line));
    }
    printed += "// }\n\n";
    printed += &prettyplease::unparse(&file);
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
    causal: r#"
        /// Two dilated convolutions that answer every push.
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
