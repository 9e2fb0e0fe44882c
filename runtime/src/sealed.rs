//! Keeps crates that use this one from implementing its traits: a trait can then gain methods without breaking them.

/// What the sealed traits require. It is in a private module, so no other crate can name it.
pub trait Sealed {}

impl<const CHANNELS: usize> Sealed for [f32; CHANNELS] {}
impl<const CHANNELS: usize, const FRAMES: usize> Sealed for [[f32; CHANNELS]; FRAMES] {}
impl<const CHANNELS: usize> Sealed for [i16; CHANNELS] {}
impl<const CHANNELS: usize, const FRAMES: usize> Sealed for [[i16; CHANNELS]; FRAMES] {}
impl<const CHANNELS: usize> Sealed for &[[f32; CHANNELS]] {}
impl<const CHANNELS: usize> Sealed for &mut [[f32; CHANNELS]] {}
impl Sealed for () {}
