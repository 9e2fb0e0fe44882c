//! The waveshaper over its recorded input, in a static that an interrupt could share.

#![no_std]
#![no_main]

use core::cell::RefCell;

use cortex_m_rt::entry;
use critical_section::Mutex;
use panic_semihosting as _;
use streaming_net::Output;
use streaming_net_firmware::networks::Waveshaper;
use streaming_net_firmware::{end, inputs, print};

static NET: Mutex<RefCell<Waveshaper>> = Mutex::new(RefCell::new(Waveshaper::new()));

#[entry]
fn main() -> ! {
    for (frame, input) in inputs::WAVESHAPER.iter().enumerate() {
        let output = critical_section::with(|section| NET.borrow_ref_mut(section).push(*input));
        print("waveshaper", frame, output.as_ref().map(Output::numbers));
    }
    end()
}
