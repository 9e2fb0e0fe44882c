//! A network at 48 kHz: the timer's interrupt takes a sample, pushes it, and hands the output on. `main` sleeps.
//!
//! A frame is late where the next interrupt is pending when its work is done. In QEMU an instruction takes as long as on
//! a core at 250 MHz that needs one cycle for each.

#![no_std]
#![no_main]

use core::cell::RefCell;
use core::sync::atomic::{AtomicBool, Ordering};

use cortex_m::Peripherals;
use cortex_m::peripheral::SCB;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::{entry, exception};
use cortex_m_semihosting::hprintln;
use critical_section::Mutex;
use panic_semihosting as _;
use streaming_net_firmware::networks::Waveshaper;
use streaming_net_firmware::{end, inputs, print};

const SAMPLE_RATE: u32 = 48_000;
const FRAMES: usize = inputs::WAVESHAPER.len();

/// What the interrupt works with.
struct Audio {
    net: Waveshaper,
    frame: usize,
    outputs: [f32; FRAMES],
    /// Frames whose work was not done when the next one came.
    late: usize,
}

static AUDIO: Mutex<RefCell<Audio>> = Mutex::new(RefCell::new(Audio {
    net: Waveshaper::new(),
    frame: 0,
    outputs: [0.0; FRAMES],
    late: 0,
}));
static DONE: AtomicBool = AtomicBool::new(false);

#[exception]
fn SysTick() {
    critical_section::with(|section| {
        let audio = &mut *AUDIO.borrow_ref_mut(section);
        let Some(input) = inputs::WAVESHAPER.get(audio.frame) else {
            DONE.store(true, Ordering::Relaxed);
            return;
        };
        if let (Some([y]), Some(slot)) =
            (audio.net.push(*input), audio.outputs.get_mut(audio.frame))
        {
            *slot = y;
        }
        audio.frame += 1;
        audio.late += usize::from(SCB::is_pendst_pending());
    });
}

#[entry]
fn main() -> ! {
    let Some(peripherals) = Peripherals::take() else { end() };
    let mut timer = peripherals.SYST;
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(inputs::CLOCK / SAMPLE_RATE - 1);
    timer.clear_current();
    timer.enable_interrupt();
    timer.enable_counter();
    while !DONE.load(Ordering::Relaxed) {
        cortex_m::asm::wfi();
    }
    timer.disable_interrupt();
    critical_section::with(|section| {
        let audio = AUDIO.borrow_ref(section);
        for (frame, output) in audio.outputs.iter().enumerate() {
            print("waveshaper", frame, Some(&[*output]));
        }
        hprintln!("{} frames at {} Hz, {} late", audio.frame, SAMPLE_RATE, audio.late);
    });
    end()
}
