//! Every kind of weights file that is none: one error each, in our own words, with the place.

use std::fs::{self, File};
use std::path::PathBuf;

use expect_test::expect_file;
use proc_macro2::{TokenStream, TokenTree};

use crate::frontend::weights::Folders;

const RIGHT: &str = r#"{"layers": [
  {"name": "a", "kernel": [[[1, -0.5, 2e-3]], [[0.25, -0.0, 1e-45]]], "bias": [0, 1, 2]},
  {"kernel": [[1.5], [2], [-3]], "bias": [0.125]}
]}"#;

/// A crate's folder with a weights file.
pub(crate) struct Crate {
    pub(crate) folder: PathBuf,
}

impl Crate {
    pub(crate) fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    fn expand(&self, file: &str) -> TokenStream {
        self.expand_net(file, "conv(k=2, in=1, out=3); dense(out=1)")
    }

    /// The expansion of a network of those layers.
    pub(crate) fn expand_net(&self, file: &str, layers: &str) -> TokenStream {
        let net = format!("#[weights = {file:?}] struct Net < {layers} >");
        crate::expand(net.parse().unwrap(), &self.folders())
    }

    pub(super) fn folders(&self) -> Folders {
        let manifest = self.folder.clone();
        Folders { working: manifest.clone(), manifest, out: None }
    }

    pub(super) fn write(&self, bytes: impl AsRef<[u8]>) {
        fs::write(self.folder.join("net.json"), bytes).unwrap();
    }

    /// The messages about a file that holds these bytes.
    fn messages(&self, bytes: impl AsRef<[u8]>) -> Vec<String> {
        self.write(bytes);
        messages(self.expand("net.json"))
    }

    fn message(&self, bytes: impl AsRef<[u8]>) -> String {
        let messages = self.messages(bytes);
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.concat()
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// What each `compile_error!` says.
pub(crate) fn messages(expansion: TokenStream) -> Vec<String> {
    let mut tokens = expansion.into_iter();
    let mut messages = Vec::new();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Ident(word) if word == "compile_error") {
            let Some(TokenTree::Group(text)) = tokens.nth(1) else { panic!("a macro call") };
            messages.push(syn::parse2::<syn::LitStr>(text.stream()).unwrap().value());
        }
    }
    messages
}

#[test]
fn a_file_that_is_right() {
    let krate = Crate::new("right");
    assert_eq!(krate.messages(RIGHT), [""; 0]);
    assert_eq!(krate.messages(format!("\u{feff}{RIGHT}\r\n")), [""; 0]);
    // Every bit is kept, the sign of zero and numbers below the normal ones included.
    let expansion = krate.expand("net.json").to_string();
    for number in ["- 0.0", "1e-45", "0.002", "- 3.0"] {
        assert!(expansion.contains(number), "no {number} in {expansion}");
    }
}

#[test]
fn a_file_cut_short_anywhere() {
    let krate = Crate::new("short");
    for length in 1..RIGHT.len() {
        let lines: Vec<_> = RIGHT[..length].split('\n').collect();
        let place = format!("net.json:{}:{}: ", lines.len(), lines.last().unwrap().len().max(1));
        let message = krate.message(&RIGHT[..length]);
        let expected = format!("{place}the file is cut off");
        assert!(message.starts_with(&expected), "{length} bytes: {message}");
    }
}

#[test]
fn a_file_that_is_no_text() {
    let krate = Crate::new("text");
    assert_eq!(krate.message(""), "`net.json` is empty");
    assert_eq!(krate.message(" \n\t"), "`net.json` is empty");
    assert_eq!(krate.message("\u{feff}"), "`net.json` is empty");
    assert_eq!(
        krate.message(b"{\"layers\xff\": []}"),
        "`net.json` is not text: byte 0xff at offset 8"
    );
    let cut = "é".as_bytes().split_first().unwrap().0;
    assert_eq!(krate.message([*cut]), "`net.json` is not text: byte 0xc3 at offset 0");
}

