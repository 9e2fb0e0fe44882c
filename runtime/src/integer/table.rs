#[cfg(dsp)]
use super::kernel;

/// A function of one number as a table of its outputs at `N - 1` equal steps over all inputs, between which is a line.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Table<const N: usize> {
    /// The outputs, that of the input -32768 first; the last is that of 32768. `N` is `2^(16 - shift) + 1`.
    pub values: [i16; N],
    /// A step has `2^shift` inputs: from 1 to 15.
    pub shift: u8,
}

/// The outputs of a function for a frame.
///
/// ```
/// use streaming_net::__private::integer::{Table, lookup};
///
/// // Half of the input.
/// static HALF: Table<3> = Table { values: [-16_384, 0, 16_384], shift: 15 };
/// assert_eq!(lookup(&HALF, [-32_768, -100, 0, 101, 32_767]), [-16_384, -50, 0, 51, 16_384]);
/// ```
#[inline(always)]
#[must_use]
pub fn lookup<const N: usize, const CHANNELS: usize>(
    table: &Table<N>,
    mut frame: [i16; CHANNELS],
) -> [i16; CHANNELS] {
    replaced(table, &mut frame);
    frame
}

/// Replaces each number by the table's output.
#[inline(always)]
pub(super) fn replaced<const N: usize>(table: &Table<N>, numbers: &mut [i16]) {
    const { assert!(N >= 3 && (N - 1).is_power_of_two(), "a table has steps of one length") }
    replace(&table.values, table.shift, numbers);
}

/// One function serves all tables.
#[inline(never)]
fn replace(values: &[i16], shift: u8, numbers: &mut [i16]) {
    let shift = u32::from(shift) & 15;
    #[cfg(dsp)]
    if kernel::replace(values, shift, numbers) {
        return;
    }
    one_by_one(values, shift, numbers);
}

/// The same in Rust.
#[inline(always)]
fn one_by_one(values: &[i16], shift: u32, numbers: &mut [i16]) {
    let half = (1_i32 << shift) >> 1;
    for number in numbers {
        let place = u32::from(number.cast_unsigned() ^ 0x8000);
        let step = (place >> shift) as usize;
        let [from, to] = match values.get(step..) {
            Some([from, to, ..]) => [i32::from(*from), i32::from(*to)],
            _ => [0; 2],
        };
        let within = (place & ((1 << shift) - 1)).cast_signed();
        #[allow(
            clippy::cast_possible_truncation,
            reason = "it lies between two numbers of 16 bits"
        )]
        {
            *number = (from + (((to - from) * within + half) >> shift)) as i16;
        }
    }
}
