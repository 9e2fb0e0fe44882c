//! Builds the part of CMSIS-DSP that the runtime calls, and tells cargo to link it in place of what the build script of
//! `cmsis-dsp-sys` would download: the crate has a `links` key, which a table in cargo's configuration can stand in for.

use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::run;

/// The C files of the functions that `runtime/src/kernel/cmsis_dsp.rs` calls.
const SOURCES: [&str; 2] =
    ["Source/BasicMathFunctions/arm_mult_f32.c", "Source/MatrixFunctions/arm_mat_mult_f32.c"];

/// What `bindgen` makes of the headers for these functions.
const BINDINGS: &str = "\
pub type float32_t = f32;
pub type arm_status = cty::c_int;

#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct arm_matrix_instance_f32 {
    pub numRows: u16,
    pub numCols: u16,
    pub pData: *mut float32_t,
}

extern \"C\" {
    pub fn arm_mult_f32(
        pSrcA: *const float32_t,
        pSrcB: *const float32_t,
        pDst: *mut float32_t,
        blockSize: u32,
    );
    pub fn arm_mat_mult_f32(
        pSrcA: *const arm_matrix_instance_f32,
        pSrcB: *const arm_matrix_instance_f32,
        pDst: *mut arm_matrix_instance_f32,
    ) -> arm_status;
}
";

/// PyPI's source archive of `cmsisdsp` holds the C sources, in 2 MB.
const VERSION: &str = "1.10.3";
const HASH: &str = "sha256:307d32298faa7c58db912851027fce35f886fec7eb1a27c4b309ce1a97f47519";

/// The name of the library file, between `lib` and `.a`.
const NAME: &str = "streaming_net_cmsisdsp";

/// A library that was built, and cargo's configuration for it.
pub(crate) struct Library {
    pub(crate) config: PathBuf,
    text: String,
}

impl Library {
    /// How to use the library.
    pub(crate) fn instructions(&self) -> String {
        let config = self.config.display();
        format!(
            "CMSIS-DSP is built. Write in the Cargo.toml of your firmware\n\n    \
             streaming-net = {{ …, features = [\"cmsis-dsp\"] }}\n\nand build the firmware with\n\n    \
             cargo build --config {config} …\n\nor add these lines to its .cargo/config.toml:\n\n{}",
            self.text
        )
    }
}

pub(crate) fn build(
    target: &str,
    cpu: Option<&str>,
    source: Option<&Path>,
    out: Option<&Path>,
) -> Result<Library> {
    let compiler = Compiler::of(target, cpu)?;
    let source = match source {
        Some(source) => source.to_owned(),
        None => fetch()?,
    };
    for file in SOURCES {
        if !source.join(file).is_file() {
            bail!("`{}` is not a CMSIS-DSP checkout: {file} is missing", source.display());
        }
    }
    let out = match (out, cpu) {
        (Some(out), _) => absolute(out)?,
        (None, Some(cpu)) => folder().join(format!("{target}-{cpu}")),
        (None, None) => folder().join(target),
    };
    fs::create_dir_all(&out)
        .with_context(|| format!("cannot create the folder {}", out.display()))?;
    compiler.archive(&source, &out)?;
    let write = |name: &str, text: &str| {
        let file = out.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok::<_, anyhow::Error>(file)
    };
    write("bindings.rs", BINDINGS)?;
    let folder = out.to_str().context("the folder's path is not Unicode")?;
    let text = format!(
        "[target.{target}.cmsis-dsp]\nrustc-link-lib = [\"static={NAME}\"]\nrustc-link-search = [{folder:?}]\n\
         rustc-env = {{ OUT_DIR = {folder:?} }}\n"
    );
    Ok(Library { config: write("config.toml", &text)?, text })
}

/// Builds a program of one C file and these of CMSIS-DSP's, by linker scripts; returns its path.
pub(crate) fn program(
    (target, cpu): (&str, &str),
    file: &Path,
    functions: &[&str],
    scripts: &[PathBuf],
) -> Result<PathBuf> {
    let source = fetch()?;
    let name = file.file_stem().context("a C file has a name")?;
    // No library may have been built for the core.
    let folder = folder().join(format!("{target}-{cpu}"));
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let program = folder.join(name);
    let mut compile = Compiler::of(target, Some(cpu))?.compile(&source);
    compile.args(["-nostartfiles", "-Wl,--gc-sections"]).arg(file);
    compile.args(functions.iter().map(|function| source.join(function)));
    for script in scripts {
        compile.arg("-T").arg(script);
    }
    run(compile.args(["-lm", "-o"]).arg(&program))?;
    Ok(program)
}

fn folder() -> PathBuf {
    crate::root().join("target/cmsis-dsp")
}

/// The compiler and the archiver for a target.
struct Compiler {
    program: String,
    archiver: String,
    flags: Vec<String>,
}

