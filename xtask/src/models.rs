//! What models in ONNX cost on a Cortex-M: the rows of `docs/book/src/models.md`. The models are not in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::bench::Pushes;
use crate::cores::{self, Core, Kernel};
use crate::program::Builder;

const HEADER: &str = "\
| model | weights | RAM | multiply-accumulates | instructions, mean | worst | error |
|---|---:|---:|---:|---:|---:|---:|";

/// The programs count where an instruction takes `2^SHIFT` nanoseconds.
const SHIFT: u32 = 7;

/// Prints a row for each model of the folder.
pub(crate) fn run(folder: &Path, core: &str) -> Result<()> {
    let core = cores::find(core)?;
    let models = models(folder)?;
    if models.is_empty() {
        println!("skipped: there are no ONNX models in {}", folder.display());
        return Ok(());
    }
    let builder = Builder::new(core, Kernel::Portable)?;
    println!("{HEADER}");
    for model in models {
        let name = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("{}", row(core, &builder, &model, &name).context(name)?);
    }
    Ok(())
}

/// The models of a folder, by name. There are none where there is no folder.
fn models(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let folder = folder.canonicalize()?;
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = files.collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "onnx"));
    files.sort();
    Ok(files)
}

/// The figures of a model, or why it is refused.
fn row(core: &Core, builder: &Builder<'_>, model: &Path, name: &str) -> Result<String> {
    let file = model.to_str().context("the name of the file is not Unicode")?;
    let arguments =
        ["-p", "streaming-net-bench", "--features", "onnx", "--bin", "push", "--bin", "recorded"];
    let built = builder.build(&arguments, &[("MODEL", file)]);
    let programs = match built {
        Ok(programs) => programs,
        Err(error) => {
            let why = refusal(&format!("{error:#}"));
            return why.map(|why| format!("| {name} | refused: {why} |")).ok_or(error);
        }
    };
    let Pushes { mean, worst, macs, weights, state } =
        Pushes::count(core, &programs.join("push"), SHIFT)?;
    let error = core.run(&programs.join("recorded"), SHIFT)?;
    Ok(format!("| {name} | {weights} | {state} | {macs} | {mean} | {worst} | {} |", error.trim()))
}

/// What the macro says of a model, in what cargo printed.
fn refusal(printed: &str) -> Option<String> {
    let mut errors = printed.lines().filter_map(|line| line.strip_prefix("error: `"));
    let (_, why) = errors.find_map(|error| error.split_once("model.onnx`: "))?;
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_what_the_macro_says() {
        let printed = "Cortex-M4F: cargo build: exit status: 101\n   Compiling bench\nerror: `/out/model.onnx`: `Loop` has \
                       no count\n  --> src/lib.rs\nerror: could not compile `bench`\n";
        assert_eq!(refusal(printed).as_deref(), Some("`Loop` has no count"));
        assert_eq!(refusal("error: could not compile `bench`\n"), None);
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_models() {
        assert!(models(Path::new("no/such/folder")).unwrap().is_empty());
    }
}
