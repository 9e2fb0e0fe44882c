//! Knobs, gain staging and the tone stack.

use pedal::captures::{A1Nano, Capture, Captures, Lstm6, are_made_for};
use pedal::words::{from_high_24, from_low_24, to_high_24, to_low_24};
use pedal::{BLOCK, Codec, Controls, FootSwitch, RATE, Smooth, Staging, ToneStack};
use streaming_net::Metadata;

#[test]
fn a_foot_switch_that_bounces_counts_once() {
    let mut switch = FootSwitch::new();
    let bounces = [true, false, true, true, false];
    let readings = bounces.into_iter().chain([true; 100]).chain(bounces).chain([false; 100]);
    assert_eq!(readings.filter(|is_down| switch.went_down(*is_down)).count(), 1);
    // A click of half a millisecond is none.
    assert!(!switch.went_down(true));
    assert!([false; 100].into_iter().all(|is_down| !switch.went_down(is_down)));
}

#[test]
fn a_knob_follows_without_a_step() {
    let mut knob = Smooth::new(0.0, 240);
    let path: Vec<f32> = (0..2400).map(|_| knob.follow(1.0)).collect();
    assert!(path.windows(2).all(|pair| (0.0..1.0 / 240.0).contains(&(pair[1] - pair[0]))));
    assert!((path[239] - 0.632).abs() < 0.002, "{}", path[239]);
    assert!(path[2399] > 0.9999);
}

#[test]
fn captures_are_brought_to_one_level_and_loudness() {
    let metadata = Metadata {
        loudness: Some(-12.0),
        input_level_dbu: Some(12.2),
        in_gain_db: Some(4.0),
        out_gain_db: Some(-14.0),
        ..Metadata::NONE
    };
    let staging = Staging::of(&Capture { metadata, at_rest: 0.1 }, Codec { input_dbu: 2.2 });
    assert!((staging.input - 0.501_19).abs() < 1e-4, "-10 dB and 4 dB: {}", staging.input);
    assert!((staging.output - 0.1).abs() < 1e-4, "-6 dB and -14 dB: {}", staging.output);
    assert_eq!(staging.at_rest, 0.1);
    let nothing = Capture { metadata: Metadata::NONE, at_rest: 0.0 };
    assert_eq!(Staging::of(&nothing, Codec::ONE_VOLT), Staging::NONE);
}

#[test]
fn the_files_state_what_the_gain_staging_reads() {
    for captures in [A1Nano::ALL, Lstm6::ALL] {
        assert_eq!(captures.len(), 3);
        assert!(are_made_for(RATE, captures) && !are_made_for(44_100.0, captures));
        for Capture { metadata, at_rest } in captures {
            assert!(metadata.loudness.is_some() && metadata.input_level_dbu.is_some());
            assert!(at_rest.abs() < 0.02, "{at_rest}");
        }
    }
}

/// The gain in dB of a tone stack whose knobs have been still for long, at a frequency.
fn response(controls: &Controls, frequency: f32) -> f32 {
    let mut tone = ToneStack::new();
    let (mut powers, mut time) = ([0.0; 2], 0);
    for number in 0..600 {
        let sine = core::array::from_fn(|sample| {
            let turns = (time + sample) as f64 * f64::from(frequency / RATE);
            (turns.fract() * core::f64::consts::TAU).sin() as f32
        });
        time += BLOCK;
        let mut samples: [f32; BLOCK] = sine;
        tone.block(controls, &mut samples);
        if number >= 300 {
            for (power, sound) in powers.iter_mut().zip([sine, samples]) {
                *power += sound.iter().map(|sample| sample * sample).sum::<f32>();
            }
        }
    }
    10.0 * (powers[1] / powers[0]).log10()
}

#[test]
fn the_tone_stack_changes_its_bands_by_12_db() {
    let flat = Controls::default();
    for frequency in [50.0, 600.0, 10_000.0] {
        assert!(response(&flat, frequency).abs() < 0.05);
    }
    type Turned = fn(f32) -> Controls;
    let knobs: [(Turned, f32); 3] = [
        (|bass| Controls { bass, ..Controls::default() }, 30.0),
        (|middle| Controls { middle, ..Controls::default() }, 600.0),
        (|treble| Controls { treble, ..Controls::default() }, 15_000.0),
    ];
    for (controls, frequency) in knobs {
        for (position, gain) in [(0.0, -12.0), (0.5, 0.0), (1.0, 12.0)] {
            let heard = response(&controls(position), frequency);
            assert!((heard - gain).abs() < 0.5, "{frequency} Hz at {position}: {heard} dB");
        }
    }
}

#[test]
fn words_keep_24_bits() {
    for word in [0_u32, 1, 0x7F_FFFF, 0x80_0000, 0xFF_FFFF, 0x12_3456] {
        assert_eq!(to_low_24(from_low_24(word)), word);
        assert_eq!(to_high_24(from_high_24(word << 8)), word << 8);
    }
    assert_eq!(from_low_24(0xFF00_0001), from_low_24(1));
    assert_eq!(to_low_24(2.0), 0x7F_FFFF);
    assert_eq!(to_low_24(-2.0), 0x80_0000);
    assert_eq!(to_low_24(f32::NAN), 0);
}
