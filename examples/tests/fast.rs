//! What `#[math = "fast"]` does to a capture that is mostly tanh: the energy of the difference from the exact one, in
//! proportion to that of the sound (ESR), over the guitar that comes with the program `amp`.

use hound::WavReader;
use streaming_net::{StreamingNet, streaming_net};

streaming_net! {
    /// A1-nano, 54 tanh a frame.
    #[weights = "amp/a1_nano.nam"]
    #[start = "rest"]
    pub struct Exact;

    /// The same.
    #[weights = "amp/a1_nano.nam"]
    #[math = "fast"]
    #[start = "rest"]
    pub struct Fast;
}

fn played(mut net: impl StreamingNet<Input = [f32; 1], Output = [f32; 1]>) -> Vec<f64> {
    let mut guitar = WavReader::open("amp/demo.wav").expect("it comes with the program");
    let samples =
        guitar.samples::<i16>().map(|sample| f32::from(sample.expect("it is whole")) / 32_768.0);
    samples.filter_map(|x| net.push([x])).map(|[y]| f64::from(y)).collect()
}

#[test]
fn it_begins_at_the_rest_of_its_own_mathematics() {
    let mut net = Fast::new();
    let outputs: Vec<_> = (0..4096).filter_map(|_| net.push([0.0])).map(|[y]| y).collect();
    let [first, ..] = outputs[..] else { panic!("every frame has an output") };
    // By the exact functions it would begin 1.5e-5 beside that.
    assert!(outputs.iter().all(|y| (y - first).abs() < 5e-6), "{first}, then another");
}

#[test]
fn a_capture_by_fast_mathematics_is_the_same_amplifier() {
    let (exact, fast) = (played(Exact::new()), played(Fast::new()));
    let energy = |sound: &[f64]| sound.iter().map(|y| y * y).sum::<f64>();
    let difference: Vec<_> = exact.iter().zip(&fast).map(|(exact, fast)| exact - fast).collect();
    let esr = 10.0 * (energy(&difference) / energy(&exact)).log10();
    let stated = format!("energy of {esr:.0} dB of the sound");
    let page = include_str!("../../docs/book/src/performance.md").replace('\n', " ");
    assert!(page.contains(&stated), "docs/book/src/performance.md does not say: {stated}");
}
