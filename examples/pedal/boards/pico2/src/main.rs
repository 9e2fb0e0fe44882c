//! The pedal on a Raspberry Pi Pico 2 with a WM8731: three captures by an LSTM of 6 units, and a dip between them.

#![no_std]
#![no_main]

mod codec;
mod i2s;

use defmt::unwrap;
use embassy_executor::Spawner;
use embassy_futures::join::join;
use embassy_rp::adc::{self, Adc, Channel};
use embassy_rp::bind_interrupts;
use embassy_rp::dma;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::i2c::{self, I2c};
use embassy_rp::peripherals::{DMA_CH0, DMA_CH1, PIO0};
use embassy_rp::pio::{self, Pio};
use embassy_rp::watchdog::Watchdog;
use embassy_time::{Duration, Instant};
use pedal::captures::Lstm6;
use pedal::words::{from_low_24, to_high_24};
use pedal::{BLOCK, Controls, Deadline, Dip, Pedal, RATE};
use static_cell::ConstStaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Interrupts {
    DMA_IRQ_0 => dma::InterruptHandler<DMA_CH0>, dma::InterruptHandler<DMA_CH1>;
    PIO0_IRQ_0 => pio::InterruptHandler<PIO0>;
});

/// Microseconds between two blocks.
const PERIOD: u32 = 1_000_000 * BLOCK as u32 / RATE as u32;
/// The board starts again when no block was in time for so long.
const TIMEOUT: Duration = Duration::from_millis(100);

/// Left and right in turns.
type Words = [u32; 2 * BLOCK];

static NET: ConstStaticCell<Lstm6> = ConstStaticCell::new(Lstm6::cold());
static INPUTS: ConstStaticCell<[Words; 2]> = ConstStaticCell::new([[0; 2 * BLOCK]; 2]);
static OUTPUTS: ConstStaticCell<[Words; 2]> = ConstStaticCell::new([[0; 2 * BLOCK]; 2]);

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let mut watchdog = Watchdog::new(p.WATCHDOG);
    let mut adc = Adc::new_blocking(p.ADC, adc::Config::default());
    let mut knobs = [
        Channel::new_pin(p.PIN_26, Pull::None),
        Channel::new_pin(p.PIN_27, Pull::None),
        Channel::new_pin(p.PIN_28, Pull::None),
    ];
    let foot_switch = Input::new(p.PIN_15, Pull::Up);
    let mut lights = [Output::new(p.PIN_13, Level::Low), Output::new(p.PIN_14, Level::Low)];

    let mut control = I2c::new_blocking(p.I2C0, p.PIN_5, p.PIN_4, i2c::Config::default());
    unwrap!(codec::start(|address, bytes| control.blocking_write(address, bytes)).await);
    let Pio { mut common, mut sm0, .. } = Pio::new(p.PIO0, Interrupts);
    let pins =
        i2s::Pins { from_codec: p.PIN_16, bits: p.PIN_17, words: p.PIN_18, to_codec: p.PIN_19 };
    i2s::configure(&mut common, &mut sm0, pins);
    let mut from_codec = dma::Channel::new(p.DMA_CH0, Interrupts);
    let mut to_codec = dma::Channel::new(p.DMA_CH1, Interrupts);

    let mut pedal = Pedal::new(Dip::new(NET.take()));
    pedal.start(0);
    let mut deadline = Deadline::new(PERIOD);
    let [mut arriving, mut arrived] = INPUTS.take().each_mut();
    let [mut leaving, mut next] = OUTPUTS.take().each_mut();
    sm0.set_enable(true);
    watchdog.start(TIMEOUT);
    loop {
        // The DMA fills one half of the buffers and empties another one while the core works on the others.
        let (receiver, sender) = sm0.rx_tx();
        let transfers = join(
            receiver.dma_pull(&mut from_codec, arriving, false),
            sender.dma_push(&mut to_codec, leaving, false),
        );
        let began = Instant::now();
        let mut positions = [0.5; 3];
        for (position, knob) in positions.iter_mut().zip(&mut knobs) {
            // A knob that cannot be read stays in the middle.
            *position =
                adc.blocking_read(knob).map_or(*position, |value| f32::from(value) / 4095.0);
        }
        let [gain, level, tone] = positions;
        let controls = Controls::with_tone(foot_switch.is_low(), gain, level, tone);
        let mut samples = [0.0; BLOCK];
        for (sample, frame) in samples.iter_mut().zip(arrived.as_chunks::<2>().0) {
            *sample = from_low_24(frame[0]);
        }
        pedal.block(&controls, &mut samples);
        for (frame, sample) in next.as_chunks_mut::<2>().0.iter_mut().zip(samples) {
            *frame = [to_high_24(sample); 2];
        }
        for (number, light) in lights.iter_mut().enumerate() {
            light.set_level((pedal.capture() == number + 1).into());
        }
        if deadline.meets(began.elapsed().as_micros() as u32) {
            watchdog.feed(TIMEOUT);
        }
        transfers.await;
        core::mem::swap(&mut arriving, &mut arrived);
        core::mem::swap(&mut leaving, &mut next);
    }
}
