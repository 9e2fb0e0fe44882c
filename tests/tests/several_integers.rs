//! Several captures in one network of 16-bit integers: one scale for all, and each gives what it gives in floating point, but for
//! what rounding loses.

#![forbid(unsafe_code)]

use streaming_net::{StreamingNet, streaming_net};

streaming_net! {
    #[weights("weights/nam/gated.nam", lead = "weights/nam/gated_lead.nam")]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "weights/integers/frames.json"]
    #[start = "rest"]
    pub struct Amp;

    #[weights("weights/nam/gated.nam", lead = "weights/nam/gated_lead.nam")]
    #[start = "rest"]
    pub struct FloatAmp;

    #[weights("weights/nam/lstm.nam", "weights/nam/lstm_lead.nam")]
    #[numbers(i16, input = 1.0)]
    #[calibrate = "weights/integers/frames.json"]
    pub struct Rnn;

    #[weights("weights/nam/lstm.nam", "weights/nam/lstm_lead.nam")]
    pub struct FloatRnn;

    // What it is calibrated with is each file's own recorded run.
    #[weights("weights/expansions/several_clean.json", lead = "weights/expansions/several_lead.json")]
    #[numbers = "i16"]
    #[block = "fast"]
    pub struct Recorded;
}

fn input(frame: u16) -> f32 {
    (f32::from(frame) * 0.37).sin() * 0.5
}

/// Signal to noise in dB of integers against floats that take the same frames.
fn snr<I, F>(integers: &mut I, floats: &mut F, output_scale: f32) -> f64
where
    I: StreamingNet<i16, Input = [i16; 1], Output = [i16; 1]>,
    F: StreamingNet<f32, Input = [f32; 1], Output = [f32; 1]>,
{
    let (mut signal, mut noise) = (0.0, 0.0);
    for frame in 0..400 {
        let x = input(frame);
        #[allow(clippy::cast_possible_truncation, reason = "half of the range")]
        let output = integers.push([(x * 32768.0).round() as i16]);
        let (Some([y]), Some([exact])) = (output, floats.push([x])) else { continue };
        signal += f64::from(exact).powi(2);
        noise += f64::from(f32::from(y) * output_scale - exact).powi(2);
    }
    10.0 * (signal / noise).log10()
}

#[test]
fn each_is_near_its_floats_from_rest() {
    let (mut amp, mut floats) = (Amp::new(), FloatAmp::new());
    for _ in 0..2 {
        for (weights, same) in Amp::WEIGHTS.into_iter().zip(FloatAmp::WEIGHTS) {
            amp.load(weights);
            amp.reset();
            floats.load(same);
            floats.reset();
            let [y] = weights.output_at_rest();
            let [exact] = same.output_at_rest();
            assert!((Amp::dequantize(y) - exact).abs() < 8.0 * Amp::OUTPUT_SCALE, "{y}, {exact}");
            let snr = snr(&mut amp, &mut floats, Amp::OUTPUT_SCALE);
            assert!(snr > 50.0, "{weights:?}: {snr} dB");
            assert!(snr > f64::from(Amp::SNR) - 12.0, "{weights:?}: {snr} dB, {}", Amp::SNR);
        }
    }
    // The first file's integers are not those of the second.
    floats.load(FloatAmp::GATED);
    floats.reset();
    amp.reset();
    assert!(snr(&mut amp, &mut floats, Amp::OUTPUT_SCALE) < 20.0);
}

#[test]
fn an_initial_state_is_that_of_the_file() {
    let (mut rnn, mut floats) = (Rnn::new(), FloatRnn::new());
    for (weights, same) in Rnn::WEIGHTS.into_iter().zip(FloatRnn::WEIGHTS) {
        rnn.load(weights);
        rnn.reset();
        floats.load(same);
        floats.reset();
        let first = rnn.push([0]).map(|[y]| Rnn::dequantize(y)).unwrap();
        let [exact] = floats.push([0.0]).unwrap();
        // The second file starts from an output above 1, which saturates.
        let most = if weights == Rnn::LSTM { 16.0 * Rnn::OUTPUT_SCALE } else { 0.06 };
        assert!((first - exact).abs() < most, "{first}, {exact}");
        let [_, late] = [(); 2].map(|()| snr(&mut rnn, &mut floats, Rnn::OUTPUT_SCALE));
        assert!(late > 70.0, "{weights:?}: {late} dB");
    }
}

#[test]
fn blocks_are_of_the_file_that_is_loaded() {
    let (mut one, mut other) = (Recorded::new(), Recorded::new());
    let frames: Vec<[i16; 1]> = (0..60).map(|frame| [frame * 500 - 15_000]).collect();
    let mut sums = [0_i32; 2];
    for (weights, sum) in Recorded::WEIGHTS.into_iter().zip(&mut sums) {
        one.load(weights);
        other.load(weights);
        let mut outputs = [[0]; 60];
        let written = one.push_block(&frames, &mut outputs);
        let expected: Vec<_> = frames.iter().filter_map(|frame| other.push(*frame)).collect();
        assert_eq!(outputs[..written], expected);
        *sum = expected.iter().map(|[y]| i32::from(*y)).sum();
    }
    assert_ne!(sums[0], sums[1]);
}
