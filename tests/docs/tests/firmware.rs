//! The project of `docs/book/src/firmware.md` is made in an empty folder as the page says, tested, and run in QEMU, and so are the
//! programs of `docs/book/src/executors.md` and `docs/book/src/integers.md` in it.

#![cfg(unix)]

use std::fs;
use std::io::{Write as _, stderr};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, id};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// What the page says to do.
#[derive(Debug)]
enum Step {
    Write { file: String, text: String },
    Run(String),
    Expect(String),
}

/// The steps of a section. A file's name is a paragraph of its own, in front of its text: `Cargo.toml`:
fn steps(page: &str, section: &str) -> Vec<Step> {
    let (_, section) = page.split_once(&format!("\n## {section}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let (mut steps, mut file, mut text, mut code) = (Vec::new(), None, String::new(), None);
    for event in Parser::new(section) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                text.clear();
                let CodeBlockKind::Fenced(language) = kind else { panic!("indented code") };
                code = Some(language.into_string());
            }
            Event::End(TagEnd::CodeBlock) => {
                let (text, language) = (text.clone(), code.take().unwrap());
                steps.push(match (file.take(), language.as_str()) {
                    (Some(file), _) => Step::Write { file, text },
                    (None, "sh") => Step::Run(text),
                    (None, "text") => Step::Expect(text),
                    (None, other) => panic!("{other} without a file name:\n{text}"),
                });
            }
            Event::Start(Tag::Paragraph) => (file, text) = (None, String::new()),
            Event::Code(code) => file = text.is_empty().then(|| code.into_string()),
            Event::Text(more) => text += &more,
            Event::End(TagEnd::Paragraph) if text != ":" => file = None,
            _ => {}
        }
    }
    steps
}

/// A folder of its own outside of the repository, whose workspace cargo would add the crates to.
struct Scratch {
    folder: PathBuf,
    at: PathBuf,
    /// Whether cargo may ask the registry.
    is_online: bool,
}

impl Scratch {
    fn new(repository: &Path) -> Self {
        let folder = std::env::temp_dir().join(format!("streaming-net-page-{}", id()));
        fs::create_dir_all(&folder).unwrap();
        symlink(repository, folder.join("streaming-net")).unwrap();
        Self { at: folder.clone(), folder, is_online: false }
    }

    /// Runs a line; gives what was printed.
    fn run(&mut self, line: &str) -> String {
        if let Some(folder) = line.strip_prefix("cd ") {
            self.at.push(folder);
            return String::new();
        }
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
        let done = Command::new("sh")
            .args(["-c", line])
            .current_dir(&self.at)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", if self.is_online { "false" } else { "true" })
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .output()
            .unwrap();
        let printed = String::from_utf8(done.stdout).unwrap();
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{line}\n{printed}\n{errors}");
        printed
    }

    /// Follows the steps; gives how many outputs were compared.
    fn follow(&mut self, steps: Vec<Step>, lock_file: &Path) -> usize {
        let (mut printed, mut compared) = (String::new(), 0);
        for step in steps {
            match step {
                Step::Write { file, text } => {
                    fs::write(self.at.join(&file), text).unwrap();
                    if file == "Cargo.toml" {
                        // The versions that are there already.
                        fs::copy(lock_file, self.at.join("Cargo.lock")).unwrap();
                    }
                }
                Step::Run(lines) => {
                    // What installs is there already.
                    let installs =
                        |line: &&str| line.starts_with("rustup ") || line.starts_with("sudo ");
                    for line in lines.lines().filter(|line| !installs(line)) {
                        printed = self.run(line);
                    }
                }
                Step::Expect(text) => {
                    assert!(
                        printed.contains(text.trim_end()),
                        "{printed}\ndoes not contain\n{text}"
                    );
                    compared += 1;
                }
            }
        }
        compared
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Why the page cannot be followed on this machine.
fn missing(firmware: &Path) -> Option<&'static str> {
    let succeeds = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).current_dir(firmware).output();
        done.is_ok_and(|done| done.status.success())
    };
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout).unwrap().trim());
    let has_target = |target| sysroot.join("lib/rustlib").join(target).exists();
    if !["thumbv6m-none-eabi", "thumbv7em-none-eabihf"].into_iter().all(has_target) {
        return Some("rustup target add thumbv6m-none-eabi thumbv7em-none-eabihf");
    }
    if !succeeds("qemu-system-arm", &["--version"]) {
        return Some("QEMU's qemu-system-arm is not installed");
    }
    let fetched = succeeds(env!("CARGO"), &["fetch", "--locked"]);
    (!fetched).then_some("cargo cannot fetch the crates of examples/firmware")
}

#[test]
fn the_project_of_the_page_passes_its_test_and_runs() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let firmware = repository.join("examples/firmware");
    if let Some(missing) = missing(&firmware) {
        // Past the test runner, which shows nothing of a test that passes.
        writeln!(stderr(), "skipped: {missing}").unwrap();
        return;
    }
    let page =
        |name: &str| fs::read_to_string(repository.join("docs/book/src").join(name)).unwrap();
    let lock_file = firmware.join("Cargo.lock");
    let mut scratch = Scratch::new(&fs::canonicalize(&repository).unwrap());
    let project = steps(&page("firmware.md"), "A project from an empty folder");
    let compared = scratch.follow(project, &lock_file);
    assert_eq!(compared, 2, "the outputs of `cargo test` and of `cargo run`");

    let executors = page("executors.md");
    let registry = Command::new(env!("CARGO")).args(["info", "--quiet", "rtic@2"]).output();
    scratch.is_online = registry.is_ok_and(|done| done.status.success());
    if !scratch.is_online {
        writeln!(stderr(), "skipped: the registry with Embassy and RTIC is out of reach").unwrap();
        return;
    }
    for executor in ["Embassy", "RTIC"] {
        assert_eq!(scratch.follow(steps(&executors, executor), &lock_file), 1, "{executor}");
    }
    drop(scratch);

    // The same project once more, which becomes one of integers for another core.
    let mut scratch = Scratch::new(&fs::canonicalize(&repository).unwrap());
    scratch.follow(steps(&page("firmware.md"), "A project from an empty folder"), &lock_file);
    scratch.is_online = true;
    assert_eq!(scratch.follow(steps(&page("integers.md"), "On a Cortex-M0+"), &lock_file), 1);
}

#[test]
fn a_page_has_files_commands_and_outputs() {
    let page = "\n## A project from an empty folder\n\n`a/b.toml`:\n\n```toml\nx = 1\n```\n\nRun `b`:\n\n\
                ```sh\nls\n```\n\n```text\nb\n```\n\n## Next\n";
    let steps = format!("{:?}", steps(page, "A project from an empty folder"));
    let expected = r#"[Write { file: "a/b.toml", text: "x = 1\n" }, Run("ls\n"), Expect("b\n")]"#;
    assert_eq!(steps, expected);
}
