//! One computation, whatever computes it: the portable kernel gives the same bits on every machine, and CMSIS-DSP
//! agrees with it. `UPDATE_EXPECT=1` writes the portable kernel's outputs anew.

#![allow(clippy::float_cmp, reason = "whole numbers come out whole")]

use std::fmt::Write as _;
use std::fs;

use streaming_net::__private::{Conv, GroupedConv, History, linear};
use streaming_net_tests::Case;
use streaming_net_tests_drawn::drawn;

/// The last output to a fixed input.
fn last_output(case: &Case) -> Vec<f32> {
    let mut state = 1_u32;
    let mut sample = || {
        // A linear congruential generator, of which the upper half is a sample from -1 to 1.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, low, ..] = state.to_be_bytes();
        f32::from(i16::from_be_bytes([high, low])) / 32768.0
    };
    let frames = 2 * case.field() + 24;
    let input: Vec<_> = (0..frames).map(|_| (0..case.inputs).map(|_| sample()).collect()).collect();
    (case.cold)().replay(&input).into_iter().flatten().last().expect("it outputs")
}

#[test]
#[cfg_attr(miri, ignore = "too many for an interpreter")]
fn every_network_outputs_the_same() {
    let file = "answers.txt";
    let outputs = drawn().map(|case| (case.name, last_output(case)));
    let outputs: Vec<_> = outputs.collect();
    let mut text = String::new();
    for (name, output) in &outputs {
        writeln!(text, "{name} {output:?}").unwrap();
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if cfg!(feature = "cmsis-dsp") {
        assert_eq!(text.lines().count(), expected.lines().count());
        for ((name, output), line) in outputs.iter().zip(expected.lines()) {
            let numbers: Vec<f32> =
                serde_json::from_str(line.strip_prefix(name).expect("the same network")).unwrap();
            assert_eq!(output.len(), numbers.len(), "{name}");
            for (y, portable) in output.iter().zip(&numbers) {
                let off = (y - portable).abs();
                assert!(
                    off <= 1e-5 * portable.abs().max(1.0),
                    "{name}: {output:?}, not {numbers:?}"
                );
            }
        }
    } else if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, text).unwrap();
    } else {
        let lines = text.lines().zip(expected.lines());
        lines.for_each(|(line, expected)| assert_eq!(line, expected));
        assert_eq!(text.lines().count(), expected.lines().count());
    }
}

/// Whole numbers as weights and samples, so that every kernel has to be exact.
fn whole(index: usize) -> f32 {
    f32::from(i8::try_from(index % 7).unwrap()) - 3.0
}

/// Pushes after the first whose window is full: the oldest frame is then not the first in memory.
const LATER: usize = 5;

#[test]
#[cfg_attr(miri, ignore = "too large for an interpreter")]
fn large_layers_are_exact() {
    // More numbers under the taps than are gathered, and more under the past ones than CMSIS-DSP counts in 16 bits.
    // Unoptimised, their frames are copied over the stack.
    let large = || {
        large::<100, 99, 3>();
        large::<3, 2, 33_000>();
    };
    std::thread::Builder::new().stack_size(64 << 20).spawn(large).unwrap().join().unwrap();
}

fn large<const TAPS: usize, const PAST: usize, const INPUTS: usize>() {
    let mut kernel = [[[0.0; 2]; INPUTS]; TAPS];
    for (index, weight) in kernel.as_flattened_mut().as_flattened_mut().iter_mut().enumerate() {
        *weight = whole(index);
    }
    let conv = Conv { kernel, bias: [1.0, -1.0] };
    let mut history = History::<INPUTS, PAST, 1>::new();
    let frame = |time: usize| -> [f32; INPUTS] { std::array::from_fn(|i| whole(3 * time + 5 * i)) };
    let times = 0..TAPS + LATER;
    let outputs: Vec<_> = times.map(|time| conv.push(&mut history, frame(time), linear)).collect();

    let mut expected = [1.0, -1.0];
    for (tap, rows) in conv.kernel.iter().enumerate() {
        for (x, row) in frame(LATER + tap).iter().zip(rows) {
            expected[0] += x * row[0];
            expected[1] += x * row[1];
        }
    }
    assert_eq!(outputs[LATER + TAPS - 1], expected, "{TAPS} taps of {INPUTS}");
}

