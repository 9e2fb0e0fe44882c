//! Products channel by channel, as depthwise convolutions have them.

/// Frames side by side, and a row of weights for each.
pub(crate) type Rows<'a> = (&'a [f32], &'a [f32]);

/// Adds the products of the newest frame and of past ones to `sums`, channel by channel. The past frames are in a ring, with the
/// index of the oldest and the distance of taps.
#[inline(never)]
pub(crate) fn depthwise_conv(
    sums: &mut [f32],
    newest: &[f32],
    kernel: &[f32],
    (ring, oldest, dilation): (&[f32], usize, usize),
) {
    #[cfg(all(assembly, helium))]
    return super::cortex_m::add_depthwise_conv(sums, newest, kernel, (ring, oldest, dilation));
    #[cfg(not(all(assembly, helium)))]
    in_runs(sums, newest, kernel, (ring, oldest, dilation));
}

/// The same in runs of frames that lie side by side.
#[cfg(not(all(assembly, helium)))]
#[inline(always)]
fn in_runs(
    sums: &mut [f32],
    newest: &[f32],
    kernel: &[f32],
    (ring, oldest, dilation): (&[f32], usize, usize),
) {
    let channels = newest.len();
    let Some(past) = kernel.len().checked_sub(channels) else { return };
    let (mut past, newest_weights) = kernel.split_at(past);
    let newest = (newest, newest_weights);
    let mut place = oldest * channels;
    if dilation == 1 {
        let (newer, older) = ring.split_at(place.min(ring.len()));
        let (older_weights, newer_weights) = past.split_at(older.len().min(past.len()));
        return depthwise(sums, &[newest, (older, older_weights), (newer, newer_weights)]);
    }
    depthwise(sums, &[newest]);
    while let Some((weights, later)) = past.split_at_checked(channels) {
        depthwise(sums, &[(ring.get(place..place + channels).unwrap_or_default(), weights)]);
        place += dilation * channels;
        if place >= ring.len() {
            place -= ring.len();
        }
        past = later;
    }
}

/// Adds the products of the frames of each run, in their order, to `sums`, channel by channel.
#[inline(never)]
pub(crate) fn depthwise(sums: &mut [f32], runs: &[Rows<'_>]) {
    #[cfg(all(assembly, helium))]
    for (frames, weights) in runs {
        super::cortex_m::add_depthwise(sums, frames, weights);
    }
    #[cfg(not(all(assembly, helium)))]
    in_tiles(sums, runs);
}

/// The same in tiles, whose sums stay in registers.
#[cfg(not(all(assembly, helium)))]
fn in_tiles(sums: &mut [f32], runs: &[Rows<'_>]) {
    let channels = sums.len();
    let mut channel = 0;
    let (eights, rest) = sums.as_chunks_mut::<8>();
    for sums in eights {
        tile(sums, runs, channel, channels);
        channel += 8;
    }
    let (fours, rest) = rest.as_chunks_mut::<4>();
    for sums in fours {
        tile(sums, runs, channel, channels);
        channel += 4;
    }
    for sum in rest {
        tile(core::array::from_mut(sum), runs, channel, channels);
        channel += 1;
    }
}

/// The same for some channels, from `channel` on.
#[cfg(not(all(assembly, helium)))]
#[inline(always)]
fn tile<const WIDTH: usize>(
    to: &mut [f32; WIDTH],
    runs: &[Rows<'_>],
    channel: usize,
    channels: usize,
) {
    let mut sums = *to;
    for (mut frames, mut weights) in runs.iter().copied() {
        frames = frames.get(channel..).unwrap_or_default();
        weights = weights.get(channel..).unwrap_or_default();
        while let (Some((x, _)), Some((row, _))) =
            (frames.split_first_chunk::<WIDTH>(), weights.split_first_chunk::<WIDTH>())
        {
            for (sum, (x, weight)) in sums.iter_mut().zip(x.iter().zip(row)) {
                *sum += x * weight;
            }
            frames = frames.get(channels..).unwrap_or_default();
            weights = weights.get(channels..).unwrap_or_default();
        }
    }
    *to = sums;
}
