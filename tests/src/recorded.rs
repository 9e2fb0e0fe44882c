//! Runs that a framework recorded.

use serde::{Deserialize, Deserializer};

use crate::{Case, Frames};

/// The part of a weights file that says what a framework answered.
#[derive(Deserialize)]
struct File {
    reference: Run,
}

/// `output[t]` is what the framework answers to `input[..=t]`.
#[derive(Deserialize)]
pub struct Run {
    /// Input frames.
    pub input: Frames,
    /// Output frames, where there are any: of one push, one after the other.
    #[serde(deserialize_with = "answers")]
    pub output: Vec<Option<Vec<f32>>>,
}

/// An answer of one frame, or of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Frame(Vec<f32>),
    Frames(Frames),
}

fn answers<'de, D: Deserializer<'de>>(file: D) -> Result<Vec<Option<Vec<f32>>>, D::Error> {
    let flat = |answer| match answer {
        Answer::Frame(frame) => frame,
        Answer::Frames(frames) => frames.concat(),
    };
    let answers = Vec::<Option<Answer>>::deserialize(file)?;
    Ok(answers.into_iter().map(|answer| answer.map(flat)).collect())
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
