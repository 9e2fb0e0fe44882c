//! What the front end computes is what the network was trained with, and its outputs are those of Keras.

use hound::WavReader;
use serde::Deserialize;

use crate::front::{Frame, FrontEnd};
use crate::integers::IntegerSpotter;
use crate::{DEMO, Spotter};

/// How far a feature may be from the same in float64, and an output from Keras' to those.
const TOLERANCE: f32 = 1e-4;

#[derive(Deserialize)]
struct File {
    reference: Run,
}

#[derive(Deserialize)]
struct Run {
    input: Vec<Frame>,
    output: Vec<Option<[f32; Spotter::OUTPUTS]>>,
}

fn recorded() -> Run {
    let file: File = serde_json::from_str(include_str!("weights.json")).unwrap();
    file.reference
}

/// The frames of the demo, as many as are recorded.
fn frames(count: usize) -> Vec<Frame> {
    let mut reader = WavReader::new(DEMO).unwrap();
    let mut front = FrontEnd::new();
    let samples = reader.samples::<i16>().map(|sample| f32::from(sample.unwrap()) / 32_768.0);
    samples.filter_map(|sample| front.push(sample)).take(count).collect()
}

fn largest_difference(ours: &[f32], theirs: &[f32]) -> f32 {
    let differences = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
    // NaN is no small difference.
    differences.fold(0.0, |largest, off| if off <= largest { largest } else { off })
}

#[test]
fn features_are_those_of_the_training() {
    let Run { input, .. } = recorded();
    let frames = frames(input.len());
    assert_eq!(frames.len(), input.len());
    let off = largest_difference(frames.as_flattened(), input.as_flattened());
    assert!(off <= TOLERANCE, "{off} from the training's");
}

#[test]
fn outputs_are_those_of_keras() {
    let Run { input, output } = recorded();
    let mut net = Spotter::new();
    let mut outputs = 0;
    for (frame, keras) in frames(input.len()).into_iter().zip(output) {
        let ours = net.push(frame);
        assert_eq!(ours.is_some(), keras.is_some());
        let (Some(ours), Some(keras)) = (ours, keras) else { continue };
        let off = largest_difference(&ours, &keras);
        assert!(off <= TOLERANCE, "{off} from Keras'");
        outputs += 1;
    }
    assert!(outputs > 0);
}

#[test]
fn integers_give_the_same_names() {
    let (mut float, mut integer) = (Spotter::new(), IntegerSpotter::new());
    let largest = |output: [f32; Spotter::OUTPUTS]| {
        (0..output.len()).max_by(|a, b| output[*a].total_cmp(&output[*b]))
    };
    let mut named = 0;
    for frame in frames(usize::MAX) {
        let (ours, rounded) = (float.push(frame), integer.push_rounded(frame));
        assert_eq!(ours.map(largest), rounded.map(largest));
        named += usize::from(rounded.is_some());
    }
    assert!(named > 200, "{named}");
}
