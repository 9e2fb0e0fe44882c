//! The recurrent layers, against what Keras 3.15 outputs and against f64.

use std::array;

use streaming_net::__private::{Gates, Gru, GruState, Lstm, LstmState, ResetBefore, ResetGate};

/// Fails where `y` is not the reference, as close as every layer is.
fn assert_close<const UNITS: usize>(y: [f32; UNITS], reference: [f64; UNITS], place: &str) {
    for (y, reference) in y.into_iter().zip(reference) {
        let off = (f64::from(y) - reference).abs();
        assert!(off <= 1e-5 * reference.abs().max(1.0), "{place}: {y}, not {reference}");
    }
}

/// Weights of Keras' runs: eighths, so that they are exact.
fn eighths<const COLUMNS: usize>(row: usize, seed: usize) -> [f32; COLUMNS] {
    array::from_fn(|column| {
        let hash = (7 * row + 3 * column + 5 * seed + row * column) % 11;
        f32::from(i8::try_from(hash).unwrap() - 5) / 8.0
    })
}

/// The weights of one gate, as Keras has them.
#[derive(Clone)]
struct Gate<const INPUTS: usize, const UNITS: usize> {
    kernel: [[f32; UNITS]; INPUTS],
    recurrent_kernel: [[f32; UNITS]; UNITS],
    bias: [f32; UNITS],
}

/// The weights of gates side by side.
fn gates<const INPUTS: usize, const UNITS: usize, const ROWS: usize, const GATES: usize>(
    gates: [&Gate<INPUTS, UNITS>; GATES],
) -> Gates<ROWS, UNITS, GATES> {
    Gates {
        weights: array::from_fn(|row| {
            let of_gate = |gate: &Gate<INPUTS, UNITS>| {
                *gate.recurrent_kernel.iter().chain(&gate.kernel).nth(row).unwrap()
            };
            gates.map(of_gate)
        }),
        bias: gates.map(|gate| gate.bias),
    }
}

/// A gate whose weights have these seeds: kernel, recurrent kernel, bias.
fn gate([kernel, recurrent, bias]: [usize; 3]) -> Gate<2, 3> {
    Gate {
        kernel: array::from_fn(|row| eighths(row, kernel)),
        recurrent_kernel: array::from_fn(|row| eighths(row, recurrent)),
        bias: eighths(0, bias),
    }
}

const INPUT: [[f32; 2]; 4] = [[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75], [0.0, 0.0]];

#[test]
fn a_gru_outputs_as_keras_does() {
    // Update and reset have both biases.
    let both = |mut gate: Gate<2, 3>, seed| {
        gate.bias = streaming_net::__private::add(gate.bias, eighths(0, seed));
        gate
    };
    let gru = Gru::<2, 3, 5> {
        gates: gates([&both(gate([0, 3, 6]), 9), &both(gate([1, 4, 7]), 10)]),
        candidate: gates([&gate([2, 5, 8])]),
        recurrent_bias: eighths(0, 11),
    };
    let outputs = [
        [0.326_155_39, -0.156_038_9, -0.096_575_275],
        [0.365_481_67, 0.796_849_67, -0.362_413_14],
        [-0.033_942_863, 0.875_622_87, -0.281_672_6],
        [0.123_268_87, 0.548_679_23, -0.259_133_04],
    ];
    let mut state = GruState::new();
    for (frame, output) in INPUT.into_iter().zip(outputs) {
        assert_close(gru.push(&mut state, frame), output, "after");
    }
}

#[test]
fn a_gru_whose_reset_is_before_outputs_as_keras_does() {
    let gru = Gru::<2, 3, 5, _> {
        gates: gates([&gate([0, 3, 6]), &gate([1, 4, 7])]),
        candidate: gates([&gate([2, 5, 8])]),
        recurrent_bias: ResetBefore,
    };
    let outputs = [
        [0.397_659_81, -0.039_762_665, -0.126_284_96],
        [0.446_964_53, 0.808_208_64, -0.438_097_77],
        [0.173_612_52, 0.895_902_63, -0.404_016_55],
        [0.350_505_95, 0.694_442_39, -0.310_002_3],
    ];
    let mut state = GruState::new();
    for (frame, output) in INPUT.into_iter().zip(outputs) {
        assert_close(gru.push(&mut state, frame), output, "before");
    }
}

