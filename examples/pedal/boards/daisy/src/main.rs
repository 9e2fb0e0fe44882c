//! The pedal on a Daisy Seed: three captures by A1-nano, with a cross-fade between them.

#![no_std]
#![no_main]

mod caches;

use cortex_m::peripheral::DWT;
use daisy_embassy::audio::{AudioConfig, Fs};
use daisy_embassy::hal::adc::{Adc, SampleTime};
use daisy_embassy::hal::gpio::{Input, Level, Output, Pull, Speed};
use daisy_embassy::hal::wdg::IndependentWatchdog;
use daisy_embassy::{default_rcc, hal, new_daisy_board};
use defmt::{unwrap, warn};
use embassy_executor::Spawner;
use pedal::captures::A1Nano;
use pedal::words::{from_low_24, to_low_24};
use pedal::{BLOCK, Controls, CrossFade, Deadline, Pedal, RATE};
use static_cell::ConstStaticCell;
use {defmt_rtt as _, panic_probe as _};

/// Cycles between two blocks, at 480 MHz.
const PERIOD: u32 = 480_000_000 / RATE as u32 * BLOCK as u32;
/// The board starts again when no block was in time for so long, in microseconds.
const TIMEOUT: u32 = 100_000;

const _: () = assert!(BLOCK == daisy_embassy::audio::BLOCK_LENGTH);

// Zeros, which take no flash; a network comes to rest when its capture is chosen.
static ONE: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());
static OTHER: ConstStaticCell<A1Nano> = ConstStaticCell::new(A1Nano::cold());

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let p = hal::init(default_rcc());
    let mut core = unwrap!(cortex_m::Peripherals::take());
    caches::enable(&mut core);
    core.DCB.enable_trace();
    DWT::unlock();
    core.DWT.enable_cycle_counter();

    let mut adc = Adc::new(p.ADC1);
    let mut watchdog = IndependentWatchdog::new(p.IWDG1, TIMEOUT);
    let board = new_daisy_board!(p);
    let mut pins = board.pins;
    let foot_switch = Input::new(pins.d0, Pull::Up);
    let mut lights = [
        Output::new(pins.d1, Level::Low, Speed::Low),
        Output::new(pins.d2, Level::Low, Speed::Low),
    ];
    let audio = board.audio_peripherals.prepare_interface(AudioConfig { fs: Fs::Fs48000 }).await;

    let mut pedal = Pedal::new(CrossFade::new(ONE.take(), OTHER.take()));
    pedal.start(0);
    let mut deadline = Deadline::new(PERIOD);
    let mut audio = unwrap!(audio.start_interface().await);
    watchdog.unleash();
    loop {
        let Err(error) = audio
            .start_callback(|input, output| {
                let began = DWT::cycle_count();
                let position = |value: u16| f32::from(value) / 65_535.0;
                let time = SampleTime::CYCLES32_5;
                let controls = Controls {
                    foot_switch: foot_switch.is_low(),
                    gain: position(adc.blocking_read(&mut pins.d15, time)),
                    level: position(adc.blocking_read(&mut pins.d16, time)),
                    bass: position(adc.blocking_read(&mut pins.d17, time)),
                    middle: position(adc.blocking_read(&mut pins.d18, time)),
                    treble: position(adc.blocking_read(&mut pins.d19, time)),
                };
                let mut samples = [0.0; BLOCK];
                for (sample, frame) in samples.iter_mut().zip(input.as_chunks::<2>().0) {
                    *sample = from_low_24(frame[0]);
                }
                pedal.block(&controls, &mut samples);
                for (frame, sample) in output.as_chunks_mut::<2>().0.iter_mut().zip(samples) {
                    *frame = [to_low_24(sample); 2];
                }
                for (number, light) in lights.iter_mut().enumerate() {
                    light.set_level((pedal.capture() == number + 1).into());
                }
                if deadline.meets(DWT::cycle_count().wrapping_sub(began)) {
                    watchdog.pet();
                }
            })
            .await;
        // A block that was so late that the codec overtook the DMA. The watchdog waits for the next one that is in time.
        warn!("{}, after {} late blocks", error, deadline.late());
    }
}
