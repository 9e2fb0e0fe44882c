//! What the programs share: networks, their recorded input, and how they print.

#![no_std]
#![forbid(unsafe_code)]

pub mod inputs {
    include!(concat!(env!("OUT_DIR"), "/inputs.rs"));
}
pub mod networks;
pub mod pedal;
pub mod samples;

use cortex_m_semihosting::debug::{EXIT_SUCCESS, exit};
use cortex_m_semihosting::{hprint, hprintln};

/// Prints a line: the network, the frame, and what it answered.
pub fn print(network: &str, frame: usize, answer: Option<&[f32]>) {
    hprint!("{} {}", network, frame);
    match answer {
        // Adding zero makes a negative zero positive.
        Some(answer) => answer.iter().for_each(|y| hprint!(" {:.6}", y + 0.0)),
        None => hprint!(" none"),
    }
    hprintln!();
}

/// Ends QEMU, telling the host that all went well.
pub fn end() -> ! {
    loop {
        exit(EXIT_SUCCESS);
    }
}
