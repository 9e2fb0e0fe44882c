//! The packages that are published, and what their archives contain.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use flate2::read::GzDecoder;
use tar::Archive;

use crate::command::run as run_command;

/// The packages that are published, each after those that it depends on. All other members of the workspace have
/// `publish = false`.
const PUBLISHED: [&str; 4] =
    ["streaming-net-compiler", "streaming-net-macros", "streaming-net", "streaming-net-cli"];

/// The files of the repository's root that every archive contains.
const FROM_ROOT: [&str; 4] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Builds the archives and the crates in them, and checks what the archives contain. With `publish_dry_run`, also goes
/// through the publication, all but the upload.
pub(crate) fn run(publish_dry_run: bool) -> Result<()> {
    let metadata = metadata()?;
    let packages = published(&metadata)?;
    for package in &packages {
        check_manifest(package).with_context(|| package.name.to_string())?;
    }
    forget_unpacked(&packages)?;
    // One call for all packages: cargo then takes their dependencies on each other from the archives.
    run_command(&mut cargo("package"))?;
    for package in &packages {
        let name = format!("{}-{}", package.name, package.version);
        let archive = metadata.target_directory.join("package").join(format!("{name}.crate"));
        let files = read_archive(archive.as_std_path(), &name)?;
        check_names(files.keys().map(String::as_str)).with_context(|| name.clone())?;
        let folder = package.manifest_path.parent().context("a manifest is in a folder")?;
        check_texts(&files, folder.as_std_path()).with_context(|| name.clone())?;
        eprintln!("{name}: {} files, with licences and without tests", files.len());
    }
    if publish_dry_run {
        run_command(cargo("publish").args(["--dry-run", "--no-verify"]))?;
        eprintln!("`cargo publish --dry-run` succeeds");
    }
    Ok(())
}

fn metadata() -> Result<Metadata> {
    let manifest = crate::root().join("Cargo.toml");
    Ok(MetadataCommand::new().manifest_path(manifest).no_deps().exec()?)
}

/// `cargo TASK` for all published packages at once.
fn cargo(task: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(crate::root()).args([task, "--allow-dirty"]);
    cargo.args(PUBLISHED.iter().flat_map(|package| ["--package", package]));
    cargo
}

/// Removes what cargo has unpacked of earlier archives. Its temporary registry has the same name every time, and what is
/// unpacked under a name is not unpacked again, even from another archive of the same version.
fn forget_unpacked(packages: &[&Package]) -> Result<()> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("no home folder")?;
    let unpacked = home.join("registry/src");
    if !unpacked.exists() {
        return Ok(());
    }
    for registry in fs::read_dir(unpacked)? {
        let registry = registry?;
        // A registry that is a folder has no host before the `-`.
        if !registry.file_name().to_string_lossy().starts_with('-') {
            continue;
        }
        for package in packages {
            let folder = registry.path().join(format!("{}-{}", package.name, package.version));
            if folder.exists() {
                fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
            }
        }
    }
    Ok(())
}

/// The published packages; an error where the workspace's manifests publish others.
fn published(metadata: &Metadata) -> Result<Vec<&Package>> {
    let members = metadata.workspace_packages();
    // `publish = false` is an empty list of registries.
    let has_publish = |package: &&Package| package.publish.as_ref().is_none_or(|to| !to.is_empty());
    let mut names: Vec<_> =
        members.iter().copied().filter(has_publish).map(|package| package.name.as_str()).collect();
    names.sort_unstable();
    let mut expected = PUBLISHED.to_vec();
    expected.sort_unstable();
    ensure!(
        names == expected,
        "packages without `publish = false`: {}. Published packages: {}. Write `publish = false` in the others' \
         Cargo.toml, or change `PUBLISHED` in xtask/src/package.rs",
        names.join(", "),
        expected.join(", "),
    );
    Ok(members.into_iter().filter(|package| PUBLISHED.contains(&package.name.as_str())).collect())
}

