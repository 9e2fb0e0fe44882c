//! Samples of 24 bits, as codecs have them.

const FULL_SCALE: f32 = 8_388_608.0;

/// A sample of 24 bits, of which the upper byte of the word is no part.
pub fn to_float(word: u32) -> f32 {
    ((word << 8) as i32 >> 8) as f32 / FULL_SCALE
}

/// What is beyond full scale is full scale.
pub fn to_word(sample: f32) -> u32 {
    ((sample * FULL_SCALE) as i32).clamp(-8_388_608, 8_388_607) as u32 & 0x00FF_FFFF
}
