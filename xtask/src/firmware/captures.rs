//! What a second capture of the same shape takes in flash: its weights, and little else.

use anyhow::{Context as _, Result};

use super::{SHIFT, remarks_apart};
use crate::cores::{Core, Kernel};
use crate::program::Builder;
use crate::size::Size;

/// The program with two captures, whose name asks for this alone.
pub(super) const NAME: &str = "two_captures";
/// The same with one.
const ONE: &str = "one_capture";
/// Bytes beside the weights at most.
const MOST: u64 = 1024;

/// Whether it is measured on a core with a kernel: where the pedals run.
pub(super) fn is_measured(core: &Core, kernel: Kernel, only: Option<&str>) -> bool {
    core.programs.contains(&"pedal_a1")
        && kernel == Kernel::Portable
        && only.is_none_or(|only| only == NAME)
}

/// Builds both programs. Returns what is wrong.
pub(super) fn check(builder: &Builder<'_>, core: &Core) -> Result<Option<String>> {
    let folder = builder.build(&["--bin", ONE, "--bin", NAME], &[])?;
    let [one, two] = [ONE, NAME].map(|program| Size::of(&folder.join(program)));
    let (one, two) = (one?, two?);
    let (_, remarks) = remarks_apart(&core.run(&folder.join(ONE), SHIFT)?);
    let weights = weights(&remarks).with_context(|| remarks.clone())?;
    let flash = |size: Size| size.text + size.data;
    let second = flash(two).saturating_sub(flash(one));
    eprintln!(
        "a second capture on the {}: {second} bytes of flash, {weights} of them weights",
        core.name
    );
    Ok(wrong(second, weights))
}

/// The bytes of weights that a program states.
fn weights(remarks: &str) -> Option<u64> {
    let (before, _) = remarks.trim_end().rsplit_once(" of weights")?;
    before.rsplit(' ').next()?.parse().ok()
}

fn wrong(second: u64, weights: u64) -> Option<String> {
    let beside = second.saturating_sub(weights);
    (second < weights || beside > MOST).then(|| {
        format!("a second capture takes {second} bytes of flash: {weights} of weights and {beside} beside them, of {MOST} at most")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_capture_takes_its_weights_and_a_kilobyte() {
        let remarks = "# 50 blocks of 48 frames, 0 late\n# 34824 bytes of state, 3180 of weights\n";
        assert_eq!(weights(remarks), Some(3180));
        assert_eq!(weights("# nothing"), None);
        assert!(wrong(4204, 3180).is_none());
        assert!(wrong(4205, 3180).is_some_and(|why| why.contains("1025 beside them")));
        // A capture whose weights are not in the program.
        assert!(wrong(100, 3180).is_some());
    }
}