/// An error where the manifest lacks what crates.io and docs.rs show.
fn check_manifest(package: &Package) -> Result<()> {
    let fields = [
        ("description", package.description.is_some()),
        ("license", package.license.is_some()),
        ("repository", package.repository.is_some()),
        ("homepage", package.homepage.is_some()),
        ("documentation", package.documentation.is_some()),
        ("readme", package.readme.is_some()),
        ("rust-version", package.rust_version.is_some()),
        ("keywords", !package.keywords.is_empty()),
        ("categories", !package.categories.is_empty()),
        ("package.metadata.docs.rs", package.metadata.pointer("/docs/rs").is_some()),
    ];
    let missing: Vec<_> = fields.iter().filter(|(_, is_there)| !is_there).collect();
    ensure!(missing.is_empty(), "Cargo.toml lacks {}", names(&missing));
    Ok(())
}

fn names(fields: &[&(&str, bool)]) -> String {
    fields.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// An error where a package lacks a file of the root, or has a test.
fn check_names<'a>(names: impl Iterator<Item = &'a str>) -> Result<()> {
    let names: Vec<_> = names.collect();
    if let Some(missing) = FROM_ROOT.iter().find(|file| !names.contains(file)) {
        bail!("{missing} is missing: link it into the package's folder and add it to `include`");
    }
    let is_test = |name: &&&str| name.split('/').any(|part| matches!(part, "tests" | "tests.rs"));
    if let Some(test) = names.iter().find(is_test) {
        bail!("{test} is a test: exclude it by `include`");
    }
    Ok(())
}

/// An error where a file of the root is another text in the archive, such as the target of a link. The readme may be the
/// package's own.
fn check_texts(files: &BTreeMap<String, Vec<u8>>, package: &Path) -> Result<()> {
    for name in FROM_ROOT {
        let folder = if name == "README.md" { package } else { &crate::root() };
        let expected = fs::read(folder.join(name)).with_context(|| name)?;
        ensure!(files.get(name) == Some(&expected), "{name} differs from the repository's");
    }
    Ok(())
}

/// The files of an archive, by their names within its folder; an error where an entry is not a regular file.
fn read_archive(path: &Path, folder: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut files = BTreeMap::new();
    for entry in Archive::new(GzDecoder::new(file)).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.strip_prefix(folder)?.to_string_lossy().into_owned();
        ensure!(entry.header().entry_type().is_file(), "{name} is not a regular file");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(name, bytes);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_packages_say_what_they_are_and_others_are_not_published() {
        let metadata = metadata().unwrap();
        for package in published(&metadata).unwrap() {
            check_manifest(package).unwrap();
        }
    }

    #[test]
    fn published_packages_have_licences_and_no_tests() {
        for package in PUBLISHED {
            let mut list = Command::new("cargo");
            list.current_dir(crate::root());
            list.args(["package", "--list", "--allow-dirty", "--offline", "--package", package]);
            let names = run_command(&mut list).unwrap();
            check_names(names.lines()).unwrap();
        }
    }

    #[test]
    fn a_missing_licence_and_a_test_are_errors() {
        let complete = || FROM_ROOT.into_iter().chain(["src/lib.rs"]);
        check_names(complete()).unwrap();
        assert!(check_names(complete().filter(|name| *name != "LICENSE-MIT")).is_err());
        for test in ["tests/names.rs", "src/tests.rs", "src/weights/keras/tests.rs"] {
            assert!(check_names(complete().chain([test])).is_err(), "{test}");
        }
    }

    #[test]
    fn a_link_in_place_of_a_file_is_an_error() {
        let read = |name: &str| (name.to_owned(), fs::read(crate::root().join(name)).unwrap());
        let mut files = BTreeMap::from(FROM_ROOT.map(read));
        check_texts(&files, &crate::root()).unwrap();
        files.insert("LICENSE-MIT".to_owned(), b"../LICENSE-MIT".to_vec());
        assert!(check_texts(&files, &crate::root()).is_err());
    }
}
