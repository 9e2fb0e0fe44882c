//! What the expansions of 16-bit integers give.

use streaming_net::DynStreamingNet;

use super::expansions::{
    classifier, integer_features, integer_frames, integers, several_integers, upsampled,
};

#[test]
fn integers_stand_for_what_was_recorded() {
    use integers::Integers;
    let mut net = Integers::new();
    let net: &mut dyn DynStreamingNet<[i16; 1], [i16; 1], i16> = &mut net;
    assert_eq!(Integers::quantize(0.25), 8192);
    let run: serde_json::Value =
        serde_json::from_str(include_str!("../../weights/expansions/integers.json")).unwrap();
    let numbers = |key: &str| -> Vec<Vec<f32>> {
        serde_json::from_value(run["reference"][key].clone()).unwrap()
    };
    for (frame, expected) in numbers("input").iter().zip(numbers("output")) {
        let [y] = net.push([Integers::quantize(frame[0])]).unwrap();
        assert!((Integers::dequantize(y) - expected[0]).abs() <= Integers::WORST + 1e-6);
    }
}

#[test]
fn probabilities_in_integers_sum_to_one() {
    let mut net = classifier::Classifier::new();
    for frame in 0..200 {
        let y = net.push([i16::try_from(frame * 7919 % 65536 - 32768).unwrap()]).unwrap();
        let sum: i32 = y.iter().map(|y| i32::from(*y)).sum();
        assert!((32765..=32770).contains(&sum), "{y:?}");
    }
}

#[test]
fn several_files_in_integers_have_one_scale() {
    use several_integers::SeveralIntegers;
    let mut net = SeveralIntegers::new();
    let outputs = SeveralIntegers::WEIGHTS.map(|weights| {
        net.load(weights);
        net.reset();
        assert_eq!(net.push([0]), Some(weights.output_at_rest()));
        net.push([16384]).unwrap()
    });
    assert_ne!(outputs[0], outputs[1]);
}

#[test]
fn integer_frames_are_near_those_of_floats() {
    use integer_frames::IntegerFrames;
    let (mut net, mut exact) = (IntegerFrames::new(), upsampled::Upsampled::new());
    let frames: serde_json::Value =
        serde_json::from_str(include_str!("../../weights/integers/pairs.json")).unwrap();
    let frames: Vec<[f32; 2]> = serde_json::from_value(frames["input"].clone()).unwrap();
    for frame in frames {
        let outputs = net.push(frame.map(IntegerFrames::quantize)).unwrap();
        for (y, expected) in outputs.iter().zip(exact.push(frame).unwrap()) {
            assert!(
                (IntegerFrames::dequantize(y[0]) - expected[0]).abs()
                    <= IntegerFrames::WORST + 1e-6
            );
        }
    }
    const { assert!(IntegerFrames::SNR > 80.0) }
}

#[test]
fn integer_features_are_convolved() {
    use integer_features::IntegerFeatures;
    let mut net = IntegerFeatures::new();
    let mut push = |frame: [f32; 3]| -> [f32; 4] {
        net.push(frame.map(IntegerFeatures::quantize)).unwrap().map(IntegerFeatures::dequantize)
    };
    // Two numbers at each of two positions, of the two features there.
    let first = push([0.5, -0.25, 1.0]);
    let second = push([0.25, 0.5, -0.5]);
    for (found, expected) in
        [(first, [0.25, 0.3125, 0.0, 0.0625]), (second, [0.0, 0.1875, 1.25, 0.3125])]
    {
        for (y, expected) in found.into_iter().zip(expected) {
            assert!((y - expected).abs() < 1e-3, "{found:?}");
        }
    }
}
