//! Models in ONNX, which the macro reads as they are, compared with what onnxruntime computed. The files and the runs are by
//! `tests/frameworks/onnx_models.py`.

#![forbid(unsafe_code)]

use std::ops::Range;

use serde::Deserialize;
use streaming_net::{StreamingNet, streaming_net};

streaming_net! {
    /// Dilated convolutions.
    #[weights = "weights/onnx/tcn.onnx"]
    pub struct Tcn;

    /// A convolution with a stride, and a recurrent cell.
    #[weights = "weights/onnx/conv_gru.onnx"]
    pub struct ConvGru;

    /// A window with features.
    #[weights = "weights/onnx/window.onnx"]
    #[time = 2]
    pub struct Window;

    /// One step of a sequence.
    #[weights = "weights/onnx/step.onnx"]
    pub struct Step;

    /// A trunk with two heads.
    #[weights = "weights/onnx/two_outputs.onnx"]
    pub struct TwoOutputs;

    /// Features beside time, and a run in a folder.
    #[weights = "weights/onnx/mirrored.onnx"]
    #[reference = "weights/onnx/mirrored/test_data_set_0"]
    pub struct Mirrored;
}

#[derive(Deserialize)]
struct Run {
    input: Vec<Vec<f32>>,
    output: Vec<Vec<f32>>,
}

impl Run {
    fn of(text: &str) -> Self {
        serde_json::from_str(text).expect("a recorded run")
    }

    fn frames<const INPUTS: usize>(&self) -> Vec<[f32; INPUTS]> {
        let frames = self.input.iter().map(|frame| frame.as_slice().try_into());
        frames.collect::<Result<_, _>>().expect("frames of as many channels as the model has")
    }

    #[track_caller]
    fn assert_equals<const OUTPUTS: usize>(&self, outputs: &[[f32; OUTPUTS]]) {
        assert_eq!(outputs.len(), self.output.len(), "outputs");
        for (push, (output, expected)) in outputs.iter().zip(&self.output).enumerate() {
            assert_eq!(expected.len(), OUTPUTS, "channels");
            for (y, expected) in output.iter().zip(expected) {
                let is_near = (y - expected).abs() <= 1e-5 * expected.abs().max(1.0);
                assert!(is_near, "output {push}: {output:?}, expected {expected}");
            }
        }
    }
}

/// Compares the outputs of `push`, and of `push_block` with blocks of several lengths, with a run.
#[track_caller]
fn check<N, const INPUTS: usize, const OUTPUTS: usize>(mut new: impl FnMut() -> N, run: &str)
where
    N: StreamingNet<Input = [f32; INPUTS], Output = [f32; OUTPUTS]>,
{
    let run = Run::of(run);
    let frames = run.frames::<INPUTS>();
    let mut net = new();
    let pushed: Vec<_> = frames.iter().filter_map(|frame| net.push(*frame)).collect();
    run.assert_equals(&pushed);
    for length in [1, 3, 16, frames.len()] {
        let mut net = new();
        let mut outputs = Vec::new();
        for block in frames.chunks(length) {
            let mut room = vec![[0.0; OUTPUTS]; length];
            let written = net.push_block(block, &mut room);
            outputs.extend_from_slice(&room[..written]);
        }
        assert_eq!(outputs, pushed, "blocks of {length} frames");
    }
}

#[test]
fn causal_convolutions_by_pads_and_chomps() {
    check(Tcn::new, include_str!("../weights/onnx/tcn.json"));
}

#[test]
fn a_recurrent_cell_behind_a_stride() {
    check(ConvGru::new, include_str!("../weights/onnx/conv_gru.json"));
}

#[test]
fn a_flattened_window() {
    check(Window::new, include_str!("../weights/onnx/window.json"));
}

#[test]
fn a_step_whose_states_stay_in_the_cell() {
    check(Step::new, include_str!("../weights/onnx/step.json"));
}

#[test]
fn mirrored_features_and_a_transposed_convolution() {
    check(Mirrored::new, include_str!("../weights/onnx/mirrored.json"));
}

#[test]
fn two_outputs_in_one_frame() {
    const PITCH: Range<usize> = TwoOutputs::OUTPUT_PITCH;
    check(TwoOutputs::new, include_str!("../weights/onnx/two_outputs.json"));
    assert_eq!((PITCH, TwoOutputs::OUTPUT_VAD), (0..2, 2..3));
}
