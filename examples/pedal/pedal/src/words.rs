//! Samples as a codec's DMA has them.

const FULL_SCALE: f32 = 8_388_608.0;

/// A sample of the lower 24 bits of a word.
pub fn from_low_24(word: u32) -> f32 {
    ((word << 8) as i32 >> 8) as f32 / FULL_SCALE
}

/// A sample in the lower 24 bits of a word. What is beyond full scale is full scale; NaN is silence.
pub fn to_low_24(sample: f32) -> u32 {
    ((sample * FULL_SCALE) as i32).clamp(-8_388_608, 8_388_607) as u32 & 0x00FF_FFFF
}

/// A sample of the upper 24 bits of a word.
pub fn from_high_24(word: u32) -> f32 {
    (word as i32 >> 8) as f32 / FULL_SCALE
}

/// A sample in the upper 24 bits of a word.
pub fn to_high_24(sample: f32) -> u32 {
    to_low_24(sample) << 8
}
