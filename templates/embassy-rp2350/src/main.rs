//! Takes noise and drift off the signal of a pulse sensor at pin 26 of a Pico 2, whose LED shows the beats.

#![no_std]
#![no_main]

use defmt::{info, warn};
use defmt_rtt as _;
use embassy_executor::Spawner;
use embassy_rp::adc::{Adc, Channel, Config, InterruptHandler};
use embassy_rp::bind_interrupts;
use embassy_rp::gpio::{Level, Output, Pull};
use embassy_time::{Duration, Ticker};
use panic_probe as _;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;

streaming_net! {
    /// The pulse in what a sensor at a finger measures, 100 frames a second.
    #[weights = "weights/pulse.onnx"]
    pub struct Pulse;
}

// The state starts at zero, so this takes RAM but no flash.
static NET: ConstStaticCell<Pulse> = ConstStaticCell::new(Pulse::new());

/// The reading of the sensor between two beats, and how much higher it is at a beat: for 12 bits, from 0 to 4095.
const FLOOR: f32 = 2048.0;
const BEAT: f32 = 512.0;

bind_interrupts!(struct Irqs {
    ADC_IRQ_FIFO => InterruptHandler;
});

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let peripherals = embassy_rp::init(Default::default());
    let mut adc = Adc::new(peripherals.ADC, Irqs, Config::default());
    let mut sensor = Channel::new_pin(peripherals.PIN_26, Pull::None);
    let mut led = Output::new(peripherals.PIN_25, Level::Low);
    let net = NET.take();

    let mut ticker = Ticker::every(Duration::from_hz(100));
    for frame in 0_u32.. {
        ticker.next().await;
        let Ok(reading) = adc.read(&mut sensor).await else {
            warn!("the ADC failed");
            continue;
        };
        let input = (f32::from(reading) - FLOOR) / BEAT;
        // Every layer is causal: every push gives an output.
        let Some([pulse]) = net.push([input]) else {
            continue;
        };
        led.set_level((pulse > 0.5).into());
        if frame % 10 == 0 {
            info!("sensor {=f32}, pulse {=f32}", input, pulse);
        }
    }
}
