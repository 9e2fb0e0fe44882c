//! A switch of captures makes no step larger than the sound's own.

use pedal::captures::{A1Nano, Captures, Lstm6};
use pedal::{BLOCK, Channel, Codec, CrossFade, Dip};

fn guitar() -> Vec<f32> {
    let bytes = include_bytes!("../../captures/guitar.raw");
    let samples = bytes.as_chunks::<2>().0.iter();
    samples.map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / 32_768.0).collect()
}

/// What is heard: a channel that goes over to each capture of `selected` before a block.
fn heard(mut channel: impl Channel, selected: &[(usize, usize)]) -> Vec<f32> {
    channel.start(0, Codec::ONE_VOLT);
    let mut heard = Vec::new();
    for (number, block) in guitar().as_chunks::<BLOCK>().0.iter().enumerate() {
        for (_, capture) in selected.iter().filter(|(at, _)| *at == number) {
            channel.select(*capture);
        }
        let mut samples = *block;
        channel.block(Codec::ONE_VOLT, &mut samples);
        heard.extend(samples);
    }
    heard
}

/// The largest step from one sample to the next in a part of the sound.
fn step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// The sample at which a block begins.
const fn at(block: usize) -> usize {
    block * BLOCK
}

/// The blocks before which captures are switched, and the step that a part of the sound has there: that of the louder of the two
/// captures, from 50 ms before to 50 ms behind the switch.
fn compare(name: &str, switched: impl Fn(&[(usize, usize)]) -> Vec<f32>) -> usize {
    let steady = [0, 1, 2].map(|capture| switched(&[(0, capture)]));
    let mut larger = 0;
    for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 2)] {
        for block in (150..700).step_by(25) {
            let sound = switched(&[(0, from), (block, to)]);
            let own =
                [from, to].map(|capture| step(&steady[capture][at(block - 75)..at(block + 75)]));
            let here = step(&sound[at(block - 1)..at(block + 20)]);
            // The new capture began at rest a moment ago: its last digits differ.
            if here > 1.001 * own[0].max(own[1]) {
                println!(
                    "{name}: {from} to {to} before block {block}: a step of {here}, of {own:?} else"
                );
                larger += 1;
            }
        }
    }
    larger
}

#[test]
fn a_cross_fade_makes_no_step() {
    let larger = compare("cross-fade", |selected| {
        let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
        heard(CrossFade::new(&mut one, &mut other), selected)
    });
    assert_eq!(larger, 0);
}

#[test]
fn a_dip_makes_no_step() {
    let larger = compare("dip", |selected| heard(Dip::new(&mut Lstm6::cold()), selected));
    assert_eq!(larger, 0);
}

/// Swaps the weights at once.
struct Abrupt(A1Nano);

impl Channel for Abrupt {
    type Net = A1Nano;

    fn start(&mut self, capture: usize, _: Codec) {
        self.select(capture);
    }

    fn select(&mut self, capture: usize) {
        Captures::load(&mut self.0, capture);
    }

    fn block(&mut self, _: Codec, samples: &mut [f32; BLOCK]) {
        let mut outputs = [[0.0]; BLOCK];
        self.0.push_block(&samples.map(|sample| [sample]), &mut outputs);
        *samples = outputs.map(|[sample]| sample);
    }
}

#[test]
fn the_test_finds_the_step_of_weights_that_are_swapped_at_once() {
    let larger = compare("abrupt", |selected| heard(Abrupt(A1Nano::cold()), selected));
    assert!(larger > 10, "{larger} of 88");
}

#[test]
fn the_new_capture_is_heard_alone_after_the_fade() {
    let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
    let switched = heard(CrossFade::new(&mut one, &mut other), &[(100, 2)]);
    let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
    let steady = heard(CrossFade::new(&mut one, &mut other), &[(0, 2)]);
    // Once the sound from before the switch has left the receptive field.
    let after = at(101) + CrossFade::<A1Nano>::LENGTH + A1Nano::RECEPTIVE_FIELD;
    assert_eq!(switched[after..], steady[after..]);
}

#[test]
fn a_switch_during_a_switch_comes_next() {
    let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
    let twice = heard(CrossFade::new(&mut one, &mut other), &[(100, 1), (105, 2)]);
    let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
    let later = heard(CrossFade::new(&mut one, &mut other), &[(100, 1), (120, 2)]);
    let after = at(140) + A1Nano::RECEPTIVE_FIELD;
    assert_eq!(twice[after..], later[after..]);
    let largest = [0, 1, 2].map(|capture| {
        let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
        step(&heard(CrossFade::new(&mut one, &mut other), &[(0, capture)])[at(25)..at(225)])
    });
    assert!(step(&twice[at(100)..at(150)]) <= largest.into_iter().fold(0.0, f32::max));
}
