//! Half a second of a guitar through the pedals of both boards, in QEMU. The foot switch goes through the captures and knobs are
//! turned meanwhile.
//!
//! Prints some of the samples that are heard, and lines with `#` of what they took. Ends with an error where a block is late on
//! a Daisy, or where a switch makes a larger step than the guitar.

#![no_std]
#![no_main]

mod clock;
mod double_rate;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use panic_semihosting as _;
use pedal::captures::{A1Nano, Lstm8};
use pedal::{BLOCK, Channel, Controls, CrossFade, Dip, Pedal};
use static_cell::ConstStaticCell;

use crate::clock::Clock;

/// The guitar, in samples of 16 bits.
static GUITAR: &[u8] = include_bytes!("../../captures/guitar.raw");

/// One in so many samples is printed.
const PRINTED: usize = 96;
/// Instructions a sample that a core at 480 MHz does at 48 kHz, if each takes a cycle.
const BUDGET: u32 = 10_000;
/// Blocks behind a press of the foot switch in which the old capture may be heard.
const SWITCHING: usize = 20;

static ONE: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());
static OTHER: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());
static LSTM: ConstStaticCell<Lstm8> = ConstStaticCell::new(Lstm8::cold());

#[entry]
fn main() -> ! {
    let Some(core) = cortex_m::Peripherals::take() else { panic!("the core is taken once") };
    let clock = Clock::start(core.SYST);
    let (one, other, lstm) = (ONE.take(), OTHER.take(), LSTM.take());
    play("a1_nano", &clock, Pedal::new(CrossFade::new(one, other)));
    play("lstm_8", &clock, Pedal::new(Dip::new(lstm)));
    double_rate::play(&clock);
    loop {
        debug::exit(debug::EXIT_SUCCESS);
    }
}

/// The blocks of the guitar.
fn blocks() -> impl Iterator<Item = [f32; BLOCK]> {
    let samples = GUITAR.as_chunks::<2>().0.as_chunks::<BLOCK>().0;
    samples.iter().map(|block| block.map(|bytes| f32::from(i16::from_le_bytes(bytes)) / 32_768.0))
}

/// What is done to the pedal before a block.
fn controls(block: usize) -> Controls {
    Controls {
        foot_switch: matches!(block, 100..150 | 220..270 | 330..380),
        gain: if block < 300 { 0.5 } else { 0.6 },
        level: if block < 50 { 0.9 } else { 0.8 },
        bass: 0.4,
        treble: if block < 180 { 0.5 } else { 0.7 },
        ..Controls::default()
    }
}

fn play<C: Channel>(name: &str, clock: &Clock, mut pedal: Pedal<C>) {
    pedal.start();
    let (mut sum, mut worst, mut worst_switching) = (0, 0, 0);
    let (mut before, mut own, mut switching) = (0.0_f32, 0.0_f32, 0.0_f32);
    let (mut capture, mut since, mut count) = (0, SWITCHING, 0);
    for (block, mut samples) in blocks().enumerate() {
        let controls = controls(block);
        let instructions =
            clock.instructions(|| pedal.block(&controls, &mut samples)) / BLOCK as u32;
        assert!(instructions <= BUDGET, "block {block} takes {instructions} instructions a sample");
        since = if pedal.capture() == capture { since + 1 } else { 0 };
        capture = pedal.capture();
        let (most, step) = if since < SWITCHING {
            (&mut worst_switching, &mut switching)
        } else {
            (&mut worst, &mut own)
        };
        *most = instructions.max(*most);
        sum += instructions;
        count += 1;
        for (sample, heard) in samples.into_iter().enumerate() {
            *step = step.max((heard - before).abs());
            before = heard;
            if (BLOCK * block + sample) % PRINTED == 0 {
                // Adding zero makes a negative zero positive.
                hprintln!("{} {} {:.6}", name, BLOCK * block + sample, heard + 0.0);
            }
        }
    }
    hprintln!("{} steps of {:.6} at most, of {:.6} while it switches", name, own, switching);
    assert!(
        switching <= own,
        "{name} makes a step of {switching} while it switches, and of {own} else"
    );
    let mean = sum / count;
    hprintln!(
        "# {}: {} instructions a sample, {} at most, {} while it switches",
        name,
        mean,
        worst,
        worst_switching
    );
}
