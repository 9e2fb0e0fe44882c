//! How many clips the network names rightly, in f32 and in 16-bit integers.

use std::error::Error;
use std::path::Path;

use crate::Spotter;
use crate::front::Frame;
use crate::integers::IntegerSpotter;

/// Of each clip, the class, and as many frames as the network looks back.
const NUMBERS: usize = 1 + Spotter::RECEPTIVE_FIELD * Spotter::INPUTS;

/// Prints it of a file that `clips.py` wrote.
pub(crate) fn score(path: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let (clips, others) = numbers.as_chunks::<NUMBERS>();
    if !rest.is_empty() || !others.is_empty() || clips.is_empty() {
        return Err(format!("{} has no clips of {NUMBERS} numbers", path.display()).into());
    }
    let (mut float, mut integer) = (Spotter::new(), IntegerSpotter::new());
    let (mut right, mut equal) = ([0; 2], 0);
    for [class, frames @ ..] in clips {
        float.reset();
        integer.reset();
        let (frames, _) = frames.as_chunks::<{ Spotter::INPUTS }>();
        let named = [
            named(frames, |frame| float.push(frame)),
            named(frames, |frame| integer.push_rounded(frame)),
        ];
        for (right, named) in right.iter_mut().zip(named) {
            *right += usize::from(named.is_some_and(|named| (named - *class).abs() < 0.5));
        }
        equal += usize::from(named[0] == named[1]);
    }
    let count = clips.len();
    let [float, integer, equal] = [right[0], right[1], equal].map(|part| percent(part, count));
    println!(
        "{count} clips: {float} % are named rightly in f32, {integer} % in i16; {equal} % have one name in both"
    );
    Ok(())
}

/// The index of the largest probability behind the last frame.
fn named(
    frames: &[Frame],
    mut push: impl FnMut(Frame) -> Option<[f32; Spotter::OUTPUTS]>,
) -> Option<f32> {
    let output = frames.iter().fold(None, |last, frame| push(*frame).or(last))?;
    let classes = (0_u8..).map(f32::from).zip(output);
    classes.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(class, _)| class)
}

fn percent(part: usize, count: usize) -> String {
    #[allow(clippy::cast_precision_loss, reason = "clips are few")]
    let percent = 100.0 * part as f64 / count as f64;
    format!("{percent:.2}")
}
