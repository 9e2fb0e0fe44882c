//! Prints how far a model's outputs are from the run in its file.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use streaming_net_bench::{NET, largest_error};
use streaming_net_firmware::end;

#[entry]
fn main() -> ! {
    match largest_error(NET.take()) {
        Some(error) => hprintln!("{:.1e}", error),
        None => hprintln!("-"),
    }
    end()
}
