//! What the model takes: each chunk with the end of the one before.

/// Samples that are new in each chunk.
pub(crate) const NEW: usize = 512;
/// Samples of the chunk before, which stand first.
const BEFORE: usize = 64;
/// Samples that the model takes.
pub(crate) const LENGTH: usize = BEFORE + NEW;

pub(crate) struct Chunks {
    before: [f32; BEFORE],
}

impl Default for Chunks {
    /// Silence before the first chunk.
    fn default() -> Self {
        Self { before: [0.0; BEFORE] }
    }
}

impl Chunks {
    pub(crate) fn next(&mut self, new: &[i16; NEW]) -> [f32; LENGTH] {
        let mut chunk = [0.0; LENGTH];
        chunk[..BEFORE].copy_from_slice(&self.before);
        for (x, sample) in chunk[BEFORE..].iter_mut().zip(new) {
            *x = f32::from(*sample) / 32_768.0;
        }
        self.before.copy_from_slice(&chunk[NEW..]);
        chunk
    }
}
