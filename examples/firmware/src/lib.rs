//! What the programs share: networks, their recorded input, and how they print.

#![no_std]
#![forbid(unsafe_code)]

pub mod inputs {
    include!(concat!(env!("OUT_DIR"), "/inputs.rs"));
}
pub mod integers;
pub mod networks;
#[cfg(target_arch = "arm")]
pub mod pedal;
pub mod samples;

#[cfg(target_arch = "arm")]
mod machine {
    pub use cortex_m_rt::entry;
    pub use cortex_m_semihosting::{hprint as print, hprintln as println};

    pub fn exit() {
        use cortex_m_semihosting::debug;
        debug::exit(debug::EXIT_SUCCESS);
    }
}

#[cfg(target_arch = "riscv32")]
mod machine {
    use riscv as _;
    pub use riscv_rt::entry;
    pub use semihosting::{print, println};

    pub fn exit() {
        semihosting::process::exit(0);
    }
}

pub use machine::entry;

/// Prints a line: the network, the frame, and its output.
pub fn print(network: &str, frame: usize, output: Option<&[f32]>) {
    machine::print!("{} {}", network, frame);
    match output {
        // Adding zero makes a negative zero positive.
        Some(output) => output.iter().for_each(|y| machine::print!(" {:.6}", y + 0.0)),
        None => machine::print!(" none"),
    }
    machine::println!();
}

/// Prints a line: the network, the push, and the integers of its output.
pub fn print_integers(network: &str, push: usize, output: Option<&[i16]>) {
    machine::print!("{} {}", network, push);
    match output {
        Some(output) => output.iter().for_each(|y| machine::print!(" {}", y)),
        None => machine::print!(" none"),
    }
    machine::println!();
}

/// Ends QEMU, telling the host that all went well.
pub fn end() -> ! {
    loop {
        machine::exit();
    }
}
