//! ONNX models as files of a crate: the recorded run, the limits, and what the messages say of them.

use std::fs::{self, File};

use expect_test::expect_file;

use super::files::{Crate, messages};
use crate::frontend::onnx::tests::model::{model, tensor};

/// Twice each number.
const TWICE: &str = "x: float[1, 2, T]\nk: float = 2\ny = Mul(x, k)\n-> y: float[1, 2, T]";
/// A mean over a window of 4 frames, whose convolution pads.
const WINDOW: &str = "x: float[1, 1, 4]
w: float[1, 1, 2] = 1
c = Conv<pads=[1, 0]>(x, w)
m = ReduceMean<axes=[2], keepdims=0>(c)
-> m: float[1, 1]";

impl Crate {
    /// The messages about a model beside these attributes.
    fn onnx(&self, text: &str, attributes: &str) -> Vec<String> {
        fs::write(self.folder.join("net.onnx"), model(text)).unwrap();
        let net = format!("#[weights = \"net.onnx\"] {attributes} struct Net;");
        messages(crate::expand(net.parse().unwrap(), &self.folders()))
    }

    /// Writes a folder of a recorded run: names of files, of tensors, their types and values.
    fn run(&self, files: &[[&str; 4]]) {
        let folder = self.folder.join("run");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for [file, name, of_type, value] in files {
            fs::write(folder.join(file), tensor(name, of_type, value)).unwrap();
        }
    }
}

const INPUT: [&str; 4] = ["input_0.pb", "x", "float[1, 2, 3]", "[1, 2, 3, 4, 5, 6]"];
const OUTPUT: [&str; 4] = ["output_0.pb", "y", "float[1, 2, 3]", "[2, 4, 6, 8, 10, 12]"];
const RUN: &str = "#[reference = \"run\"]";

#[test]
fn a_run_in_a_folder_is_replayed_and_tracked() {
    let krate = Crate::new("onnx_run");
    krate.run(&[INPUT, OUTPUT]);
    assert_eq!(krate.onnx(TWICE, RUN), [""; 0]);
    let net = "#[weights = \"net.onnx\"] #[reference = \"run/\"] #[self_test] struct Net;";
    let expansion = crate::expand(net.parse().unwrap(), &krate.folders()).to_string();
    assert!(expansion.contains("fn net_outputs_as_recorded"), "{expansion}");
    assert!(expansion.contains("fn self_test"), "{expansion}");
    for file in ["/net.onnx", "/run/input_0.pb", "/run/output_0.pb"] {
        let tracked = format!("(\"CARGO_MANIFEST_DIR\") , \"{file}\"");
        assert!(expansion.contains(&tracked), "{file}: {expansion}");
    }
    // Tensors without a name, and in another order than the model's.
    krate.run(&[["input_0.pb", "", INPUT[2], INPUT[3]], ["output_0.pb", "", OUTPUT[2], OUTPUT[3]]]);
    assert_eq!(krate.onnx(TWICE, RUN), [""; 0]);
    let two = "a: float[1, 1, T]\nb: float[1, 1, T]\ny = Sub(a, b)\n-> y";
    let of = |file, name, value| [file, name, "float[1, 1, 2]", value];
    krate.run(&[
        of("input_0.pb", "b", "[1, 1]"),
        of("input_1.pb", "a", "[3, 4]"),
        of("output_0.pb", "y", "[2, 3]"),
    ]);
    assert_eq!(krate.onnx(two, RUN), [""; 0]);
    // One step, from a state of zeros, and a constant.
    let step = "x: float[1, 1, 2]\nh: float[1, 1, 1]\nsr: int64\nk: int64 = 8\nc = Equal(sr, k)
w: float[1, 1, 2] = 0\nr: float[1, 1, 1] = 0\nb: float[1, 2] = 0
y, hn = RNN<hidden_size=1>(x, w, r, b, , h)\n-> y, hn";
    krate.run(&[
        ["input_0.pb", "x", "float[1, 1, 2]", "[3, 4]"],
        ["input_1.pb", "h", "float[1, 1, 1]", "[0]"],
        ["input_2.pb", "sr", "int64", "8"],
        ["output_0.pb", "y", "float[1, 1, 1, 1]", "[0]"],
        ["output_1.pb", "hn", "float[1, 1, 1]", "[0]"],
    ]);
    assert_eq!(krate.onnx(step, "#[input(sr = 8)] #[reference = \"run\"]"), [""; 0]);
}

