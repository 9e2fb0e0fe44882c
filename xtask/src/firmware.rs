//! The programs of `examples/firmware` on every core and kernel, in QEMU.

mod compare;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use self::compare::Golden;
use crate::command::run as command;
use crate::cores::{CORES, Core, Kernel};
use crate::size::Size;
use crate::toolchain::Toolchain;
use crate::{cmsis_dsp, stack};

/// What is committed beside the programs.
struct Committed {
    folder: PathBuf,
    bless: bool,
    /// The compilers that made the programs.
    compilers: String,
    /// What is other than what is committed.
    differences: Vec<String>,
}

pub(crate) fn run(only: Option<&str>, bless: bool) -> Result<()> {
    if let Some(name) = only
        && !CORES.iter().any(|core| core.programs.contains(&name))
    {
        bail!("no program {name}: there are {}", all_programs().join(", "));
    }
    let root = crate::root();
    let golden = Golden::read(&root)?;
    let folder = root.join("examples/firmware");
    let compilers = compilers()?;
    let mut committed =
        Committed { folder: folder.clone(), bless, compilers, differences: Vec::new() };
    let mut sizes = String::new();
    let mut table = Table::new();
    for core in CORES {
        let toolchain = Toolchain::find(core.target)?;
        if let Toolchain::BuildStd = toolchain {
            committed.compilers = String::from("Debian's rustc");
        }
        for &kernel in core.kernels {
            let binaries = build(core, kernel, &toolchain, &folder)?;
            let programs =
                core.programs.iter().filter(|name| only.is_none_or(|only| only == **name));
            let mut compared = 0;
            for program in programs {
                let binary = binaries.join(program);
                let printed = core
                    .run(&binary, 0)
                    .with_context(|| format!("{program}, {}, {}", core.name, kernel.name()))?;
                let what = format!("{program} on the {}, {}", core.name, kernel.name());
                match golden.compare(&printed) {
                    Ok(lines) => compared += lines,
                    Err(error) => committed.differences.push(format!("{what}: {error}")),
                }
                committed.output(program, kernel, &printed, &what)?;
                let size = Size::of(&binary)?;
                sizes += &size_line(core, kernel, program, size);
                eprintln!("{what}: {} bytes of flash", size.text + size.data);
            }
            if only.is_none() {
                table.row(core, kernel, compared, &binaries)?;
            }
        }
    }
    if only.is_none() {
        committed.sizes(&sizes)?;
        committed.table(&root.join("README.md"), &table.text)?;
        println!("{}", table.text);
    }
    if committed.differences.is_empty() {
        return Ok(());
    }
    bail!("{}\n\n`cargo xtask firmware --bless` takes them over", committed.differences.join("\n"))
}

fn compilers() -> Result<String> {
    let rustc = command(Command::new("rustc").arg("--version"))?;
    let gcc = command(Command::new("arm-none-eabi-gcc").arg("-dumpfullversion"))?;
    Ok(format!("{}, GCC {}", rustc.trim(), gcc.trim()))
}

fn all_programs() -> Vec<&'static str> {
    let most = CORES.iter().map(|core| core.programs).max_by_key(|programs| programs.len());
    most.unwrap_or_default().to_vec()
}

/// Builds every program of a core; returns the folder that they are in.
fn build(core: &Core, kernel: Kernel, toolchain: &Toolchain, folder: &Path) -> Result<PathBuf> {
    let target_dir = folder.join("target").join(format!("{}-{}", core.cpu, kernel.name()));
    let flags = format!("-C link-arg=-Tlink.x -C target-cpu={}", core.cpu);
    let library = match kernel {
        Kernel::Portable => None,
        Kernel::CmsisDsp => Some(cmsis_dsp::build(core.target, Some(core.cpu), None, None)?),
    };
    // RTIC's device changes how every program of a build is linked, so its program has a build of its own.
    let (rtic, others): (Vec<&str>, Vec<&str>) =
        core.programs.iter().copied().partition(|program| *program == "rtic");
    for (programs, feature) in [(others, None), (rtic, Some("rtic"))] {
        if programs.is_empty() {
            continue;
        }
        let mut cargo = toolchain.cargo(core.target, &flags);
        cargo.current_dir(folder).arg("--target-dir").arg(&target_dir);
        cargo.args(feature.iter().flat_map(|feature| ["--features", *feature]));
        if let Some(library) = &library {
            cargo.args(["--features", "cmsis-dsp"]).arg("--config").arg(&library.config);
        }
        cargo.args(programs.iter().flat_map(|program| ["--bin", *program]));
        command(&mut cargo).with_context(|| format!("{}, {}", core.name, kernel.name()))?;
    }
    Ok(target_dir.join(core.target).join("release"))
}

