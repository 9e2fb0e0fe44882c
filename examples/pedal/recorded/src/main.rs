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
use pedal::captures::{A1Nano, Lstm6};
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
/// Blocks on either side of one while it switches with which it is compared: 50 ms.
const AROUND: usize = 75;
/// All blocks of the guitar.
const BLOCKS: usize = GUITAR.len() / 2 / BLOCK;

static ONE: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());
static OTHER: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());
static LSTM: ConstStaticCell<Lstm6> = ConstStaticCell::new(Lstm6::cold());

#[entry]
fn main() -> ! {
    let Some(core) = cortex_m::Peripherals::take() else { panic!("the core is taken once") };
    let clock = Clock::start(core.SYST);
    let (one, other, lstm) = (ONE.take(), OTHER.take(), LSTM.take());
    play("a1_nano", &clock, Pedal::new(CrossFade::new(one, other)));
    play("lstm_6", &clock, Pedal::new(Dip::new(lstm)));
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

/// The largest step from one sample to the next of each block.
type Steps = [f32; BLOCKS];

/// Plays all blocks, and hands each to a function with its number and the instructions that it took.
fn pass<C: Channel>(
    clock: &Clock,
    pedal: &mut Pedal<C>,
    first: usize,
    controls: impl Fn(usize) -> Controls,
    mut heard: impl FnMut(usize, &[f32; BLOCK], u32, usize),
) -> Steps {
    pedal.start(first);
    let (mut steps, mut before) = ([0.0; BLOCKS], 0.0_f32);
    for ((block, mut samples), step) in blocks().enumerate().zip(&mut steps) {
        let controls = controls(block);
        let instructions =
            clock.instructions(|| pedal.block(&controls, &mut samples)) / BLOCK as u32;
        for sample in samples {
            *step = f32::max(*step, (sample - before).abs());
            before = sample;
        }
        heard(block, &samples, instructions, pedal.capture());
    }
    steps
}

fn play<C: Channel>(name: &str, clock: &Clock, mut pedal: Pedal<C>) {
    let (mut worst, mut worst_switching) = (0, 0);
    let (mut capture, mut since) = (0, SWITCHING);
    let mut switches = [false; BLOCKS];
    let steps = pass(clock, &mut pedal, 0, controls, |block, samples, instructions, now| {
        assert!(instructions <= BUDGET, "block {block} takes {instructions} instructions a sample");
        since = if now == capture { since + 1 } else { 0 };
        capture = now;
        switches[block] = since < SWITCHING;
        let most = if switches[block] { &mut worst_switching } else { &mut worst };
        *most = instructions.max(*most);
        for (sample, heard) in samples.iter().enumerate() {
            if (BLOCK * block + sample).is_multiple_of(PRINTED) {
                // Adding zero makes a negative zero positive.
                hprintln!("{} {} {:.6}", name, BLOCK * block + sample, heard + 0.0);
            }
        }
    });
    // Each capture alone, with the same knobs.
    let alone = [0, 1, 2].map(|capture| {
        let still = |block| Controls { foot_switch: false, ..controls(block) };
        pass(clock, &mut pedal, capture, still, |_, _, _, _| {})
    });
    let mut largest = (0.0, 0.0);
    for (block, step) in steps.into_iter().enumerate().filter(|(block, _)| switches[*block]) {
        let around = block.saturating_sub(AROUND)..BLOCKS.min(block + AROUND);
        let own =
            alone.iter().flat_map(|steps| &steps[around.clone()]).copied().fold(0.0, f32::max);
        assert!(
            step <= own,
            "{name}: a step of {step} while it switches, of {own} around block {block}"
        );
        if step > largest.0 {
            largest = (step, own);
        }
    }
    let (step, own) = largest;
    hprintln!(
        "{} makes a step of {:.6} at most while it switches; its captures make one of {:.6} there",
        name,
        step,
        own
    );
    hprintln!(
        "# {}: {} instructions a sample at most, {} while it switches",
        name,
        worst,
        worst_switching
    );
}
