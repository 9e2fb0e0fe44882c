//! The files of a recorded run: a folder beside the model with `input_0.pb`, `output_0.pb` and so on, as the `onnx` package has them.

use std::path::Path;

use proc_macro2::TokenStream;

use super::source::{Place, Problem, did_you_mean, read};
use crate::errors::{Errors, Hint, Message};
use crate::frontend::ast::WeightsFile;
use crate::frontend::weights::Folders;

/// Inputs, or outputs, of a run: no network here has as many.
const MOST_FILES: usize = 256;

/// What a folder has of a recorded run.
pub(crate) struct RunFiles {
    /// The folder as messages name it.
    pub(crate) shown: String,
    /// What the user wrote for its path.
    pub(crate) written: TokenStream,
    /// The bytes of `input_0.pb` and those that follow.
    pub(crate) inputs: Vec<Vec<u8>>,
    /// The same of `output_0.pb`.
    pub(crate) outputs: Vec<Vec<u8>>,
}

impl RunFiles {
    pub(super) fn read(
        folder: &WeightsFile,
        folders: &Folders,
        errors: &mut Errors,
    ) -> Option<Self> {
        let Place { file, shown } = Place::of(folder, folders, errors)?;
        let path = folder.path.as_deref()?;
        let written = folder.tokens.clone();
        if !file.is_dir() {
            let message = if file.exists() {
                Message::new(format!("`{shown}` is a file, not the folder of a recorded run"))
                    .help("write the folder that has `input_0.pb` and `output_0.pb`")
            } else {
                let note = || Hint::note("the path is relative to the folder of Cargo.toml");
                Message::new(format!("there is no folder `{shown}`"))
                    .hint(did_you_mean(path, &file).unwrap_or_else(note))
            };
            errors.report(&written, message);
            return None;
        }
        let mut all = |kind: &str| match of_kind(&file, kind) {
            Ok(files) => Some(files),
            Err(why) => {
                errors.report(&written, why.after(format!("`{shown}/")));
                None
            }
        };
        let (inputs, outputs) = (all("input"), all("output"));
        Some(Self { shown, written, inputs: inputs?, outputs: outputs? })
    }

    /// The names of the files that were read.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = |kind: &'static str, count: usize| {
            (0..count).map(move |place| format!("{kind}_{place}.pb"))
        };
        names("input", self.inputs.len()).chain(names("output", self.outputs.len())).collect()
    }
}

/// The files of all inputs, or of all outputs.
fn of_kind(folder: &Path, kind: &str) -> Result<Vec<Vec<u8>>, Message> {
    let mut files = Vec::new();
    for place in 0..MOST_FILES {
        match read(&folder.join(format!("{kind}_{place}.pb"))) {
            Ok(bytes) => files.push(bytes),
            Err(Problem::Missing) if place > 0 => break,
            Err(Problem::Missing) => {
                let text = format!("{kind}_0.pb` is missing");
                let help = "a recorded run has a file for each input and output of the model: `input_0.pb`, `output_0.pb` …";
                return Err(Message::new(text).help(help));
            }
            Err(Problem::Unreadable(why)) => {
                return Err(Message::new(format!("{kind}_{place}.pb` {why}")));
            }
        }
    }
    Ok(files)
}