#[test]
fn an_lstm_outputs_as_keras_does() {
    let [input, forget, candidate, output] =
        [[0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11]].map(gate);
    let lstm = Lstm::<2, 3, 5> { gates: gates([&input, &forget, &output, &candidate]) };
    let outputs = [
        [0.086_873_628, -0.063_267_216, -0.102_572_25],
        [0.047_812_812, 0.085_082_173, -0.292_446_29],
        [-0.079_205_915, 0.162_135_02, -0.212_174_13],
        [0.002_791_268_5, 0.232_790_72, -0.289_307_8],
    ];
    let mut state = LstmState::new();
    for (frame, output) in INPUT.into_iter().zip(outputs) {
        assert_close(lstm.push(&mut state, frame), output, "lstm");
    }
}

/// A linear congruential generator, of which the upper half is a sample from -1 to 1.
struct Random(u32);

impl Random {
    fn frame<const CHANNELS: usize>(&mut self, most: f32) -> [f32; CHANNELS] {
        array::from_fn(|_| {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [high, low, ..] = self.0.to_be_bytes();
            most * f32::from(i16::from_be_bytes([high, low])) / 32768.0
        })
    }

    fn gate<const INPUTS: usize, const UNITS: usize>(&mut self) -> Gate<INPUTS, UNITS> {
        // As large as trained ones: sums that reach the bends of the activations, whatever the width.
        let most = 2.0 / f32::from(u16::try_from(INPUTS + UNITS).unwrap()).sqrt();
        Gate {
            kernel: array::from_fn(|_| self.frame(most)),
            recurrent_kernel: array::from_fn(|_| self.frame(most)),
            bias: self.frame(1.0),
        }
    }
}

/// `first` and the products of a frame and a matrix.
fn sums<const INPUTS: usize, const UNITS: usize>(
    first: [f64; UNITS],
    frame: [f64; INPUTS],
    kernel: &[[f32; UNITS]; INPUTS],
) -> [f64; UNITS] {
    array::from_fn(|unit| {
        let products = frame.iter().zip(kernel).map(|(x, row)| x * f64::from(row[unit]));
        first[unit] + products.sum::<f64>()
    })
}

