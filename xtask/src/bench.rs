//! What a push costs on a Cortex-M: counted in QEMU and read off the linker's output, the same at every run.

mod captures;
mod figures;
mod page;
mod peer;
mod pushes;
mod settings;
mod table;
mod workers;

use anyhow::{Context as _, Result, bail};

pub(crate) use self::pushes::Pushes;
pub(crate) use self::table::column;
use crate::cores::{self, CORES, Core, Kernel};
use crate::figure;
use crate::region::Region;

/// The networks of `examples/firmware/bench`.
const NETWORKS: [&str; 21] = [
    "mixer",
    "daisy",
    "nano",
    "wavenet16",
    "wavenet_gated",
    "a1_10_10",
    "a1_10_10_fast",
    "a1_10_10_relu",
    "a2_lite",
    "a2_full",
    "tcn",
    "amp",
    "conv_gru",
    "lstm",
    "lstm40_fast",
    "keywords",
    "keywords64",
    "daisy_i16",
    "wavenet16_i16",
    "a2_lite_i16",
    "lstm_i16",
];

/// What the name of a network ends with whose frames and weights are 16-bit integers.
const INTEGERS: &str = "_i16";

/// Cores with the timer that counts.
fn cores() -> impl Iterator<Item = &'static Core> {
    CORES.iter().filter(|core| core.is_arm())
}

/// Whether a core has time for a network, which is a matter of its floating-point unit where the network has such numbers, and
/// the memory.
fn runs_on(network: &str, core: &Core, kernel: Kernel) -> bool {
    let Some(float) = network.strip_suffix(INTEGERS) else { return core.target.ends_with("hf") };
    let has_memory = core.machine != "microbit" || ["daisy", "lstm"].contains(&float);
    kernel == Kernel::Portable && has_memory
}

/// Frames of a block in the program `blocks`.
const BLOCK: u64 = 48;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    Print,
    Check,
    Bless,
}

/// The tables of BENCHMARKS.md.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
pub(crate) enum Which {
    /// Instructions, cycles, flash, RAM and stack.
    Figures,
    /// Instructions by compiler settings.
    Settings,
    /// Flash of a second network of the same shape.
    Captures,
}

impl Which {
    const ALL: [Self; 3] = [Self::Figures, Self::Settings, Self::Captures];

    /// The region of BENCHMARKS.md that the table is in.
    fn region(self) -> &'static str {
        match self {
            Self::Figures => "bench",
            Self::Settings => "bench --table settings",
            Self::Captures => "bench --table captures",
        }
    }
}

pub(crate) fn run(mode: Mode, only: &Only) -> Result<()> {
    only.check()?;
    let mut texts = Vec::new();
    let mut worse = Vec::new();
    for which in Which::ALL.into_iter().filter(|which| only.has_table(*which)) {
        let (by, table) = match which {
            Which::Figures => figures::measure(only)?,
            Which::Settings => (String::new(), settings::measure(|name| only.has_network(name))?),
            Which::Captures => (String::new(), captures::measure(|name| only.has_network(name))?),
        };
        let text = by.clone() + &table.text();
        println!("{text}");
        if mode == Mode::Check {
            let committed = Region::read("BENCHMARKS.md", which.region())?;
            if !committed.text.starts_with(&by) {
                eprintln!("skipped the comparison: other compilers made the committed figures");
                return Ok(());
            }
            worse.extend(table.worse(&committed.text)?);
        }
        texts.push((which, text));
    }
    if mode == Mode::Bless {
        for (which, text) in &texts {
            Region::read("BENCHMARKS.md", which.region())?.write(text)?;
        }
        let committed = |which: Which| Region::read("BENCHMARKS.md", which.region());
        let captures = page::captures(&committed(Which::Figures)?.text);
        Region::read("docs/book/src/pedals.md", "bench")?.write(&captures)?;
        let settings = page::settings(&committed(Which::Settings)?.text);
        Region::read(page::SETTINGS, Which::Settings.region())?.write(&settings)?;
        figure::run(false)?;
    }
    if !worse.is_empty() {
        let worse = worse.join("\n");
        bail!("these figures are more than 2 % worse than in BENCHMARKS.md:\n{worse}");
    }
    Ok(())
}

/// The rows to measure. What is empty leaves none out.
#[derive(clap::Args)]
pub(crate) struct Only {
    /// Measure these networks only.
    #[arg(conflicts_with_all = ["check", "bless"])]
    networks: Vec<String>,
    /// Measure on this core only, such as Cortex-M4F or M4F.
    #[arg(long, conflicts_with_all = ["check", "bless"])]
    core: Option<String>,
    /// Measure this kernel only: portable or CMSIS-DSP.
    #[arg(long, conflicts_with_all = ["check", "bless"])]
    kernel: Option<String>,
    /// Measure this table only. Default: all, and of chosen rows the figures.
    #[arg(long, conflicts_with = "check")]
    table: Option<Which>,
}

impl Only {
    /// Fails for a name that no row has.
    fn check(&self) -> Result<()> {
        let known = || NETWORKS.into_iter().chain(settings::NETWORKS).chain(captures::NETWORKS);
        let mut networks = self.networks.iter();
        if let Some(unknown) = networks.find(|name| !known().any(|known| known == name.as_str())) {
            bail!("unknown network `{unknown}`. The networks are {}", NETWORKS.join(", "));
        }
        let names: Vec<_> = cores().map(|core| core.name).collect();
        let has = |core: &&str| names.iter().any(|name| cores::is_called(core, name));
        if let Some(unknown) = self.core.as_deref().filter(|core| !has(core)) {
            bail!("unknown core `{unknown}`. The cores are {}", names.join(", "));
        }
        Ok(())
    }

    fn has_table(&self, which: Which) -> bool {
        let is_all = self.networks.is_empty() && self.core.is_none() && self.kernel.is_none();
        self.table.map_or(is_all || which == Which::Figures, |table| table == which)
    }

    fn has_network(&self, name: &str) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network == name)
    }

    fn has_core(&self, name: &str) -> bool {
        self.core.as_deref().is_none_or(|core| cores::is_called(core, name))
    }

    fn has_kernel(&self, name: &str) -> bool {
        self.kernel.as_deref().is_none_or(|kernel| kernel == name)
    }
}

fn one_number(printed: &str) -> Result<u64> {
    printed.trim().parse().with_context(|| format!("the program printed no number: {printed}"))
}
