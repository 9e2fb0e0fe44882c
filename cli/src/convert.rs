//! `streaming-net convert`: the network of a file as text of the macro, with its weights as JSON or safetensors.

mod weights;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use streaming_net_compiler::report::{Compiled, Network};
use streaming_net_compiler::{Folders, Written, compile};

use crate::arguments::Convert;
use crate::{Failure, network, print};

/// The file that the weights are written to.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Format {
    Json,
    Safetensors,
}

impl Format {
    /// By the ending of a path.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "json" => Some(Self::Json),
            "safetensors" => Some(Self::Safetensors),
            _ => None,
        }
    }
}

pub(crate) fn run(Convert { input, out }: &Convert) -> Result<(), Failure> {
    let compiled = network::read(input, |_| false)?;
    let text = convert(&compiled, &input.network, out)?;
    Ok(print::bytes(text.as_bytes())?)
}

/// Writes the weights, and gives the text.
fn convert(compiled: &Compiled, read: &str, out: &Path) -> anyhow::Result<String> {
    let network = match compiled.networks.as_slice() {
        [network] => network,
        others => bail!("`convert` takes one network, and there are {}", others.len()),
    };
    let format = Format::of(out).context("the ending of OUT is unknown")?;
    if is_same(Path::new(read), out) {
        bail!("{read} would be overwritten: write another name after `--out`");
    }
    let Written { layers, weights } = network
        .written()
        .map_err(|why| anyhow!("`{}` cannot be written as text: {why}", network.name))?;
    let bytes = match format {
        Format::Json => weights::json(network, &weights)?,
        Format::Safetensors => weights::safetensors(network, &weights)?,
    };
    let of =
        |path: &str| format!("#[weights = {path:?}]\npub struct {} <\n{layers}\n>\n", network.name);
    check(network, &of(&format!("weights.{}", ending(out)?)), &bytes, out)?;
    std::fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    // The macro takes no absolute path.
    let shown = if out.is_absolute() { out.file_name().map(PathBuf::from) } else { None };
    let shown = shown.unwrap_or_else(|| out.to_owned());
    Ok(of(shown.to_str().context("the name of OUT is not Unicode")?))
}

fn ending(path: &Path) -> anyhow::Result<&str> {
    path.extension().and_then(|ending| ending.to_str()).context("OUT has no ending")
}

/// Whether both are the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    let [one, other] = [one, other].map(|path| path.canonicalize().ok());
    one.is_some() && one == other
}

/// Compiles the text with the weights. An error where its outputs are not those of the network.
fn check(network: &Network, text: &str, bytes: &[u8], out: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("cannot make a folder for the check")?;
    std::fs::write(folder.path().join(format!("weights.{}", ending(out)?)), bytes)?;
    let manifest = folder.path().to_owned();
    let folders = Folders { working: manifest.clone(), manifest, out: None };
    let tokens = text.parse().map_err(|error| anyhow!("the written text is no Rust: {error}"))?;
    let name = &network.name;
    let written = compile(tokens, &folders);
    if let Some(mistake) = written.mistakes.first() {
        let why = mistake.message.lines().next().unwrap_or_default();
        bail!("`{name}` cannot be written as text: as text, it would not compile: {why}");
    }
    let [written] = written.networks.as_slice() else {
        bail!("`{name}` cannot be written as text: its text is no network");
    };
    if network.distance(written, &frames(network)) > TOLERANCE {
        bail!("`{name}` cannot be written as text: as layers, it would have other outputs");
    }
    Ok(())
}

/// A few roundings to f32: a weights file has the nearest f32 of numbers that the compiler put together in f64.
const TOLERANCE: f64 = 1e-5;

/// Frames to compare two networks by, as many as a second or two allow.
fn frames(network: &Network) -> Vec<Vec<f64>> {
    const MOST_MACS: usize = 1 << 23;
    let all = network.timing.receptive_field.unwrap_or(64);
    let affordable = (MOST_MACS / network.macs.max(64)).max(4);
    let count = network.timing.first + all.saturating_add(16).min(affordable);
    let number = |place: usize| {
        #[expect(clippy::cast_precision_loss, reason = "the places are few")]
        let place = place as f64;
        (0.7 * place).sin() * (0.013 * place).cos()
    };
    (0..count)
        .map(|frame| (0..network.inputs).map(|channel| number(frame * 7 + channel * 3)).collect())
        .collect()
}
