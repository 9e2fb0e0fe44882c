//! Where the weights file is, and its bytes.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::{Folder, WeightsFile};
use crate::suggest::nearest;

/// Bytes of a weights file: some million weights, written generously.
pub(super) const FILE_BYTES: u64 = 64 << 20;

/// What messages call a file of weights.
pub(super) const WEIGHTS: &str = "weights file";

/// The folders of the crate that the macro is called in: paths of weights files start there.
#[derive(Clone, Debug)]
pub struct Folders {
    /// `CARGO_MANIFEST_DIR`
    pub manifest: PathBuf,
    /// `OUT_DIR`, where the crate has a build script.
    pub out: Option<PathBuf>,
    /// The compiler's working directory, from which messages name a file.
    pub working: PathBuf,
}

/// A weights file that was read.
pub(crate) struct Source {
    pub(crate) bytes: Vec<u8>,
    /// The file as messages name it: no absolute path, so that they read the same on every machine.
    pub(crate) shown: String,
    /// What the user wrote for its path.
    pub(crate) written: TokenStream,
}

impl Source {
    /// Reads a file. `kind` is what messages call it: a "weights file".
    pub(crate) fn read(
        weights: &WeightsFile,
        kind: &str,
        folders: &Folders,
        errors: &mut Errors,
    ) -> Option<Self> {
        let Place { file, shown } = Place::of(weights, folders, errors)?;
        let (path, written) = (weights.path.as_deref()?, weights.tokens.clone());
        match read(&file) {
            Ok(bytes) => Some(Self { bytes, shown, written }),
            Err(Problem::Missing) => {
                let help = did_you_mean(path, &file);
                let note = || Hint::note("the path is relative to the folder of Cargo.toml");
                let hint = match path {
                    "zeros" if kind == WEIGHTS => Hint::help(
                        "write `#[weights = zeros]`, without quotes, for a network that is not trained yet",
                    ),
                    _ => help.unwrap_or_else(note),
                };
                let message = Message::new(format!("there is no {kind} `{shown}`"));
                errors.report(&written, message.hint(hint));
                None
            }
            Err(Problem::Unreadable(why)) => {
                errors.report(&written, format!("`{shown}` {why}"));
                None
            }
        }
    }
}

/// Where a file or folder is.
pub(super) struct Place {
    pub(super) file: PathBuf,
    /// As messages name it: no absolute path, so that they read the same on every machine.
    pub(super) shown: String,
}

impl Place {
    pub(super) fn of(
        weights: &WeightsFile,
        folders: &Folders,
        errors: &mut Errors,
    ) -> Option<Self> {
        let path = weights.path.as_deref()?;
        let written = weights.tokens.clone();
        let (folder, shown) = match weights.folder {
            Folder::Manifest => {
                if Path::new(path).is_absolute() {
                    let message = "an absolute path works only on this machine";
                    let help = relative(path, &folders.manifest);
                    errors.report(&written, Message::new(message).help(help));
                    return None;
                }
                let shown = match folders.manifest.strip_prefix(&folders.working) {
                    Ok(below) => below.join(path).display().to_string(),
                    Err(_) => path.to_owned(),
                };
                (folders.manifest.as_path(), shown)
            }
            Folder::OutDir => {
                let Some(out) = &folders.out else {
                    let message = "this crate has no build script, so it has no `OUT_DIR`";
                    errors.report(&written, message);
                    return None;
                };
                (out.as_path(), format!("OUT_DIR{path}"))
            }
        };
        let shown = shown.replace('\\', "/");
        let file = folder.join(path.trim_start_matches('/'));
        Some(Self { file, shown })
    }
}

pub(super) enum Problem {
    Missing,
    Unreadable(String),
}

/// The bytes of a file, or what is wrong with it in words that are the same on every system.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |why: &str| Problem::Unreadable(why.to_owned());
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => Problem::Missing,
        ErrorKind::PermissionDenied => unreadable("cannot be read: permission denied"),
        _ => unreadable("cannot be read"),
    };
    let metadata = fs::metadata(file).map_err(failed)?;
    if metadata.is_dir() {
        return Err(unreadable("is a folder, not a file"));
    }
    // Others, such as `/dev/zero`, may have no end.
    if !metadata.is_file() {
        return Err(unreadable("is not a file"));
    }
    let too_long = |length: u64| {
        let message = format!("has {length} bytes, but the limit is {FILE_BYTES}");
        Problem::Unreadable(message)
    };
    // Files of the kernel's, such as `/proc/kmsg`, say that they are empty; to read one may wait forever.
    match metadata.len() {
        0 => return Err(unreadable("is empty")),
        length if length > FILE_BYTES => return Err(too_long(length)),
        _ => {}
    }
    let mut bytes = Vec::new();
    let file = File::open(file).map_err(failed)?;
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > FILE_BYTES) {
        return Err(too_long(metadata.len()));
    }
    if bytes.is_empty() {
        return Err(unreadable("is empty"));
    }
    Ok(bytes)
}

/// What to write for an absolute path.
fn relative(path: &str, manifest: &Path) -> String {
    match Path::new(path).strip_prefix(manifest) {
        Ok(below) => format!("write `{:?}`", below.display().to_string()),
        Err(_) => "write a path relative to the folder of Cargo.toml".to_owned(),
    }
}

/// The file or folder beside it that has nearly its name.
pub(super) fn did_you_mean(path: &str, file: &Path) -> Option<Hint> {
    let names = names_beside(file);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let nearest = nearest(&name, names.iter().map(String::as_str))?;
    let beside = path.trim_end_matches('/').strip_suffix(&*name).unwrap_or_default();
    Some(Hint::help(format!("did you mean `{beside}{nearest}`?")))
}

fn names_beside(file: &Path) -> Vec<String> {
    let entries = file.parent().and_then(|folder| fs::read_dir(folder).ok());
    let mut names: Vec<_> = entries
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
