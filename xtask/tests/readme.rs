//! The README: its first program is made in an empty crate as its quick start says, and run, and its links lead somewhere.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// Where links into the repository start.
const REPOSITORY: &str = "https://github.com/streaming-net/streaming-net/";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The fenced blocks of a section, each with its language.
fn blocks(section: &str) -> Vec<(&str, &str)> {
    let (_, rest) = README.split_once(&format!("\n## {section}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    section.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap()).collect()
}

/// A crate of a user's, outside the workspace. Its files go when it does.
struct Scratch {
    folder: PathBuf,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Scratch {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("readme-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        // The clone, beside which a person begins.
        symlink(root().canonicalize().unwrap(), folder.join("streaming-net")).unwrap();
        Self { folder }
    }

    fn demo(&self) -> PathBuf {
        self.folder.join("demo")
    }

    /// Runs what a person types, in the folder that the first block makes; returns what is printed.
    fn shell(&self, script: &str) -> String {
        let demo = self.demo();
        let output = Command::new("sh")
            .args(["-e", "-c", script])
            .current_dir(if demo.is_dir() { &demo } else { &self.folder })
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"))
            .env("CARGO_NET_OFFLINE", "true")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes the program, runs it, and returns what it prints.
    fn run(&self, program: &str) -> String {
        fs::write(self.demo().join("src/main.rs"), program).unwrap();
        self.shell("cargo run --quiet")
    }

    /// Puts the block in place of what `cargo new` wrote, with the dependencies that this repository has already.
    fn write_manifest(&self, block: &str) {
        let file = self.demo().join("Cargo.toml");
        let manifest = fs::read_to_string(&file).unwrap();
        let (before, after) = manifest.split_once("[dependencies]\n").unwrap();
        fs::write(file, format!("{before}{block}{after}")).unwrap();
        fs::copy(root().join("Cargo.lock"), self.demo().join("Cargo.lock")).unwrap();
    }
}

/// The blocks in front of the first section: the program, and what it prints.
fn first_screen() -> [&'static str; 2] {
    let (screen, _) = README.split_once("\n## ").unwrap();
    let blocks: Vec<_> = screen.split("```").skip(1).step_by(2).collect();
    let [program, printed] = blocks[..] else { panic!("not two blocks: {blocks:?}") };
    [program.strip_prefix("rust\n").unwrap(), printed.strip_prefix("text\n").unwrap()]
}

#[test]
fn the_quick_start_runs_in_an_empty_crate() {
    let scratch = Scratch::new();
    let [program, expected] = first_screen();
    let mut layers = None;
    for (language, block) in blocks("Quick start") {
        match language {
            "sh" => {
                scratch.shell(block);
            }
            "toml" => scratch.write_manifest(block),
            "text" => assert_eq!(layers.replace(block), None),
            _ => panic!("a block of {language} in the quick start"),
        }
    }
    assert_eq!(scratch.run(program), expected);

    // Written layers and no file, in place of the network.
    let (before, rest) = program.split_once("streaming_net! {\n").unwrap();
    let (_, after) = rest.split_once("}\n").unwrap();
    fs::remove_dir_all(scratch.demo().join("weights")).unwrap();
    let of_zeros = format!("{before}{}{after}", layers.unwrap());
    let printed = scratch.run(&of_zeros);
    let outputs: Vec<_> = printed.lines().take(3).collect();
    assert_eq!(outputs, ["Some([0.0])"; 3]);
}

#[test]
fn links_into_the_repository_name_what_is_there() {
    let raw = "https://raw.githubusercontent.com/streaming-net/streaming-net/main/";
    let links = README.split(REPOSITORY).skip(1).filter_map(|rest| {
        rest.strip_prefix("blob/main/").or_else(|| rest.strip_prefix("tree/main/"))
    });
    let links: Vec<_> = links
        .chain(README.split(raw).skip(1))
        .map(|rest| rest.split([')', '#', '\n', ' ']).next().unwrap())
        .collect();
    assert!(links.len() > 20, "{links:?}");
    let missing: Vec<_> = links.iter().filter(|link| !root().join(link).exists()).collect();
    assert!(missing.is_empty(), "the README links to {missing:?}");
}

/// A relative link would be one into docs.rs there.
#[test]
fn no_link_is_relative() {
    for rest in README.split("](").skip(1).chain(README.split("]: ").skip(1)) {
        assert!(rest.starts_with("https://"), "{}", rest.lines().next().unwrap());
    }
}
