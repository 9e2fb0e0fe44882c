//! Counts instructions by the core's timer, which QEMU lets go on by one for ten instructions.

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;

/// Instructions of a tick: the machine has 25 MHz, and an instruction takes four nanoseconds.
const INSTRUCTIONS: u32 = 10;
const MOST: u32 = 0x00FF_FFFF;

pub(crate) struct Clock(());

impl Clock {
    pub(crate) fn start(mut timer: SYST) -> Self {
        timer.set_clock_source(SystClkSource::Core);
        timer.set_reload(MOST);
        timer.clear_current();
        timer.enable_counter();
        Self(())
    }

    /// The instructions of a call.
    pub(crate) fn instructions(&self, call: impl FnOnce()) -> u32 {
        let before = SYST::get_current();
        call();
        (before.wrapping_sub(SYST::get_current()) & MOST) * INSTRUCTIONS
    }
}
