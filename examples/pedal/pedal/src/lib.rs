//! What a guitar pedal does with a block of sound: captures, knobs, a foot switch and a tone stack. The boards add what is
//! theirs: the codec, the pins and the watchdog.
//!
//! A board calls [`Pedal::block`] with each block of the codec:
//!
//! ```
//! use pedal::{BLOCK, Controls, CrossFade, Pedal, captures::A1Nano};
//!
//! let [mut one, mut other] = [A1Nano::cold(), A1Nano::cold()];
//! let mut pedal = Pedal::new(CrossFade::new(&mut one, &mut other));
//! pedal.start(0);
//! let mut samples = [0.1; BLOCK];
//! pedal.block(&Controls::default(), &mut samples);
//! assert!(samples.iter().all(|sample| sample.abs() <= 1.0));
//! ```

#![no_std]
#![forbid(unsafe_code)]

pub mod captures;
mod channel;
mod deadline;
mod double_rate;
mod gain;
mod knobs;
mod processing;
mod tone;
pub mod words;

pub use channel::{Channel, CrossFade, Dip};
pub use deadline::Deadline;
pub use double_rate::DoubleRate;
pub use gain::{Codec, Staging};
pub use knobs::{Controls, FootSwitch, Smooth};
pub use processing::Pedal;
pub use tone::ToneStack;

/// Samples a second, of the codec and of the captures.
pub const RATE: f32 = 48_000.0;

/// Samples of a block: those of the crate `daisy-embassy`.
pub const BLOCK: usize = 32;
