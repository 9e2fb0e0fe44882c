//! The frames of `#[calibrate = "frames.npz"]`, from which the ranges of integers come.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::source::{Folders, Source};
use crate::errors::{Errors, Message};
use crate::frontend::ast;
use crate::numbers::{plural, rounded};
use crate::tensor::{Tensor, shape};

/// The names that the array of frames may have: that of a recorded run is another one.
const NAMES: [&str; 2] = ["input", "reference.input"];

/// The frames, of so many channels, in the file that the network names. What is wrong with it is reported.
pub(crate) fn frames(
    net: &ast::Net,
    channels: usize,
    folders: &Folders,
    errors: &mut Errors,
) -> Option<Tensor> {
    let file = net.attributes.calibrate.as_ref()?;
    let source = Source::read(file, "file of frames", folders, errors)?;
    let name = &net.name;
    let input = read(&source.bytes).and_then(|input| match *input.shape.as_slice() {
        [frames, of_each] if frames > 0 && of_each == channels => Ok(input),
        _ => {
            let (found, name) = (shape(&input.shape), name.to_string());
            let takes = plural(channels, "channel");
            let text =
                format!("the frames have the shape {found}, but `{name}` takes frames of {takes}");
            Err(Message::new(text).help(format!("write an array of shape (frames, {channels})")))
        }
    });
    match input {
        Ok(input) => Some(input),
        Err(why) => {
            errors.report(&source.written, why.after(format!("`{}`: ", source.shown)));
            None
        }
    }
}

/// The array of the file, whose numbers are those of f32.
fn read(bytes: &[u8]) -> Result<Tensor, Message> {
    let Tensor { shape, numbers } =
        if bytes.starts_with(b"PK") { archive(bytes) } else { text(bytes) }?;
    let numbers: Vec<f64> = numbers.into_iter().map(|number| rounded(number).into()).collect();
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(Tensor { shape, numbers })
    } else {
        Err(Message::new("a number of a frame does not fit in f32"))
    }
}

/// An archive of NumPy's.
#[cfg(feature = "npz")]
fn archive(bytes: &[u8]) -> Result<Tensor, Message> {
    for (file, bytes) in super::zip::files(bytes, |name| name.strip_suffix(".npy").is_some())? {
        let name = file.strip_suffix(".npy").unwrap_or(&file);
        if NAMES.contains(&name)
            && let Some(tensor) = super::npy::read(name, &bytes)?
        {
            return Ok(tensor);
        }
    }
    Err(missing())
}

#[cfg(not(feature = "npz"))]
fn archive(_: &[u8]) -> Result<Tensor, Message> {
    Err(Message::new("files of NumPy are not read").help("enable the feature `npz`"))
}

/// `{ "input": [[0.5, …], …] }`, or a weights file with a recorded run.
fn text(bytes: &[u8]) -> Result<Tensor, Message> {
    let object = |json: &str| -> Result<BTreeMap<String, Box<RawValue>>, Message> {
        serde_json::from_str(json).map_err(|error| Message::new(error.to_string()))
    };
    let json = std::str::from_utf8(bytes).map_err(|error| Message::new(error.to_string()))?;
    let file = object(json)?;
    let run = match file.get("reference") {
        Some(run) => object(run.get())?,
        None => BTreeMap::new(),
    };
    let input = NAMES.iter().find_map(|name| file.get(*name)).or_else(|| run.get("input"));
    let frames: Vec<Vec<f64>> = serde_json::from_str(input.ok_or_else(missing)?.get())
        .map_err(|error| Message::new(error.to_string()))?;
    let channels = frames.first().map_or(0, Vec::len);
    if frames.iter().any(|frame| frame.len() != channels) {
        return Err(Message::new("the frames are not of one length"));
    }
    Ok(Tensor { shape: vec![frames.len(), channels], numbers: frames.concat() })
}

fn missing() -> Message {
    Message::new("there is no array `input`")
        .help("save the frames by `np.savez(\"frames.npz\", input=frames)`, or write JSON, `{ \"input\": [[0.5], …] }`")
}