#[test]
fn what_is_wrong_with_a_run() {
    let krate = Crate::new("onnx_run_wrong");
    let mut printed = String::new();
    let mut say = |what: &str, messages: Vec<String>| {
        assert!(!messages.is_empty(), "{what}");
        printed += &format!("{what}\n{}\n\n", messages.join("\n"));
    };
    say("no folder", krate.onnx(TWICE, RUN));
    krate.run(&[INPUT, OUTPUT]);
    say("a name that is nearly right", krate.onnx(TWICE, "#[reference = \"runs\"]"));
    say("an absolute path", krate.onnx(TWICE, "#[reference = \"/run\"]"));
    say("a file", krate.onnx(TWICE, "#[reference = \"net.onnx\"]"));
    say("no path", krate.onnx(TWICE, "#[reference]"));
    say("no quotes", krate.onnx(TWICE, "#[reference = run]"));
    say("twice", krate.onnx(TWICE, "#[reference = \"run\"] #[reference = \"run\"]"));
    krate.run(&[INPUT]);
    say("no output", krate.onnx(TWICE, RUN));
    krate.run(&[OUTPUT]);
    say("no input", krate.onnx(TWICE, RUN));
    krate.run(&[INPUT, OUTPUT]);
    fs::write(krate.folder.join("run/input_0.pb"), "no tensor").unwrap();
    say("no tensor", krate.onnx(TWICE, RUN));
    File::create(krate.folder.join("run/input_0.pb")).unwrap().set_len((64 << 20) + 1).unwrap();
    say("too large", krate.onnx(TWICE, RUN));
    krate.run(&[["input_0.pb", "x", "float[1, 2, 4]", "[1, 2, 3]"], OUTPUT]);
    say("too few numbers", krate.onnx(TWICE, RUN));
    krate.run(&[["input_0.pb", "z", INPUT[2], INPUT[3]], OUTPUT]);
    say("another name", krate.onnx(TWICE, RUN));
    krate.run(&[INPUT, ["input_1.pb", "", INPUT[2], INPUT[3]], OUTPUT]);
    say("more inputs than the model's", krate.onnx(TWICE, RUN));
    krate.run(&[INPUT, ["input_1.pb", "x", INPUT[2], INPUT[3]], OUTPUT]);
    say("two of one input", krate.onnx(TWICE, RUN));
    krate.run(&[["input_0.pb", "x", "float[1, 3, 2]", INPUT[3]], OUTPUT]);
    say("other channels", krate.onnx(TWICE, RUN));
    krate.run(&[["input_0.pb", "x", "float[6]", INPUT[3]], OUTPUT]);
    say("other axes", krate.onnx(TWICE, RUN));
    krate.run(&[INPUT, ["output_0.pb", "y", OUTPUT[2], "[2, 4, 6, 8, 10.5, 12]"]]);
    say("other numbers", krate.onnx(TWICE, RUN));
    krate.run(&[["input_0.pb", "x", INPUT[2], "[1, 2, \"NaN\", 4, 5, 6]"], OUTPUT]);
    say("NaN in the input", krate.onnx(TWICE, RUN));
    let two = "a: float[1, 1, T]\nb: float[1, 1, T]\ny = Sub(a, b)\n-> y";
    krate.run(&[
        ["input_0.pb", "a", "float[1, 1, 1]", "[1]"],
        ["output_0.pb", "y", "float[1, 1, 1]", "[1]"],
    ]);
    say("one of two inputs", krate.onnx(two, RUN));
    let step = "x: float[1, 1, 1]\nh: float[1, 1, 1]\nsr: int64\nw: float[1, 1, 1] = 0
y, hn = RNN<hidden_size=1>(x, w, w, , , h)\n-> y, hn";
    let of = |file, name, value| [file, name, "float[1, 1, 1]", value];
    let output = ["output_0.pb", "y", "float[1, 1, 1, 1]", "[0]"];
    krate.run(&[of("input_0.pb", "x", "1"), of("input_1.pb", "h", "0.5"), output]);
    say("a state", krate.onnx(step, "#[input(sr = 8)] #[reference = \"run\"]"));
    krate.run(&[of("input_0.pb", "x", "1"), ["input_1.pb", "sr", "int64", "16"], output]);
    say("another constant", krate.onnx(step, "#[input(sr = 8)] #[reference = \"run\"]"));
    let carry = "#[time = 2] #[carry] #[reference = \"run\"]";
    let window = ["input_0.pb", "x", "float[1, 1, 4]", "[1, 2, 3, 4]"];
    krate.run(&[window, ["output_0.pb", "m", "float[1, 1]", "[3]"]]);
    say("other numbers of a window", krate.onnx(WINDOW, carry));
    krate.run(&[
        ["input_0.pb", "x", "float[1, 1, 2]", "[1, 2]"],
        ["output_0.pb", "m", "float[1, 1]", "[3]"],
    ]);
    say("a run shorter than the window", krate.onnx(WINDOW, carry));
    let json = krate.of("net.json", b"{}", "dense(in=1, out=1)").len();
    assert!(json > 0);
    let net = "#[weights = \"net.json\"] #[reference = \"run\"] struct Net < dense(in=1, out=1) >";
    say("of another format", messages(crate::expand(net.parse().unwrap(), &krate.folders())));
    let own = "x: float[1, 1, T]\nreference.input: float[1, 1, 1] = [1]\ny = Relu(x)\n-> y";
    say("half of a run in the model's file", krate.onnx(own, ""));
    say("no run", krate.onnx(TWICE, "#[self_test]"));
    expect_file!["onnx_run.txt"].assert_eq(&printed);
}