#[test]
fn a_file_that_is_none() {
    let krate = Crate::new("none");
    let expect = |path: &str, message: &str| assert_eq!(messages(krate.expand(path)), [message]);
    expect(
        "nowhere/net.json",
        "there is no weights file `nowhere/net.json`\nnote: the path is relative to the folder of Cargo.toml",
    );
    fs::create_dir(krate.folder.join("folder.json")).unwrap();
    expect("folder.json", "`folder.json` is a folder, not a file");
    expect(
        "folder.jsn",
        "there is no weights file `folder.jsn`\nhelp: did you mean `folder.json`?",
    );
    expect(
        "folder.json/net.json",
        "there is no weights file `folder.json/net.json`\nnote: the path is relative to the folder of Cargo.toml",
    );
    // Longer than any name of a file.
    let long = "n".repeat(5000);
    expect(&long, &format!("`{long}` cannot be read"));
    expect("a\0b", "`a\0b` cannot be read");
    #[cfg(unix)]
    {
        // It has no end.
        std::os::unix::fs::symlink("/dev/zero", krate.folder.join("zero.json")).unwrap();
        expect("zero.json", "`zero.json` is not a file");
        std::os::unix::fs::symlink("loop.json", krate.folder.join("loop.json")).unwrap();
        expect("loop.json", "`loop.json` cannot be read");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let krate = Crate::new("permission");
    let file = krate.folder.join("net.json");
    fs::write(&file, RIGHT).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o0)).unwrap();
    // Root reads everything.
    let readable = File::open(&file).is_ok();
    let expected = ["`net.json` cannot be read: permission denied"];
    assert_eq!(messages(krate.expand("net.json")), &expected[usize::from(readable)..]);
}

