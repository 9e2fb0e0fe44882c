//! Softmax.

use crate::errors::Message;
use crate::integers::Exponent;

/// What a difference of inputs of this scale is multiplied by to be an exponent of 2: as fine as 16 bits allow.
pub(super) fn exponent(input: f64) -> Result<Exponent, Message> {
    let factor =
        |shift: u32| (input * std::f64::consts::LOG2_E * f64::from(1_u32 << shift)).round();
    let shift = (1..=31).rev().find(|shift| factor(*shift) < 65536.0);
    let shift = shift.ok_or("has inputs from a range that is too large")?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    Ok(Exponent { multiplier: factor(shift) as u32, shift })
}
