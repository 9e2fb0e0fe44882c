//! The standard output and the standard error.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use annotate_snippets::{Level, Renderer};
use anyhow::Context as _;

/// Prints text. Its styles are left out where the output is no terminal, or where `NO_COLOR` is set.
pub(crate) fn text(text: &str) -> anyhow::Result<()> {
    finish(anstream::stdout().write_all(text.as_bytes()))
}

/// Prints bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> anyhow::Result<()> {
    finish(std::io::stdout().write_all(bytes))
}

/// A reader that has seen enough is no error.
fn finish(written: std::io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to the standard output"),
    }
}

/// Writes a file, or prints it where there is no path.
pub(crate) fn to(path: Option<&Path>, text: &str) -> anyhow::Result<()> {
    match path {
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
        }
        None => bytes(text.as_bytes()),
    }
}

/// Prints one line to the standard error, as an error.
pub(crate) fn error(message: &str) {
    let report = [annotate_snippets::Group::with_title(Level::ERROR.primary_title(message))];
    anstream::eprintln!("{}", Renderer::styled().render(&report));
}
