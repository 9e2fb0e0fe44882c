//! Two captures of one shape. `cargo xtask firmware` compares its size with that of `one_capture`: the second one takes its weights
//! and little else.

#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::streaming_net;
use streaming_net_firmware::end;
use streaming_net_firmware::pedal::{Pedal, play};

streaming_net! {
    #[weights(clean = "../pedal/captures/clean_a1_nano.nam", lead = "../pedal/captures/lead_a1_nano.nam")]
    #[start = "rest"]
    pub struct Amp;
}

static PEDAL: ConstStaticCell<Pedal<Amp>> = ConstStaticCell::new(Pedal::new(Amp::cold()));

#[entry]
fn main() -> ! {
    let pedal = PEDAL.take();
    // As a foot switch chooses it: the compiler does not know which.
    if let Some(capture) = Amp::WEIGHTS.get(black_box(1)) {
        pedal.net().load(*capture);
    }
    play("lead", pedal);
    end()
}
