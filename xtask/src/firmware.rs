//! The programs of `examples/firmware` on every core and kernel, in QEMU.

mod captures;
mod compare;
mod pedals;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::compare::Golden;
use self::pedals::Pedals;
use crate::cores::{CORES, Core, Kernel};
use crate::program::Builder;
use crate::region::Region;
use crate::size::Size;
use crate::stack;

/// What is committed beside the programs.
struct Committed {
    folder: PathBuf,
    bless: bool,
    /// The programs whose output has been written anew.
    written: Vec<String>,
    /// What is other than what is committed, which `--bless` takes over.
    differences: Vec<String>,
    /// What is wrong, whatever is committed.
    wrong: Vec<String>,
}

pub(crate) fn run(only: Option<&str>, bless: bool) -> Result<()> {
    if let Some(name) = only
        && name != captures::NAME
        && !CORES.iter().any(|core| core.programs.contains(&name))
    {
        bail!("unknown program `{name}`. The programs are {}", all_programs().join(", "));
    }
    let golden = Golden::read(&crate::root())?;
    let folder = crate::root().join("examples/firmware/expected");
    let (written, differences, wrong) = (Vec::new(), Vec::new(), Vec::new());
    let mut committed = Committed { folder, bless, written, differences, wrong };
    let (mut sizes, mut compilers) = (String::new(), Vec::new());
    let (mut table, mut pedals) = (Table::new(), Pedals::new());
    for core in CORES {
        for &kernel in core.kernels {
            let programs = core.programs.iter().copied();
            let programs: Vec<_> =
                programs.filter(|name| only.is_none_or(|only| only == *name)).collect();
            let measures_captures = captures::is_measured(core, kernel, only);
            if programs.is_empty() && !measures_captures {
                continue;
            }
            let builder = Builder::new(core, kernel)?;
            compilers.push(builder.compilers()?);
            if measures_captures {
                committed.wrong.extend(captures::check(&builder, core)?);
            }
            let binaries = build(&builder, &programs)?;
            let mut compared = 0;
            for program in programs {
                let binary = binaries.join(program);
                let what = format!("{program} on the {}, {}", core.name, kernel.name());
                let printed = core.run(&binary, SHIFT).with_context(|| what.clone())?;
                let (printed, remarks) = remarks_apart(&printed);
                eprint!("{remarks}");
                if kernel == Kernel::Portable {
                    pedals.add(program, &remarks).with_context(|| what.clone())?;
                }
                match golden.compare(&printed) {
                    Ok(lines) => compared += lines,
                    Err(error) => committed.wrong.push(format!("{what}: {error}")),
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
        compilers.dedup();
        committed.figures(&compilers.join("; "), &sizes, [&table.text, &pedals.table])?;
        println!("{}", table.text);
    } else {
        eprintln!("skipped the comparison of sizes and stack: it needs a run of all programs");
    }
    let Committed { differences, wrong, .. } = committed;
    match (wrong.is_empty(), differences.is_empty()) {
        (true, true) => Ok(()),
        (false, _) => bail!("{}", [wrong, differences].concat().join("\n")),
        (true, false) => {
            bail!(
                "{}\n\nTo accept the differences, run `cargo xtask firmware --bless`",
                differences.join("\n")
            )
        }
    }
}

/// Nanoseconds of an instruction, as a power of two: that of a core at 250 MHz if an instruction took a cycle.
pub(crate) const SHIFT: u32 = 2;

/// What a program printed without the lines that begin with `#`, and these: figures of a core, which are no outputs of a network.
fn remarks_apart(printed: &str) -> (String, String) {
    printed.split_inclusive('\n').partition(|line| !line.starts_with('#'))
}

fn all_programs() -> Vec<&'static str> {
    let most = CORES.iter().map(|core| core.programs).max_by_key(|programs| programs.len());
    most.unwrap_or_default().to_vec()
}

/// Builds programs; returns the folder that they are in.
fn build(builder: &Builder<'_>, programs: &[&str]) -> Result<PathBuf> {
    // RTIC's device changes how every program of a build is linked, so its program has a build of its own.
    let (rtic, others): (Vec<&str>, Vec<&str>) =
        programs.iter().copied().partition(|program| *program == "rtic");
    let mut folder = PathBuf::new();
    for (programs, features) in [(others, vec![]), (rtic, vec!["--features", "rtic"])] {
        if !programs.is_empty() {
            let bins = programs.iter().flat_map(|program| ["--bin", *program]);
            folder = builder.build(&features.into_iter().chain(bins).collect::<Vec<_>>(), &[])?;
        }
    }
    Ok(folder)
}

fn size_line(core: &Core, kernel: Kernel, program: &str, Size { text, data, bss }: Size) -> String {
    format!("{:<11} {:<10} {program:<11} {text:>6} {data:>5} {bss:>5}\n", core.name, kernel.name())
}

impl Committed {
    /// Compares the output of a program: with the portable kernel it is the same on every core, with the other one it is
    /// within the tolerance.
    fn output(&mut self, program: &str, kernel: Kernel, printed: &str, what: &str) -> Result<()> {
        let file = self.folder.join(format!("{program}.out"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if kernel == Kernel::CmsisDsp {
            if let Err(error) = compare::texts(printed, &expected) {
                self.wrong.push(format!("{what}: {error}"));
            }
        } else if printed != expected {
            // The first core's output is written; the others have to agree with it.
            let is_first = !self.written.iter().any(|written| written == program);
            if self.bless && is_first {
                self.written.push(program.to_owned());
                return write(&file, printed);
            }
            let why = compare::texts(printed, &expected).err();
            let why =
                why.map_or_else(|| "only last digits differ".to_owned(), |error| error.to_string());
            let list = if is_first { &mut self.differences } else { &mut self.wrong };
            list.push(format!("{what}: the output differs from the committed one: {why}"));
        }
        Ok(())
    }

    /// Compares figures, if the same compilers made the committed ones: the sizes, and the `tables` of two pages, one of cores
    /// and stacks, one of the pedals.
    fn figures(&mut self, compilers: &str, sizes: &str, tables: [&str; 2]) -> Result<()> {
        let file = self.folder.join("sizes.txt");
        let head =
            format!("core        kernel     program       text  data   bss   by {compilers}\n");
        let sizes = head.clone() + sizes;
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if self.bless {
            write(&file, &sizes)?;
            for ((page, _), table) in TABLES.into_iter().zip(tables) {
                Region::read(page, "firmware")?.write(table)?;
            }
            return Ok(());
        }
        if !expected.starts_with(&head) {
            let (is, was) = (head.trim_end(), expected.lines().next().unwrap_or_default());
            eprintln!(
                "skipped the comparison of sizes and stack, for the compilers differ:\n{is}\n{was}"
            );
            return Ok(());
        }
        self.differences.extend(compare::figures(&sizes, &expected, 2, "size"));
        for ((page, place), table) in TABLES.into_iter().zip(tables) {
            let region = Region::read(page, "firmware")?;
            self.differences.extend(compare::figures(table, &region.text, place, page));
        }
        Ok(())
    }
}

/// Pages with a table, and which word of a row, from its end, may differ a little.
const TABLES: [(&str, usize); 2] = [("docs/book/src/firmware.md", 1), (pedals::PAGE, 5)];

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
        let head = "| core | in QEMU | kernel | programs | outputs as recorded | stack of `push`, bytes |\n";
        Self { text: format!("{head}|---|---|---|---:|---:|---:|\n") }
    }

    fn row(&mut self, core: &Core, kernel: Kernel, compared: usize, binaries: &Path) -> Result<()> {
        let stack = if core.programs.contains(&"no_panic") {
            stack::deepest(&binaries.join("no_panic"), "pushes_", 16)?.to_string()
        } else {
            "-".to_owned()
        };
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
