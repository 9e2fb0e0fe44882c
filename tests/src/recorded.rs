//! Runs that a framework recorded.

use serde::{Deserialize, Deserializer};

use crate::{Case, Frames};

/// The part of a weights file that has the outputs of a framework.
#[derive(Deserialize)]
struct File {
    reference: Run,
}

/// `output[t]` is the output of the framework to `input[..=t]`.
#[derive(Deserialize)]
pub struct Run {
    /// Input frames.
    pub input: Frames,
    /// Output frames, where there are any: of one push, one after the other.
    #[serde(deserialize_with = "outputs")]
    pub output: Vec<Option<Vec<f32>>>,
}

/// An output of one frame, or of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Output {
    Frame(Vec<f32>),
    Frames(Frames),
}

fn outputs<'de, D: Deserializer<'de>>(file: D) -> Result<Vec<Option<Vec<f32>>>, D::Error> {
    let flat = |output| match output {
        Output::Frame(frame) => frame,
        Output::Frames(frames) => frames.concat(),
    };
    let outputs = Vec::<Option<Output>>::deserialize(file)?;
    Ok(outputs.into_iter().map(|output| output.map(flat)).collect())
}

impl Run {
    /// The run in the weights file of `case`.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    #[track_caller]
    pub fn of(case: &Case) -> Self {
        let file: File = serde_json::from_str(case.file).expect("a golden file has a recorded run");
        file.reference
    }

    /// The output as exact numbers, as [`difference`](crate::reference::difference) takes it.
    #[must_use]
    pub fn expected(&self) -> Vec<Option<Vec<f64>>> {
        let exact = |frame: &Vec<f32>| frame.iter().copied().map(f64::from).collect();
        self.output.iter().map(|frame| frame.as_ref().map(exact)).collect()
    }
}
