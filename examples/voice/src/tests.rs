use std::fs;
use std::path::Path;

use super::*;

streaming_net! {
    /// A model of one step, with the state of both kinds in one tensor.
    #[weights = "silero_vad_openvino_16k.onnx"]
    #[budget(flash = 1_240_000)]
    struct Openvino;

    /// A model of one step for two sample rates, of which one is chosen.
    #[weights = "silero_vad_16k_op15.onnx"]
    #[budget(flash = 1_240_000)]
    #[input(sr = 16000)]
    #[shape(input = [1, 576], state = [2, 1, 128])]
    struct Op15;
}

/// The probabilities of the synthesised sound in onnxruntime, by `record.py`, one a line.
const RECORDED: &str = include_str!("../recorded.txt");

/// Compares what the network hears with what onnxruntime hears.
#[track_caller]
fn compare<N>(mut net: N, samples: &[i16], recorded: &str)
where
    N: StreamingNet<Input = [f32; chunks::LENGTH], Output = [f32; 1]>,
{
    let recorded: Vec<f32> = recorded.lines().map(|line| line.parse().unwrap()).collect();
    let heard = listen(&mut net, samples);
    assert_eq!((heard.len(), recorded.len()), (500, 500));
    let largest = heard.iter().zip(&recorded).map(|(y, expected)| (y - expected).abs());
    let largest = largest.fold(0.0, f32::max);
    println!("the largest difference: {largest:e}");
    assert!(largest <= 1e-4, "{largest}");
}

#[test]
fn each_model_hears_in_the_synthesised_sound_what_onnxruntime_hears() {
    let sound = sound::synthesised();
    compare(Voice::new(), &sound, RECORDED);
    compare(Openvino::new(), &sound, RECORDED);
    compare(Op15::new(), &sound, RECORDED);
}

/// The script `speak` has espeak-ng say the speech, and records what onnxruntime hears with each model.
#[test]
fn each_model_hears_in_speech_what_onnxruntime_hears() {
    let folder = Path::new("target/speech");
    let Ok(mut reader) = WavReader::open(folder.join("heard.wav")) else {
        println!("skipped: there is no speech, which `./speak` records");
        return;
    };
    assert_eq!(reader.spec(), FORMAT);
    let speech: Vec<i16> = reader.samples().collect::<Result<_, _>>().unwrap();
    let recorded = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let probabilities = recorded("16k_sequence.txt");
    let voice = probabilities.lines().filter(|line| line.starts_with("0.9"));
    assert!(voice.count() > 100, "onnxruntime hears no voice");
    compare(Voice::new(), &speech, &probabilities);
    compare(Openvino::new(), &speech, &recorded("openvino_16k.txt"));
    compare(Op15::new(), &speech, &recorded("16k_op15.txt"));
}

#[test]
fn voices_are_the_chunks_at_the_threshold_and_above() {
    assert_eq!(voices(&[0.1, 0.5, 0.9, 0.2, 0.7]), [[1, 3], [4, 5]]);
    assert_eq!(voices(&[]), [[0; 2]; 0]);
}
