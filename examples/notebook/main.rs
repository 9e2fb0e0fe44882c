//! Replays the notebook that the project began with: Keras' `Conv1D`, rebuilt step by step, then pushed frame by frame.
//!
//! ```text
//! cargo run --release --bin notebook
//! ```

use std::process::ExitCode;

use serde::Deserialize;
use streaming_net::{Output, StreamingNet, streaming_net};

streaming_net! {
    /// Version 1: the convolution alone.
    #[weights = "../tests/weights/notebook_v1.json"]
    pub struct V1 < conv(k=3, in=2, out=4, no_bias) >

    /// Version 2: with a bias.
    #[weights = "../tests/weights/notebook_v2.json"]
    pub struct V2 < conv(k=3, in=2, out=4) >

    /// Version 3: with a bias and a rectifier.
    #[weights = "../tests/weights/notebook_v3.json"]
    pub struct V3 < conv(k=3, in=2, out=4, relu) >

    /// Version 4: and a 1x1 convolution behind it.
    #[weights = "../tests/weights/notebook_v4.json"]
    pub struct V4 <
        conv(k=3, in=2, out=4, relu);
        conv(k=1, out=5, relu)
    >
}

/// How far an output may be from Keras'.
const TOLERANCE: f32 = 1e-5;

/// The part of a weights file that has Keras' outputs.
#[derive(Deserialize)]
struct File {
    net: String,
    reference: Run,
}

#[derive(Deserialize)]
struct Run {
    input: Vec<[f32; 2]>,
    output: Vec<Option<Vec<f32>>>,
}

fn main() -> Result<ExitCode, serde_json::Error> {
    let differences = [
        replay(&mut V1::new(), "v1", include_str!("../../tests/weights/notebook_v1.json"))?,
        replay(&mut V2::new(), "v2", include_str!("../../tests/weights/notebook_v2.json"))?,
        replay(&mut V3::new(), "v3", include_str!("../../tests/weights/notebook_v3.json"))?,
        replay(&mut V4::new(), "v4", include_str!("../../tests/weights/notebook_v4.json"))?,
    ];
    let largest = differences.into_iter().fold(0.0, f32::max);
    println!("largest difference {largest:.1e}, tolerance {TOLERANCE:.0e}");
    Ok(if largest <= TOLERANCE { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Pushes the recorded input and prints each output beside Keras'; returns the largest difference.
fn replay<N: StreamingNet<Input = [f32; 2]>>(
    net: &mut N,
    version: &str,
    file: &str,
) -> Result<f32, serde_json::Error> {
    let File { net: text, reference } = serde_json::from_str(file)?;
    println!("{version} < {text} >");
    let width = 10 * N::OUTPUTS;
    println!("{:>5}  {:<18}  {:<width$}  Keras", "frame", "input", "streaming_net");
    let mut largest = 0.0;
    for (frame, (input, keras)) in reference.input.iter().zip(&reference.output).enumerate() {
        let output = net.push(*input);
        let output = output.as_ref().map(Output::numbers);
        let keras = keras.as_deref();
        println!(
            "{frame:>5}  {:<18}  {:<width$}  {}",
            shown(Some(input)),
            shown(output),
            shown(keras)
        );
        largest = difference(output, keras).max(largest);
    }
    println!();
    Ok(largest)
}

fn shown(frame: Option<&[f32]>) -> String {
    let Some(frame) = frame else {
        return "none".to_owned();
    };
    // Adding zero makes a negative zero positive.
    frame.iter().map(|y| format!("{:9.6}", y + 0.0)).collect::<Vec<_>>().join(" ")
}

/// The largest difference between two frames; infinite where one of them is missing.
fn difference(output: Option<&[f32]>, keras: Option<&[f32]>) -> f32 {
    match (output, keras) {
        (None, None) => 0.0,
        (Some(output), Some(keras)) if output.len() == keras.len() => {
            let differences = output.iter().zip(keras).map(|(y, keras)| (y - keras).abs());
            // `f32::max` would pass over a NaN.
            differences.fold(0.0, |largest, off| if off <= largest { largest } else { off })
        }
        _ => f32::INFINITY,
    }
}
