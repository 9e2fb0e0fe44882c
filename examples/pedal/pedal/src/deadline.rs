//! Late blocks.

/// Says of each block whether it was in time. A board feeds its watchdog only after those that were: when all blocks are late for
/// as long as the watchdog waits, the board starts again.
///
/// ```
/// use pedal::Deadline;
///
/// let mut deadline = Deadline::new(320_000);
/// assert!(deadline.meets(200_000));
/// assert!(!deadline.meets(320_001));
/// assert_eq!(deadline.late(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    period: u32,
    late: u32,
}

impl Deadline {
    /// A deadline of the time between two blocks, in the board's unit of time.
    pub const fn new(period: u32) -> Self {
        Self { period, late: 0 }
    }

    /// Whether a block that took so long was in time.
    pub const fn meets(&mut self, took: u32) -> bool {
        let is_in_time = took <= self.period;
        if !is_in_time {
            self.late = self.late.saturating_add(1);
        }
        is_in_time
    }

    /// How many blocks were late.
    pub const fn late(&self) -> u32 {
        self.late
    }
}
