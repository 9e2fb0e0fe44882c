//! The text of a kernel, for the processor that a build is for.

#[cfg(not(helium))]
/// Whether the processor has a multiply-accumulate that is worth it, as `macros.s` says.
pub(super) const ACCUMULATES: i32 = if cfg!(cortex_m7) { 1 } else { 0 };

#[cfg(not(helium))]
/// Whether it has an instruction for the larger of two numbers.
pub(super) const SELECTS: i32 = if cfg!(any(fpv5, cortex_m7)) { 1 } else { 0 };

/// Says which unit the processor has. The assembler is not told.
#[cfg(all(any(fpv5, cortex_m7), not(helium)))]
macro_rules! unit {
    () => {
        ".fpu fpv5-sp-d16"
    };
}
#[cfg(not(any(fpv5, cortex_m7, helium)))]
macro_rules! unit {
    () => {
        ".fpu fpv4-sp-d16"
    };
}

/// The text of a file of this folder.
macro_rules! file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/kernel/cortex_m/", $name, ".s"))
    };
}

/// The body of a naked function: the text of a file, with symbols that it uses. Of the Cortex-M55's vectors, there are other files.
#[cfg(not(helium))]
macro_rules! kernel {
    ($file:literal $(, $symbol:ident = $value:expr)* $(; $($name:ident = $function:path),+)?) => {
        core::arch::naked_asm!(
            unit!(),
            ".set accumulates, {accumulates}",
            ".set selects, {selects}",
            $(concat!(".set ", stringify!($symbol), ", {", stringify!($symbol), "}"),)*
            file!("macros"),
            file!($file),
            file!("purge"),
            accumulates = const $crate::kernel::cortex_m::text::ACCUMULATES,
            selects = const $crate::kernel::cortex_m::text::SELECTS,
            $($symbol = const $value,)*
            $($($name = sym $function,)+)?
        )
    };
}
#[cfg(helium)]
macro_rules! kernel {
    ("conv") => {
        core::arch::naked_asm!(file!("helium_conv"), options(raw))
    };
}
