//! Takes noise and drift off the signal of a pulse sensor at PA3 (A0) of a NUCLEO-H743ZI2, whose LED LD1 shows the beats.

#![no_std]
#![no_main]

use defmt::info;
use defmt_rtt as _;
use embassy_executor::Spawner;
use embassy_stm32::adc::{Adc, SampleTime};
use embassy_stm32::gpio::{Level, Output, Speed};
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

/// The reading of the sensor between two beats, and how much higher it is at a beat: for 16 bits, from 0 to 65535.
const FLOOR: f32 = 32_768.0;
const BEAT: f32 = 8192.0;

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    let peripherals = embassy_stm32::init(clocks());
    let mut adc = Adc::new(peripherals.ADC1);
    let mut sensor = peripherals.PA3;
    let mut led = Output::new(peripherals.PB0, Level::Low, Speed::Low);
    let net = NET.take();

    let mut ticker = Ticker::every(Duration::from_hz(100));
    for frame in 0_u32.. {
        ticker.next().await;
        let reading = adc.blocking_read(&mut sensor, SampleTime::CYCLES32_5);
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

/// 400 MHz for the core, 200 MHz for the buses and 100 MHz for their peripherals, from the internal oscillator of 64 MHz.
fn clocks() -> embassy_stm32::Config {
    use embassy_stm32::rcc::*;
    let mut config = embassy_stm32::Config::default();
    let pll = Pll {
        source: PllSource::HSI,
        prediv: PllPreDiv::DIV4,
        mul: PllMul::MUL50,
        fracn: None,
        divp: None,
        divq: None,
        divr: None,
    };
    let rcc = &mut config.rcc;
    rcc.hsi = Some(HSIPrescaler::DIV1);
    rcc.pll1 = Some(Pll {
        divp: Some(PllDiv::DIV2),
        ..pll
    });
    rcc.sys = Sysclk::PLL1_P;
    rcc.ahb_pre = AHBPrescaler::DIV2;
    rcc.apb1_pre = APBPrescaler::DIV2;
    rcc.apb2_pre = APBPrescaler::DIV2;
    rcc.apb3_pre = APBPrescaler::DIV2;
    rcc.apb4_pre = APBPrescaler::DIV2;
    rcc.voltage_scale = VoltageScale::Scale1;
    // The converter's clock.
    rcc.pll2 = Some(Pll {
        divp: Some(PllDiv::DIV8),
        ..pll
    });
    rcc.mux.adcsel = mux::Adcsel::PLL2_P;
    config
}