#[test]
fn a_large_depthwise_layer_is_exact() {
    // Two tiles of channels and three more, over more taps than a layer that is written out has.
    const TAPS: usize = 30;
    const CHANNELS: usize = 19;
    let mut kernel = [[[0.0; CHANNELS]; 1]; TAPS];
    for (index, weight) in kernel.as_flattened_mut().as_flattened_mut().iter_mut().enumerate() {
        *weight = whole(index);
    }
    let bias: [f32; CHANNELS] = std::array::from_fn(whole);
    let conv = GroupedConv::<TAPS, 1, CHANNELS, CHANNELS> { kernel, bias };
    let mut history = History::<CHANNELS, { TAPS - 1 }, 1>::new();
    let frame = |time| -> [f32; CHANNELS] { std::array::from_fn(|c| whole(3 * time + 5 * c)) };
    let times = 0..TAPS + LATER;
    let outputs: Vec<_> = times.map(|time| conv.push(&mut history, frame(time), linear)).collect();

    let expected: [f32; CHANNELS] = std::array::from_fn(|channel| {
        let products = (0..TAPS).map(|tap| frame(LATER + tap)[channel] * kernel[tap][0][channel]);
        bias[channel] + products.sum::<f32>()
    });
    assert_eq!(outputs[LATER + TAPS - 1], expected);
}

#[test]
fn groups_of_several_inputs_and_outputs_are_exact() {
    // Two groups of two inputs and three outputs.
    static CONV: GroupedConv<1, 2, 6, 2> = GroupedConv {
        kernel: [[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [-1.0, 0.0, 1.0, 2.0, -2.0, 0.5]]],
        bias: [0.0, 0.0, 0.0, 0.0, 0.0, 10.0],
    };
    assert_eq!(CONV.apply([1.0, 2.0, 10.0, 4.0], linear), [-1.0, 2.0, 5.0, 48.0, 42.0, 72.0]);
}

#[test]
fn blocks_are_pushes_whatever_the_history() {
    // Past frames that lie side by side for four frames, that end within them, and that are fewer.
    blocks::<4, 4, 3, 9>();
    blocks::<12, 4, 3, 8>();
    blocks::<12, 6, 5, 9>();
    blocks::<3, 21, 20, 4>();
    blocks::<40, 3, 2, 3>();
}

fn blocks<const INPUTS: usize, const TAPS: usize, const PAST: usize, const DILATION: usize>() {
    let mut kernel = [[[0.0; 7]; INPUTS]; TAPS];
    for (index, weight) in kernel.as_flattened_mut().as_flattened_mut().iter_mut().enumerate() {
        *weight = whole(index) / 8.0;
    }
    let conv = Conv { kernel, bias: [0.5; 7] };
    let mut history = History::<INPUTS, PAST, DILATION>::new();
    let mut blocks = history.clone();
    let frame = |time: usize| -> [f32; INPUTS] { std::array::from_fn(|i| whole(3 * time + 5 * i)) };
    // A push between blocks lets them start at every lane.
    for time in (0..5 * 4 * (PAST + 1) * DILATION).step_by(5) {
        let frames = [time, time + 1, time + 2, time + 3].map(frame);
        let expected = frames.map(|frame| conv.push(&mut history, frame, linear));
        let (mut room, mut copies) = ([0.0; 28], vec![0.0; INPUTS * (4 + PAST * DILATION.min(3))]);
        let outputs = conv.push_block(&mut blocks, (&frames, &mut copies), (), &mut room, linear);
        assert_eq!(
            outputs, expected,
            "{INPUTS} inputs, {TAPS} taps, dilation {DILATION}, at {time}"
        );
        let [single, after] =
            [&mut history, &mut blocks].map(|history| conv.push(history, frame(time + 4), linear));
        assert_eq!(single, after, "{INPUTS} inputs, {TAPS} taps, dilation {DILATION}, at {time}");
    }
}
