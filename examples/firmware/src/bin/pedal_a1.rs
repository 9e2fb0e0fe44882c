//! A pedal with A1-nano, the smallest capture of Neural Amp Modeler's first generation.

#![no_std]
#![no_main]

use cortex_m_rt::entry;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;
use streaming_net_firmware::end;
use streaming_net_firmware::pedal::{Pedal, play};

streaming_net! {
    /// The amplifier of `examples/amp`.
    #[weights = "../amp/a1_nano.nam"]
    #[start = "rest"]
    #[budget(ram = 112_000)]
    pub struct Amp;
}

// Zeros, which take no flash; the pedal brings the capture to rest when it starts.
static PEDAL: ConstStaticCell<Pedal<Amp>> = ConstStaticCell::new(Pedal::new(Amp::cold()));

#[entry]
fn main() -> ! {
    play("a1_nano", PEDAL.take());
    end()
}
