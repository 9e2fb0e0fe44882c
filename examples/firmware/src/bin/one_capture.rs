//! A capture. `cargo xtask firmware` compares its size with that of `two_captures`.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;
use streaming_net_firmware::end;
use streaming_net_firmware::pedal::{Pedal, play};

streaming_net! {
    #[weights = "../pedal/captures/clean_a1_nano.nam"]
    #[start = "rest"]
    pub struct Amp;
}

static PEDAL: ConstStaticCell<Pedal<Amp>> = ConstStaticCell::new(Pedal::new(Amp::cold()));

#[entry]
fn main() -> ! {
    play("clean", PEDAL.take());
    end()
}
