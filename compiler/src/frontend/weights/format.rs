//! Which format a weights file has: its ending says it, or else its first bytes.

use super::{Source, Store, json};
use crate::errors::Message;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Format {
    Json,
    Nam,
    Onnx,
    Safetensors,
    Npz,
    Keras,
    Hdf5,
    /// One that is not read, and what to do about it.
    Other(Refusal),
}

const LFS_START: &[u8] = b"version https://git-lfs";
const HDF5: &[u8] = b"\x89HDF\r\n\x1a\n";
const ZIP: &[u8] = b"PK\x03\x04";
const NPY: &[u8] = b"\x93NUMPY";

type Refusal = [&'static str; 2];

/// What a format is that is not read, and what to do about it.
const PICKLE: Refusal = [
    "a Python pickle is a program, which is not run here",
    "in Python, write `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_pytorch.md",
];
const CHECKPOINT: Refusal = [
    "a checkpoint of a training run is not read",
    "in Python, load it into the model and write `streaming_net.export(model, \"net.onnx\")`: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_pytorch.md",
];
const ARRAY: Refusal = [
    "an `.npy` file is one array",
    "in Python, write `np.savez(\"net.npz\", *model.get_weights())`",
];
const TFLITE: Refusal = [
    "a TensorFlow Lite file is not read",
    "in Python, write `streaming_net.export(model, \"net.onnx\")` with the Keras model that it was made from: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_keras.md; or convert it, where it is not quantised: `python -m tf2onnx.convert --tflite net.tflite --output net.onnx`",
];
const SAVED_MODEL: Refusal = [
    "a TensorFlow SavedModel is not read",
    "in Python, write `streaming_net.export(model, \"net.onnx\")` with the Keras model that it was made from: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_keras.md; or convert it: `python -m tf2onnx.convert --saved-model FOLDER --output net.onnx`",
];
const EXECUTORCH: Refusal = [
    "a program of ExecuTorch is not read",
    "in Python, write `streaming_net.export(model, \"net.onnx\")` with the PyTorch model that it was made from: see https://github.com/streaming-net/streaming-net/blob/main/docs/book/src/from_pytorch.md",
];
const CORE_ML: Refusal = [
    "a Core ML model is not read",
    "in Python, write `streaming_net.export(model, \"net.onnx\")` with the Keras or PyTorch model that it was made from",
];
const ORT: Refusal =
    ["ONNX Runtime's own format is not read", "name the `.onnx` file that it was made from"];
const LFS: Refusal =
    ["it is a pointer of Git LFS to the file, not the file", "fetch the file: `git lfs pull`"];

impl Format {
    pub(super) fn of(source: &Source) -> Self {
        let (_, ending) = source.shown.rsplit_once('.').unwrap_or_default();
        let bytes = source.bytes.as_slice();
        match ending.to_lowercase().as_str() {
            _ if bytes.starts_with(LFS_START) => Self::Other(LFS),
            "nam" => Self::Nam,
            "safetensors" => Self::Safetensors,
            "npz" => Self::Npz,
            "keras" => Self::Keras,
            "h5" | "hdf5" => Self::Hdf5,
            "npy" => Self::Other(ARRAY),
            "pt" | "pth" | "pkl" | "pickle" => Self::Other(PICKLE),
            "ckpt" => Self::Other(CHECKPOINT),
            "onnx" => Self::Onnx,
            "tflite" => Self::Other(TFLITE),
            "pb" | "pbtxt" => Self::Other(SAVED_MODEL),
            "pte" | "ptl" => Self::Other(EXECUTORCH),
            "mlmodel" | "mlpackage" => Self::Other(CORE_ML),
            "ort" => Self::Other(ORT),
            _ if bytes.starts_with(HDF5) => Self::Hdf5,
            _ if bytes.starts_with(NPY) => Self::Other(ARRAY),
            _ if bytes.starts_with(ZIP) && names(bytes, b"model.weights.h5") => Self::Keras,
            _ if bytes.starts_with(ZIP) && names(bytes, b"/data.pkl") => Self::Other(PICKLE),
            _ if bytes.starts_with(ZIP) => Self::Npz,
            // The length of a header, which is JSON.
            _ if bytes.get(6..9) == Some(b"\0\0{") => Self::Safetensors,
            _ if json::text(source).is_ok_and(|text| json::writer(text) == json::Writer::Nam) => {
                Self::Nam
            }
            _ => Self::Json,
        }
    }

    #[cfg_attr(
        not(any(feature = "hdf5", feature = "npz", feature = "safetensors")),
        allow(unused_variables, reason = "no such format is read")
    )]
    pub(super) fn read(self, bytes: &[u8]) -> Result<Store, Message> {
        match self {
            Self::Other([text, help]) => Err(Message::new(text).help(help)),
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
                let text =
                    format!("the feature `{feature}` of the crate streaming-net reads such files");
                let help = format!(
                    "in Cargo.toml, add `features = [\"{feature}\"]` to the dependency `streaming-net`"
                );
                Err(Message::new(text).help(help))
            }
        }
    }

    fn feature(self) -> &'static str {
        match self {
            Self::Safetensors => "safetensors",
            Self::Npz => "npz",
            Self::Onnx => "onnx",
            _ => "hdf5",
        }
    }
}

/// Whether an archive has a file whose name ends so: names are there as they are.
fn names(archive: &[u8], end: &[u8]) -> bool {
    archive.windows(end.len()).any(|bytes| bytes == end)
}
