//! The templates of `cargo generate`: fresh copies are filled in, built, and, where QEMU has the chip, run.
//!
//! The copies are made by a few lines here, because `cargo generate` itself takes minutes to build. They know placeholders
//! without filters, the ending `.liquid`, and the key `exclude`: all that the templates use.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::command::run as run_command;
use crate::toolchain::Toolchain;

/// The file of a template that `cargo generate` reads, and does not copy.
const SETTINGS: &str = "cargo-generate.toml";

/// The folder of a template that is copied as it is.
const EXCLUDED: &str = "weights";

pub(crate) fn run() -> Result<()> {
    let copies = Copies::new()?;
    for name in names()? {
        check(&name, &copies.folder).with_context(|| format!("templates/{name}"))?;
    }
    Ok(())
}

/// A folder outside the repository, as a user's. It is removed when this is dropped.
struct Copies {
    folder: PathBuf,
}

impl Copies {
    fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("templates-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn folder() -> PathBuf {
    crate::root().join("templates")
}

/// The folders with a template.
fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder())? {
        let entry = entry?;
        if entry.path().join(SETTINGS).exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn check(name: &str, copies: &Path) -> Result<()> {
    let copy = copies.join(name);
    let runtime = crate::root().join("runtime");
    let dependency = format!("path = \"{}\"", runtime.display());
    fill(&folder().join(name), &copy, &[("project-name", name), ("dependency", &dependency)])?;
    run_command(cargo(&copy).args(["fmt", "--check"]))?;
    Toolchain::find(&target(&fs::read_to_string(copy.join(".cargo/config.toml"))?)?)?;
    run_command(cargo(&copy).args(["rustc", "--release", "--", "-D", "warnings"]))?;
    let readme = fs::read_to_string(copy.join("README.md"))?;
    let Some(expected) = output(&readme) else {
        eprintln!("{name}: builds");
        return Ok(());
    };
    let printed = run_command(
        Command::new("timeout")
            .arg("600")
            .args(["cargo", "run", "--release"])
            .current_dir(&copy)
            .env("CARGO_TARGET_DIR", target_dir()),
    )?;
    ensure!(
        printed == expected,
        "`cargo run --release` printed\n{printed}The README says\n{expected}"
    );
    eprintln!("{name}: builds, and prints what its README says");
    Ok(())
}

fn cargo(copy: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    // One folder for all: most dependencies are the same.
    cargo.current_dir(copy).env("CARGO_TARGET_DIR", target_dir());
    cargo
}

fn target_dir() -> PathBuf {
    crate::root().join("target/templates")
}

/// Copies a template and replaces its placeholders by these values.
fn fill(from: &Path, to: &Path, values: &[(&str, &str)]) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().context("an entry has a name")?.to_string_lossy().into_owned();
        let place = to.join(name.strip_suffix(".liquid").unwrap_or(&name));
        if name == EXCLUDED {
            fs::create_dir_all(&place)?;
            for file in fs::read_dir(&path)? {
                let file = file?;
                fs::copy(file.path(), place.join(file.file_name()))?;
            }
        } else if path.is_dir() {
            fill(&path, &place, values)?;
        } else if name != SETTINGS {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let text = filled(&text, values).with_context(|| path.display().to_string())?;
            fs::write(place, text)?;
        }
    }
    Ok(())
}

/// The text with values in place of `{{name}}`.
fn filled(text: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut parts = text.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").context("`{{` without `}}`")?;
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name.trim()) else {
            bail!("no value for the placeholder `{name}`");
        };
        filled += value;
        filled += rest;
    }
    Ok(filled)
}

/// The target that a cargo configuration says.
fn target(config: &str) -> Result<String> {
    let target =
        config.lines().find_map(|line| line.strip_prefix("target = \"")?.strip_suffix('"'));
    target.map(str::to_owned).context(".cargo/config.toml has no line `target = \"…\"`")
}

/// The output that a README shows.
fn output(readme: &str) -> Option<&str> {
    Some(readme.split_once("```text\n")?.1.split_once("```")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced() {
        let values = [("project-name", "pulse"), ("dependency", "version = \"0.1\"")];
        let text = "name = \"{{project-name}}\"\nnet = { {{ dependency }}, features = [] }\n";
        let expected = "name = \"pulse\"\nnet = { version = \"0.1\", features = [] }\n";
        assert_eq!(filled(text, &values).unwrap(), expected);
        assert!(filled("{{unknown}}", &values).is_err());
        assert!(filled("{{project-name", &values).is_err());
    }

    #[test]
    fn each_template_asks_for_this_version_and_leaves_weights_alone() {
        let (major, rest) = env!("CARGO_PKG_VERSION").split_once('.').unwrap();
        let (minor, _) = rest.split_once('.').unwrap();
        let default = format!("default = 'version = \"{major}.{minor}\"'");
        let menu = fs::read_to_string(folder().join(SETTINGS)).unwrap();
        let page = fs::read_to_string(folder().join("README.md")).unwrap();
        assert!(!names().unwrap().is_empty());
        for name in names().unwrap() {
            let settings = fs::read_to_string(folder().join(&name).join(SETTINGS)).unwrap();
            assert!(settings.contains(&default), "{name}: {default}");
            assert!(settings.contains(&format!("exclude = [\"{EXCLUDED}\"]")), "{name}");
            assert!(menu.contains(&format!("\"{name}\"")), "{name} is not in templates/{SETTINGS}");
            assert!(
                page.contains(&format!("| `{name}` |")),
                "{name} is not in templates/README.md"
            );
        }
    }
}