/// The processors of each architecture, the oldest first.
const CPUS: [(&str, &[&str]); 5] = [
    ("thumbv6m", &["cortex-m0", "cortex-m0plus", "cortex-m1"]),
    ("thumbv7m", &["cortex-m3"]),
    ("thumbv7em", &["cortex-m4", "cortex-m7"]),
    ("thumbv8m.base", &["cortex-m23"]),
    ("thumbv8m.main", &["cortex-m33", "cortex-m35p", "cortex-m55", "cortex-m85"]),
];

impl Compiler {
    fn of(target: &str, cpu: Option<&str>) -> Result<Self> {
        let host = run(Command::new("rustc").arg("-vV"))?;
        let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
        if target == host {
            if let Some(cpu) = cpu {
                bail!("`--cpu {cpu}` is for Cortex-M targets, not for the host");
            }
            let [program, archiver] = ["cc", "ar"].map(str::to_owned);
            return Ok(Self { program, archiver, flags: host_flags() });
        }
        let architecture = target.split_once('-').map_or(target, |(architecture, _)| architecture);
        let Some((_, cpus)) = CPUS.iter().find(|(name, _)| *name == architecture) else {
            let names: Vec<_> = CPUS.iter().map(|(name, _)| format!("{name}-none-eabi")).collect();
            bail!(
                "unknown target `{target}`. The targets are {host}, {}, and the latter with eabihf",
                names.join(", ")
            );
        };
        let cpu = match cpu {
            Some(cpu) if cpus.contains(&cpu) => cpu,
            Some(cpu) => {
                bail!("`{cpu}` does not run {target}. These processors do: {}", cpus.join(", "))
            }
            None => cpus.first().copied().unwrap_or_default(),
        };
        let float = if target.ends_with("eabihf") { "hard" } else { "soft" };
        let flags = [
            "-O3",
            "-ffp-contract=fast",
            "-mthumb",
            &format!("-mcpu={cpu}"),
            &format!("-mfloat-abi={float}"),
        ];
        let mut flags = flags.map(str::to_owned).to_vec();
        if float == "hard" && cpu == "cortex-m7" {
            // GCC takes the M7 for one with double precision, which Rust's target has not.
            flags.push("-mfpu=fpv5-sp-d16".to_owned());
        } else if float == "hard" {
            flags.push("-mfpu=auto".to_owned());
        }
        let [program, archiver] = ["arm-none-eabi-gcc", "arm-none-eabi-ar"].map(str::to_owned);
        Ok(Self { program, archiver, flags })
    }

    /// The compiler, told where CMSIS-DSP's headers are.
    fn compile(&self, source: &Path) -> Command {
        let mut command = Command::new(&self.program);
        // The macro drops the dependency on CMSIS-Core, which these functions do not need.
        command
            .args(&self.flags)
            .args(["-DARM_MATH_LOOPUNROLL", "-D__GNUC_PYTHON__", "-ffunction-sections"])
            .arg("-I")
            .arg(source.join("Include"))
            .arg("-I")
            .arg(source.join("PrivateInclude"));
        command
    }

    /// Compiles the sources into one static library.
    fn archive(&self, source: &Path, out: &Path) -> Result<()> {
        let library = out.join(format!("lib{NAME}.a"));
        if library.exists() {
            fs::remove_file(&library)?;
        }
        let mut archive = Command::new(&self.archiver);
        archive.arg("rcs").arg(&library);
        for file in SOURCES {
            let object =
                out.join(Path::new(file).with_extension("o").file_name().unwrap_or_default());
            run(self.compile(source).arg("-c").arg(source.join(file)).arg("-o").arg(&object))?;
            archive.arg(object);
        }
        run(&mut archive)?;
        Ok(())
    }
}

/// What makes the host compute much as a Cortex-M4F or M7F does: one sum after the other, and multiply-adds that round
/// once.
fn host_flags() -> Vec<String> {
    let mut flags = vec!["-O2", "-ffp-contract=fast", "-fPIC"];
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("fma") {
        flags.push("-mfma");
    }
    flags.into_iter().map(str::to_owned).collect()
}

/// The sources from PyPI, kept in `target/`.
fn fetch() -> Result<PathBuf> {
    let source = folder().join(format!("cmsisdsp-{VERSION}"));
    if source.is_dir() {
        return Ok(source);
    }
    eprintln!("downloading the source archive of cmsisdsp {VERSION} from PyPI …");
    let download = folder().join("download");
    fs::create_dir_all(&download)?;
    let requirements = download.join("requirements.txt");
    fs::write(&requirements, format!("cmsisdsp=={VERSION} --hash={HASH}\n"))?;
    run(Command::new("python3")
        .args(["-m", "pip", "download", "--no-deps", "--no-binary", "cmsisdsp", "--require-hashes"])
        .arg("--requirement")
        .arg(&requirements)
        .arg("--dest")
        .arg(&download))
    .context("cannot download CMSIS-DSP; pass a checkout with `--source DIR`")?;
    let unpacked = download.join(format!("cmsisdsp-{VERSION}"));
    run(Command::new("tar")
        .arg("xzf")
        .arg(download.join(format!("cmsisdsp-{VERSION}.tar.gz")))
        .arg("-C")
        .arg(&download))?;
    // Only a whole copy gets its name.
    fs::rename(unpacked, &source)?;
    Ok(source)
}
