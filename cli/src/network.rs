//! The networks of a file, or of a text.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use proc_macro2::{TokenStream, TokenTree};
use streaming_net_compiler::report::Compiled;
use streaming_net_compiler::{Folders, compile};

use crate::arguments::Input;
use crate::{Failure, mistakes};

/// What is compiled.
pub(crate) struct Text {
    /// The source of which spans are places.
    pub(crate) source: String,
    /// What messages call it.
    pub(crate) shown: Option<String>,
    /// The weights file that this program wrote it for, as the command line has it.
    pub(crate) file: Option<String>,
    /// Where paths of weights files start.
    folder: PathBuf,
}

impl Text {
    fn of(input: &Input) -> anyhow::Result<Self> {
        let here = std::env::current_dir().context("there is no current folder")?;
        let words = &input.network;
        let attributes = input.attributes.iter().map(|attribute| format!("#[{attribute}]\n"));
        let attributes = attributes.collect::<Vec<_>>().concat();
        let path = Path::new(words);
        if words == "-" {
            let mut source = String::new();
            std::io::stdin()
                .read_to_string(&mut source)
                .context("cannot read the standard input")?;
            return Ok(Self::written(&source, &attributes, here));
        }
        if path.extension().is_some_and(|ending| ending == "rs") {
            let source = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            if !attributes.is_empty() {
                bail!("--attribute is for a weights file or a text: write it into {words}");
            }
            let folder = here.join(path);
            let is_crate = |folder: &&Path| folder.join("Cargo.toml").is_file();
            let folder = folder.ancestors().skip(1).find(is_crate).unwrap_or(&here);
            let (shown, folder) = (Some(words.clone()), folder.to_owned());
            return Ok(Self { source, shown, file: None, folder });
        }
        if path.is_file() {
            let (Some(name), Some(folder)) =
                (path.file_name().and_then(|name| name.to_str()), path.parent())
            else {
                bail!("the name of {} is not Unicode", path.display());
            };
            let structure = structure(path);
            let source = format!("#[weights = {name:?}]\n{attributes}pub struct {structure};\n");
            let file = Some(words.clone());
            return Ok(Self { source, shown: None, file, folder: here.join(folder) });
        }
        if words.contains(['(', '<', ';']) {
            return Ok(Self::written(words, &attributes, here));
        }
        bail!(
            "there is no file `{words}`, and it is not the text of a network, such as 'dense(in=2, out=1)'"
        )
    }

    /// A text: layers alone, or all that stands between the braces of the macro.
    fn written(text: &str, attributes: &str, folder: PathBuf) -> Self {
        let has_struct = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        let source = if has_struct.clone().any(|word| word == "struct") {
            format!("{attributes}{text}")
        } else {
            let weights =
                if attributes.contains("#[weights") { "" } else { "#[weights = zeros]\n" };
            format!("{weights}{attributes}pub struct Net <\n{}\n>\n", text.trim())
        };
        Self { source, shown: Some("text".to_owned()), file: None, folder }
    }

    /// The macro calls in it; without any, it is the text of one.
    fn calls(&self) -> anyhow::Result<Vec<TokenStream>> {
        let tokens: TokenStream = match self.source.parse() {
            Ok(tokens) => tokens,
            Err(error) => bail!("{}: {error}", self.shown.as_deref().unwrap_or("text")),
        };
        let mut calls = Vec::new();
        find(tokens.clone(), &mut calls);
        if calls.is_empty() {
            let is_rust = self.shown.as_ref().is_some_and(|shown| shown != "text");
            if is_rust {
                bail!(
                    "{} has no call of `streaming_net!`",
                    self.shown.as_deref().unwrap_or_default()
                );
            }
            calls.push(tokens);
        }
        Ok(calls)
    }
}

/// The name of a struct for a weights file: `HeatPump` for `heat_pump.onnx`.
fn structure(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let words = stem.split(|letter: char| !letter.is_ascii_alphanumeric());
    let name: String = words
        .filter_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self" {
        name
    } else {
        format!("Net{name}")
    }
}

/// Collects what stands between the braces of each `streaming_net!`.
fn find(tokens: TokenStream, calls: &mut Vec<TokenStream>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = place.checked_sub(2).and_then(|first| tokens.get(first..place));
        let is_call = matches!(
            before,
            Some([TokenTree::Ident(name), TokenTree::Punct(mark)])
                if name == "streaming_net" && mark.as_char() == '!'
        );
        if is_call {
            calls.push(group.stream());
        } else {
            find(group.stream(), calls);
        }
    }
}

/// Compiles what the command line names. Its mistakes are printed, and are an error unless `tolerated` says otherwise of what
/// there is all the same.
pub(crate) fn read(
    input: &Input,
    tolerated: impl Fn(&Compiled) -> bool,
) -> Result<Compiled, Failure> {
    let text = Text::of(input)?;
    let folders = Folders {
        manifest: text.folder.clone(),
        out: std::env::var_os("OUT_DIR").map(PathBuf::from),
        working: std::env::current_dir().context("there is no current folder")?,
    };
    let mut all = Compiled::default();
    for call in text.calls()? {
        let Compiled { networks, mistakes, rust } = compile(call, &folders);
        all.networks.extend(networks);
        all.mistakes.extend(mistakes);
        all.rust.extend(rust);
    }
    if all.mistakes.is_empty() || tolerated(&all) {
        return Ok(all);
    }
    mistakes::print(&text, &all.mistakes);
    Err(Failure::Told)
}