#[test]
fn a_run_of_a_window_is_replayed() {
    let krate = Crate::new("onnx_run_window");
    let window = ["input_0.pb", "x", "float[1, 1, 4]", "[1, 2, 3, 4]"];
    // The sums of two frames, the first of which has a zero before it, are 1, 3, 5 and 7.
    krate.run(&[window, ["output_0.pb", "m", "float[1, 1]", "[4]"]]);
    let carry = "#[time = 2] #[carry] #[reference = \"run\"]";
    assert_eq!(krate.onnx(WINDOW, carry), [""; 0]);
    // A transposed convolution in groups, whose last frames come behind the end: 1, 3, 2, 5, 3, 7, 4 and 4, and zeros.
    let transposed = "x: float[1, 2, 4]\nw: float[2, 1, 3] = 1
c = ConvTranspose<group=2, strides=[2], pads=[1, 0]>(x, w)
m = ReduceMean<axes=[2], keepdims=0>(c)\n-> m";
    krate.run(&[
        ["input_0.pb", "x", "float[1, 2, 4]", "[1, 2, 3, 4, 0, 0, 0, 0]"],
        ["output_0.pb", "m", "float[1, 2]", "[3.625, 0]"],
    ]);
    assert_eq!(krate.onnx(transposed, carry), [""; 0]);
    krate.run(&[
        ["input_0.pb", "x", "float[1, 2, 4]", "[1, 2, 3, 4, 0, 0, 0, 0]"],
        ["output_0.pb", "m", "float[1, 2]", "[3.5, 0]"],
    ]);
    assert_eq!(krate.onnx(transposed, carry).len(), 1);
}

#[test]
fn limits() {
    let krate = Crate::new("onnx_limits");
    let mut printed = String::new();
    let mut say = |what: &str, messages: Vec<String>| {
        assert_eq!(messages.len(), 1, "{what}: {messages:?}");
        printed += &format!("{what}\n{}\n\n", messages.concat());
    };
    let dense =
        "#[time = 1]\nx: float[1, T, 512]\nw: float[512, 512] = 0.5\ny = MatMul(x, w)\n-> y";
    let dense = dense.split_once('\n').unwrap().1;
    say("more than 1,000,000 bytes of weights", krate.onnx(dense, ""));
    assert_eq!(krate.onnx(dense, "#[budget(flash = 2000000)]"), [""; 0]);
    let history =
        "x: float[1, 512, T]\nw: float[1, 512, 2] = 0.5\ny = Conv<dilations=[1000]>(x, w)\n-> y";
    say("more RAM than its budget", krate.onnx(history, "#[budget(ram = 4096)]"));
    let file = krate.folder.join("net.onnx");
    File::options().write(true).open(file).unwrap().set_len((64 << 20) + 1).unwrap();
    let net = "#[weights = \"net.onnx\"] struct Net;";
    say("64 MiB and a byte", messages(crate::expand(net.parse().unwrap(), &krate.folders())));
    let nan = "x: float[1, 1, T]\nw: float[1, 1, 1] = [\"NaN\"]\ny = Conv(x, w)\n-> y";
    say("NaN", krate.onnx(nan, ""));
    fs::write(krate.folder.join("net.onnx"), model(TWICE)).unwrap();
    say("layers beside the file", krate.of("net.onnx", &model(TWICE), "dense(in=2, out=2)"));
    expect_file!["onnx_limits.txt"].assert_eq(&printed);
}
