//! Help, and commands that do not exist.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap()
}

/// What a person looks for: each command, and its options.
const USAGE: [&str; 13] = [
    "cargo xtask cmsis-dsp [OPTIONS] --target <TRIPLE>",
    "--source <DIR>",
    "cargo xtask firmware [OPTIONS] [PROGRAM]",
    "Run this program only",
    "cargo xtask bench [OPTIONS]",
    "--check",
    "--bless",
    "cargo xtask models [OPTIONS] <FOLDER>",
    "cargo xtask cycles [OPTIONS] --core <CORE> <PROGRAM>",
    "cargo xtask figure [OPTIONS]",
    "cargo xtask package [OPTIONS]",
    "--publish-dry-run",
    "cargo xtask templates",
];

#[test]
fn help_shows_every_command_and_its_options() {
    for argument in ["help", "--help", "-h"] {
        let output = xtask(&[argument]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{argument}");
        assert!(output.stderr.is_empty(), "{argument}");
        for part in USAGE {
            assert!(text.contains(part), "{argument}: no `{part}` in\n{text}");
        }
    }
}

#[test]
fn each_command_has_help() {
    for command in
        ["cmsis-dsp", "firmware", "bench", "models", "cycles", "figure", "package", "templates"]
    {
        for arguments in [["help", command], [command, "--help"], [command, "-h"]] {
            let output = xtask(&arguments);
            let text = String::from_utf8(output.stdout).unwrap();
            assert_eq!(output.status.code(), Some(0), "{arguments:?}");
            assert!(
                text.contains(&format!("Usage: cargo xtask {command}")),
                "{arguments:?}\n{text}"
            );
        }
    }
}

#[test]
fn a_wrong_command_line_prints_usage_as_an_error() {
    let wrong: [(&[&str], &str); 5] = [
        (&[], "Usage: cargo xtask"),
        (&["benhc"], "a similar subcommand exists: 'bench'"),
        (&["firmware", "notebook", "layers"], "Usage: cargo xtask firmware"),
        (&["bench", "--check", "--bless"], "cannot be used with"),
        (&["cmsis-dsp"], "--target <TRIPLE>"),
    ];
    for (arguments, part) in wrong {
        let output = xtask(arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(
            text.contains(part) && text.contains("Usage: cargo xtask"),
            "{arguments:?}\n{text}"
        );
    }
}
