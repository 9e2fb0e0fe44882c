//! The part of a text file that a task writes: between `<!-- cargo xtask NAME -->` and `<!-- end -->`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

pub(crate) struct Region {
    file: PathBuf,
    before: String,
    pub(crate) text: String,
    after: String,
}

impl Region {
    pub(crate) fn read(file: &str, name: &str) -> Result<Self> {
        let path = crate::root().join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
        let start = format!("<!-- cargo xtask {name} -->\n");
        let (before, rest) =
            text.split_once(&start).with_context(|| format!("{file} lacks the line {start}"))?;
        let (inner, after) = rest
            .split_once("<!-- end -->")
            .with_context(|| format!("{file} lacks the line <!-- end -->"))?;
        let (before, inner, after) =
            (before.to_owned() + &start, inner.to_owned(), format!("<!-- end -->{after}"));
        Ok(Self { file: path, before, text: inner, after })
    }

    /// Puts another text into the file.
    pub(crate) fn write(&self, text: &str) -> Result<()> {
        let whole = format!("{}{text}{}", self.before, self.after);
        fs::write(&self.file, whole)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}