#[test]
fn a_file_that_is_too_much() {
    let krate = Crate::new("much");
    assert_eq!(
        krate.message("[".repeat(1 << 20)),
        "net.json:1:1: expected an object with the key `layers`, found a list"
    );
    // What is passed over is read without a stack.
    let unclosed = format!("net.json:1:{}: the file is cut off", 5 << 20);
    assert_eq!(krate.message("{\"a\":".repeat(1 << 20)), unclosed);
    assert_eq!(
        krate.message(format!("{{\"layers\": [{{\"kernel\": {}", "[".repeat(1 << 20))),
        "net.json:1:28: more than 4 dimensions\nnote: layer 1, `kernel[0][0][0][0]`"
    );
    // What is looked for among all others is not looked for among a million.
    let layers = format!("{{\"layers\": [{}", r#"{"name": "a"},"#.repeat(1 << 20));
    assert_eq!(krate.message(layers), "net.json:1:3610: more than 256 layers\nnote: layer 257");
    let tensors: Vec<_> = (0..1 << 20).map(|number| format!("\"{number}\": 1")).collect();
    let tensors = format!("{{\"layers\": [{{{}}}]}}", tensors.join(", "));
    assert_eq!(krate.message(tensors), "net.json:1:151: more than 16 tensors\nnote: layer 1");
    // A gigabyte, though it takes no room on the disk.
    let file = File::create(krate.folder.join("large.json")).unwrap();
    file.set_len(1 << 30).unwrap();
    assert_eq!(
        messages(krate.expand("large.json")),
        ["`large.json` has 1073741824 bytes, but the limit is 67108864"]
    );
}

/// What is written in place of what, and what is said of it.
const MISTAKES: &[[&str; 2]] = &[
    ["2e-3", "NaN"],
    ["2e-3", "-Infinity"],
    ["2e-3", "1e39"],
    ["2e-3", "-1e999"],
    ["2e-3", "3.4028236e38"],
    ["2e-3", "0x10"],
    ["2e-3", "01"],
    ["2e-3", "\"1\""],
    ["2e-3", "true"],
    ["2e-3", "null"],
    ["2e-3", "{}"],
    ["2e-3", "[1]"],
    [", 2e-3", ""],
    ["[[1, -0.5, 2e-3]], ", ""],
    ["\"bias\": [0, 1, 2]", "\"bias\": [0, 1, 2], \"bias\": [0, 1, 2]"],
    ["\"name\"", "\"name\": \"b\", \"name\""],
    ["]}\n]}", "]}\n], \"layers\": []}"],
    ["]}\n]}", "]}\n]} 1"],
    ["layers", "Layers"],
    [", \"bias\": [0.125]", ""],
    ["\"bias\": [0.125]", "\"bias\": 0.125"],
    ["\"bias\": [0.125]", "\"bias\": []"],
    ["\"kernel\": [[1.5]", "\"weight\": [[1.5]"],
    ["]}\n]}", "]}, {\"kernel\": [1]}\n]}"],
    ["\"bias\": [0.125]", "\"layers\": [{\"bias\": [0.125]}]"],
    ["]}\n]}", "]}, {}\n]}"],
    ["[[[1, -0.5, 2e-3]], [[0.25, -0.0, 1e-45]]]", "[[[1, 2]], [[3, 4]], [[5, 6]]]"],
    ["[[1.5], [2], [-3]]", "[[1.5, 2, -3]]"],
];

#[test]
fn a_file_with_one_mistake() {
    let krate = Crate::new("mistake");
    let mut printed = format!("{RIGHT}\n");
    for [from, to] in MISTAKES {
        assert!(RIGHT.contains(from), "{from}");
        let message = krate.message(RIGHT.replacen(from, to, 1));
        printed += &format!("\n{from:?} => {to:?}\n{message}\n");
    }
    expect_file!["files.txt"].assert_eq(&printed);
}

/// With a recorded run, in which each of these is a mistake.
const RUN_MISTAKES: [[&str; 2]; 20] = [
    [r#""input": "#, r#""inputs": "#],
    [r#""output": "#, r#""input": "#],
    ["[[1], [2], [3]]", "[[1], [2], [NaN]]"],
    ["[[1], [2], [3]]", "[[1], [2], [null]]"],
    ["[[1], [2], [3]]", "[1, 2, 3]"],
    ["[[1], [2], [3]]", "[[1], [2]]"],
    ["[[1], [2], [3]]", "[[1, 0], [2, 0], [3, 0]]"],
    ["[[1], [2], [3]]", "[]"],
    ["[null, [-2.631], [-1.762]]", "[null, [-2.631], [1e39]]"],
    ["[null, [-2.631], [-1.762]]", "[null, [-2.631], true]"],
    ["[null, [-2.631], [-1.762]]", "null"],
    ["[null, [-2.631], [-1.762]]", "[[0], [-2.631], [-1.762]]"],
    ["[null, [-2.631], [-1.762]]", "[null, null, [-1.762]]"],
    ["[null, [-2.631], [-1.762]]", "[null, [-2.631], [-1.762, 0]]"],
    ["[null, [-2.631], [-1.762]]", "[null, [-2.631], [-1.762], null]"],
    ["[-1.762]", "[-1.764]"],
    ["[[1], [2], [3]]", "[[1e38], [2e38], [3e38]]"],
    ["0.001", "0"],
    ["0.001", "[]"],
    [r#", "tolerance": 0.001"#, r#", "output": []"#],
];

#[test]
fn a_recorded_run_with_one_mistake() {
    let krate = Crate::new("run");
    let layers = RIGHT.strip_suffix('}').unwrap();
    let run = r#""reference": {"input": [[1], [2], [3]], "output": [null, [-2.631], [-1.762]], "tolerance": 0.001}}"#;
    let right = format!("{layers}, {run}");
    assert_eq!(krate.messages(&right), [""; 0]);
    let mut printed = format!("{run}\n");
    for [from, to] in RUN_MISTAKES {
        assert!(right.contains(from), "{from}");
        let message = krate.message(right.replacen(from, to, 1));
        printed += &format!("\n{from:?} => {to:?}\n{message}\n");
    }
    expect_file!["runs.txt"].assert_eq(&printed);
}

/// What the fuzzers keep, read anew.
#[test]
fn the_files_of_the_fuzzers() {
    let krate = Crate::new("fuzzers");
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus/weights");
    let (mut right, mut wrong) = (0, 0);
    for file in fs::read_dir(corpus).unwrap() {
        // A run of another network can be read.
        let messages = krate.messages(fs::read(file.unwrap().path()).unwrap());
        if messages.iter().all(|message| message.contains(" is not reproduced: ")) {
            right += 1;
        } else {
            wrong += 1;
        }
    }
    assert!(right > 10 && wrong > 100, "{right} are right, {wrong} are wrong");
}