/// The sums of a gate.
fn gate_sums<const INPUTS: usize, const UNITS: usize>(
    gate: &Gate<INPUTS, UNITS>,
    frame: [f64; INPUTS],
    last: [f64; UNITS],
) -> [f64; UNITS] {
    let inputs = sums(gate.bias.map(f64::from), frame, &gate.kernel);
    sums(inputs, last, &gate.recurrent_kernel)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

const FRAMES: usize = 200;

/// `gates` are those of update and reset. `candidate` is what takes the place of the last output, of the frame, of that output
/// and of the reset gate.
fn gru_is_close<const INPUTS: usize, const UNITS: usize, const ROWS: usize, R: ResetGate<UNITS>>(
    gru: &Gru<INPUTS, UNITS, ROWS, R>,
    [update, reset]: [&Gate<INPUTS, UNITS>; 2],
    mut random: Random,
    candidate: impl Fn([f64; INPUTS], [f64; UNITS], [f64; UNITS]) -> [f64; UNITS],
) {
    let (mut state, mut last) = (GruState::new(), [0.0; UNITS]);
    for time in 0..FRAMES {
        let frame = random.frame::<INPUTS>(2.0);
        let x = frame.map(f64::from);
        let update = gate_sums(update, x, last).map(logistic);
        let new = candidate(x, last, gate_sums(reset, x, last).map(logistic));
        last = array::from_fn(|u| update[u] * last[u] + (1.0 - update[u]) * new[u]);
        let place = format!("a GRU of {INPUTS} and {UNITS}, at {time}");
        assert_close(gru.push(&mut state, frame), last, &place);
    }
}

fn all_are_close<const INPUTS: usize, const UNITS: usize, const ROWS: usize>() {
    let mut random = Random(u32::try_from(100 * INPUTS + UNITS).unwrap());
    let [update, reset, candidate, output] = array::from_fn(|_| random.gate::<INPUTS, UNITS>());
    let gru = Gru::<INPUTS, UNITS, ROWS> {
        gates: gates([&update, &reset]),
        candidate: gates([&candidate]),
        recurrent_bias: random.frame(1.0),
    };
    gru_is_close(&gru, [&update, &reset], Random(1), |x, last, reset| {
        let inputs = sums(candidate.bias.map(f64::from), x, &candidate.kernel);
        let recurrent = sums(gru.recurrent_bias.map(f64::from), last, &candidate.recurrent_kernel);
        array::from_fn(|u| (inputs[u] + reset[u] * recurrent[u]).tanh())
    });
    let gru = Gru::<INPUTS, UNITS, ROWS, _> {
        gates: gates([&update, &reset]),
        candidate: gates([&candidate]),
        recurrent_bias: ResetBefore,
    };
    gru_is_close(&gru, [&update, &reset], Random(2), |x, last, reset| {
        let last = array::from_fn(|u| reset[u] * last[u]);
        gate_sums(&candidate, x, last).map(f64::tanh)
    });

    let [input, forget] = [reset, update];
    let lstm = Lstm::<INPUTS, UNITS, ROWS> { gates: gates([&input, &forget, &output, &candidate]) };
    let (mut state, mut last, mut cell) = (LstmState::new(), [0.0; UNITS], [0.0; UNITS]);
    for time in 0..FRAMES {
        let frame = random.frame::<INPUTS>(2.0);
        let x = frame.map(f64::from);
        let [input, forget, output] =
            [&input, &forget, &output].map(|gate| gate_sums(gate, x, last).map(logistic));
        let candidate = gate_sums(&candidate, x, last).map(f64::tanh);
        cell = array::from_fn(|u| forget[u] * cell[u] + input[u] * candidate[u]);
        last = array::from_fn(|u| output[u] * f64::tanh(cell[u]));
        let place = format!("an LSTM of {INPUTS} and {UNITS}, at {time}");
        assert_close(lstm.push(&mut state, frame), last, &place);
    }
}

#[test]
fn recurrent_layers_are_close_to_the_reference() {
    // Layers that are written out, that share their gates, whose recurrent kernels are large, and whose kernels are.
    all_are_close::<1, 1, 2>();
    all_are_close::<3, 2, 5>();
    all_are_close::<1, 8, 9>();
    all_are_close::<5, 16, 21>();
    all_are_close::<2, 17, 19>();
    all_are_close::<1, 40, 41>();
    all_are_close::<33, 24, 57>();
}

#[test]
fn reset_is_as_good_as_new_and_a_nan_stays_until_then() {
    let mut random = Random(1);
    let [input, forget, output, candidate] = array::from_fn(|_| random.gate::<2, 3>());
    let gru = Gru::<2, 3, 5> {
        gates: gates([&input, &forget]),
        candidate: gates([&candidate]),
        recurrent_bias: random.frame(1.0),
    };
    let lstm = Lstm::<2, 3, 5> { gates: gates([&input, &forget, &output, &candidate]) };
    let (mut gru_state, mut lstm_state) = (GruState::new(), LstmState::new());
    let mut push = |frame| [gru.push(&mut gru_state, frame), lstm.push(&mut lstm_state, frame)];
    let is_nan = |outputs: [[f32; 3]; 2]| outputs.as_flattened().iter().all(|y| y.is_nan());
    assert!(!is_nan(push([1.0, -1.0])));
    assert!(is_nan(push([0.5, f32::NAN])));
    assert!(is_nan(push([1.0, 0.0])));
    gru_state.reset();
    lstm_state.reset();
    assert_eq!(gru_state, GruState::new());
    assert_eq!(lstm_state, LstmState::default());
}
