//! Which format a weights file has: its ending says it, or else its first bytes.

use super::{Source, Store};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Format {
    Json,
    Nam,
    Safetensors,
    Npz,
    Keras,
    Hdf5,
    /// One that is not read, and what to do about it.
    Other(&'static str),
}

const HDF5: &[u8] = b"\x89HDF\r\n\x1a\n";
const ZIP: &[u8] = b"PK\x03\x04";
const NPY: &[u8] = b"\x93NUMPY";

const PICKLE: &str = "a pickle of Python's is a program, which is not run here\n\
    help: write `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`";
const ARRAY: &str = "an `.npy` file is one array\n\
    help: write `np.savez(\"net.npz\", *model.get_weights())`";
const GRAPH: &str = "this format is not read\n\
    note: these are: `.json`, `.nam`, `.safetensors`, `.npz`, `.keras`, `.weights.h5`";

impl Format {
    pub(super) fn of(source: &Source) -> Self {
        let (_, ending) = source.shown.rsplit_once('.').unwrap_or_default();
        let bytes = source.bytes.as_slice();
        match ending.to_lowercase().as_str() {
            "nam" => Self::Nam,
            "safetensors" => Self::Safetensors,
            "npz" => Self::Npz,
            "keras" => Self::Keras,
            "h5" | "hdf5" => Self::Hdf5,
            "npy" => Self::Other(ARRAY),
            "pt" | "pth" | "ckpt" | "pkl" | "pickle" => Self::Other(PICKLE),
            "onnx" | "tflite" | "pb" => Self::Other(GRAPH),
            _ if bytes.starts_with(HDF5) => Self::Hdf5,
            _ if bytes.starts_with(NPY) => Self::Other(ARRAY),
            _ if bytes.starts_with(ZIP) && names(bytes, b"model.weights.h5") => Self::Keras,
            _ if bytes.starts_with(ZIP) && names(bytes, b"/data.pkl") => Self::Other(PICKLE),
            _ if bytes.starts_with(ZIP) => Self::Npz,
            // The length of a header, which is JSON.
            _ if bytes.get(6..9) == Some(b"\0\0{") => Self::Safetensors,
            _ => Self::Json,
        }
    }

    #[cfg_attr(
        not(any(feature = "hdf5", feature = "npz", feature = "safetensors")),
        allow(unused_variables, reason = "no such format is read")
    )]
    pub(super) fn read(self, bytes: &[u8]) -> Result<Store, String> {
        match self {
            Self::Other(why) => Err(why.to_owned()),
            #[cfg(feature = "safetensors")]
            Self::Safetensors => super::safetensors::read(bytes),
            #[cfg(feature = "npz")]
            Self::Npz => super::npz::read(bytes),
            #[cfg(feature = "hdf5")]
            Self::Keras => super::keras::read(bytes),
            #[cfg(feature = "hdf5")]
            Self::Hdf5 => super::hdf5::read(bytes),
            #[allow(unreachable_patterns, reason = "with all features, only JSON is left")]
            format => {
                let feature = format.feature();
                let help = "help: write in Cargo.toml";
                Err(format!(
                    "it takes the feature `{feature}` of the crate streaming-net to read it\n\
                     {help} `streaming-net = {{ version = \"…\", features = [\"{feature}\"] }}`"
                ))
            }
        }
    }

    fn feature(self) -> &'static str {
        match self {
            Self::Safetensors => "safetensors",
            Self::Npz => "npz",
            _ => "hdf5",
        }
    }
}

/// Whether an archive has a file whose name ends so: names are there as they are.
fn names(archive: &[u8], end: &[u8]) -> bool {
    archive.windows(end.len()).any(|bytes| bytes == end)
}
