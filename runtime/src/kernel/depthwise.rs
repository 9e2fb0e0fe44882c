//! Large depthwise layers with as many outputs as inputs: one function for all of a width. It goes through the channels in
//! tiles whose sums stay in registers.

/// Channels of the widest tile.
const WIDEST: usize = 16;

/// Some frames, and the rows of weights that they are multiplied by, channel by channel.
pub(super) type Part<'a, const INPUTS: usize, const OUTPUTS: usize> =
    (&'a [[f32; INPUTS]], &'a [[f32; OUTPUTS]]);

/// Adds the products of frames and weights, channel by channel, to `sums`.
#[inline(never)]
pub(super) fn add_products<const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: &[Part<'_, INPUTS, OUTPUTS>],
    activation: impl Fn(&mut [f32]),
) {
    let mut channel = 0;
    while channel + WIDEST <= OUTPUTS {
        tile::<WIDEST, INPUTS, OUTPUTS>(sums, parts, channel, &activation);
        channel += WIDEST;
    }
    while channel + 4 <= OUTPUTS {
        tile::<4, INPUTS, OUTPUTS>(sums, parts, channel, &activation);
        channel += 4;
    }
    while channel < OUTPUTS {
        tile::<1, INPUTS, OUTPUTS>(sums, parts, channel, &activation);
        channel += 1;
    }
}

/// The same for some channels, from `channel` on.
#[inline(always)]
fn tile<const WIDTH: usize, const INPUTS: usize, const OUTPUTS: usize>(
    sums: &mut [f32; OUTPUTS],
    parts: &[Part<'_, INPUTS, OUTPUTS>],
    channel: usize,
    activation: &impl Fn(&mut [f32]),
) {
    let Some(sums) = sums.get_mut(channel..).and_then(|sums| sums.first_chunk_mut::<WIDTH>())
    else {
        return;
    };
    let mut tile = *sums;
    for (frames, rows) in parts {
        for (frame, row) in frames.iter().zip(*rows) {
            let channels = channel..channel + WIDTH;
            let frame = frame.get(channels.clone()).unwrap_or_default();
            let row = row.get(channels).unwrap_or_default();
            for (sum, (x, weight)) in tile.iter_mut().zip(frame.iter().zip(row)) {
                *sum += x * weight;
            }
        }
    }
    *sums = tile;
    activation(sums);
}