fn size_line(core: &Core, kernel: Kernel, program: &str, Size { text, data, bss }: Size) -> String {
    format!("{:<11} {:<10} {program:<11} {text:>6} {data:>5} {bss:>5}\n", core.name, kernel.name())
}

impl Committed {
    /// The text that a program prints: the same on every core by the portable kernel, and within the tolerance by the
    /// other.
    fn output(&mut self, program: &str, kernel: Kernel, printed: &str, what: &str) -> Result<()> {
        let file = self.folder.join(format!("expected/{program}.out"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if kernel == Kernel::CmsisDsp {
            if let Err(error) = compare::texts(printed, &expected) {
                self.differences.push(format!("{what}: {error}"));
            }
        } else if printed != expected {
            if self.bless {
                return write(&file, printed);
            }
            let why = compare::texts(printed, &expected).err();
            let why = why.map_or_else(|| "other last digits".to_owned(), |error| error.to_string());
            self.differences.push(format!("{what} prints otherwise: {why}"));
        }
        Ok(())
    }

    /// The sizes, which are compared where the compilers are those that made the committed ones.
    fn sizes(&mut self, sizes: &str) -> Result<()> {
        let file = self.folder.join("expected/sizes.txt");
        let compilers = &self.compilers;
        let head =
            format!("core        kernel     program       text  data   bss   by {compilers}\n");
        let sizes = head.clone() + sizes;
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if self.bless {
            return write(&file, &sizes);
        }
        if !expected.starts_with(&head) {
            eprintln!(
                "sizes not compared: the committed ones are by other compilers than {compilers}"
            );
            return Ok(());
        }
        let pairs = sizes.lines().zip(expected.lines()).filter(|(is, was)| is != was);
        self.differences.extend(pairs.map(|(is, was)| format!("size\n  is  {is}\n  was {was}")));
        if sizes.lines().count() != expected.lines().count() {
            self.differences.push("the committed sizes are of other programs".to_owned());
        }
        Ok(())
    }

    /// The table in the README, between two comments.
    fn table(&mut self, readme: &Path, table: &str) -> Result<()> {
        let text = fs::read_to_string(readme)?;
        let (start, end) = ("<!-- cargo xtask firmware -->\n", "<!-- end -->");
        let (before, rest) =
            text.split_once(start).context("the README has no place for the table")?;
        let (was, after) = rest.split_once(end).context("the README's table has no end")?;
        if was == table {
            return Ok(());
        }
        if self.bless {
            return write(readme, &format!("{before}{start}{table}{end}{after}"));
        }
        self.differences.push(format!("the README's table is not\n{table}"));
        Ok(())
    }
}

fn write(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// Where everything ran.
struct Table {
    text: String,
}

impl Table {
    fn new() -> Self {
        let head = "| core | in QEMU | kernel | programs | answers equal to Keras' | stack of `push`, bytes |\n";
        Self { text: format!("{head}|---|---|---|---:|---:|---:|\n") }
    }

    fn row(&mut self, core: &Core, kernel: Kernel, compared: usize, binaries: &Path) -> Result<()> {
        let stack = stack::deepest(&binaries.join("no_panic"), "push_")?;
        self.text += &format!(
            "| {} | `{}` | {} | {} | {compared} | {stack} |\n",
            core.name,
            core.machine,
            kernel.name(),
            core.programs.len(),
        );
        Ok(())
    }
}
