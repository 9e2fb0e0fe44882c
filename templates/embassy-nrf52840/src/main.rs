//! Takes noise and drift off the signal of a pulse sensor at P0.03 (A0) of an nRF52840 DK, whose LED 1 shows the beats.

#![no_std]
#![no_main]

use defmt::info;
use defmt_rtt as _;
use embassy_executor::Spawner;
use embassy_nrf::bind_interrupts;
use embassy_nrf::gpio::{Level, Output, OutputDrive};
use embassy_nrf::saadc::{ChannelConfig, Config, InterruptHandler, Saadc};
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
    SAADC => InterruptHandler;
});

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let peripherals = embassy_nrf::init(Default::default());
    let sensor = ChannelConfig::single_ended(peripherals.P0_03);
    let mut adc = Saadc::new(peripherals.SAADC, Irqs, Config::default(), [sensor]);
    // The LED is on while the pin is low.
    let mut led = Output::new(peripherals.P0_13, Level::High, OutputDrive::Standard);
    let net = NET.take();

    let mut ticker = Ticker::every(Duration::from_hz(100));
    for frame in 0_u32.. {
        ticker.next().await;
        let mut reading = [0];
        adc.sample(&mut reading).await;
        let input = (f32::from(reading[0]) - FLOOR) / BEAT;
        // Every layer is causal: every push gives an output.
        let Some([pulse]) = net.push([input]) else {
            continue;
        };
        led.set_level((pulse <= 0.5).into());
        if frame % 10 == 0 {
            info!("sensor {=f32}, pulse {=f32}", input, pulse);
        }
    }
}
