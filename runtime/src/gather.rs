//! Numbers of a frame by their places.

/// The numbers of `frame` at the places `indices`: a permutation of channels, or some of them, some several times.
///
/// ```
/// assert_eq!(streaming_net::__private::gather([1.0, 2.0, 3.0], &[2, 0, 0, 1]), [3.0, 1.0, 1.0, 2.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn gather<const IN: usize, const OUT: usize>(
    frame: [f32; IN],
    indices: &[u16; OUT],
) -> [f32; OUT] {
    let mut gathered = [0.0; OUT];
    copy_indexed(&mut gathered, &frame, indices);
    gathered
}

#[inline(never)]
fn copy_indexed(to: &mut [f32], from: &[f32], indices: &[u16]) {
    for (to, index) in to.iter_mut().zip(indices) {
        *to = number(from, usize::from(*index));
    }
}

/// The numbers of `frame` along `runs`, one run behind the other: the first place of each, how many, and the step from one
/// place to the next. They are what reflects at the ends of a frame, and slices side by side.
///
/// ```
/// use streaming_net::__private::gather_runs;
///
/// // Three numbers, reflected on both sides.
/// let reflected: [f32; 5] = gather_runs([1.0, 2.0, 3.0], &[(1, 1, -1), (0, 3, 1), (1, 1, -1)]);
/// assert_eq!(reflected, [2.0, 1.0, 2.0, 3.0, 2.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn gather_runs<const IN: usize, const OUT: usize>(
    frame: [f32; IN],
    runs: &[(u16, u16, i16)],
) -> [f32; OUT] {
    let mut gathered = [0.0; OUT];
    copy_runs(&mut gathered, &frame, runs);
    gathered
}

#[inline(never)]
fn copy_runs(mut to: &mut [f32], from: &[f32], runs: &[(u16, u16, i16)]) {
    for (first, count, step) in runs {
        let (mut place, count) = (usize::from(*first), usize::from(*count));
        let Some((own, rest)) = to.split_at_mut_checked(count) else { return };
        to = rest;
        if *step == 1 {
            let from = from.get(place..).unwrap_or_default();
            own.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            continue;
        }
        for to in own {
            *to = number(from, place);
            place = place.wrapping_add_signed(isize::from(*step));
        }
    }
}

/// The numbers of `frame` from the place `first` on, through which `loops` in one another count, the outermost first: how
/// often each goes on, and by how many places. They are broadcasts, permutations of features and channels, slices with
/// steps, and reversals.
///
/// ```
/// use streaming_net::__private::strided;
///
/// // Three features of two channels: the channels outside, the features inside.
/// let frame = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0];
/// let channels: [f32; 6] = strided(frame, 0, [(1, 0), (1, 0), (2, 1), (3, 2)]);
/// assert_eq!(channels, [1.0, 2.0, 3.0, 10.0, 20.0, 30.0]);
/// // Every number twice, from the last one on.
/// let twice: [f32; 4] = strided([1.0, 2.0], 1, [(1, 0), (1, 0), (2, -1), (2, 0)]);
/// assert_eq!(twice, [2.0, 2.0, 1.0, 1.0]);
/// ```
#[inline(always)]
#[must_use]
pub fn strided<const IN: usize, const OUT: usize>(
    frame: [f32; IN],
    first: usize,
    loops: [(usize, isize); 4],
) -> [f32; OUT] {
    let mut gathered = [0.0; OUT];
    copy_strided(&mut gathered, &frame, first, &loops);
    gathered
}

#[inline(never)]
fn copy_strided(to: &mut [f32], from: &[f32], first: usize, loops: &[(usize, isize); 4]) {
    let [(times_1, step_1), (times_2, step_2), (times_3, step_3), (times_4, step_4)] = *loops;
    let mut to = to.iter_mut();
    let mut place_1 = first;
    for _ in 0..times_1 {
        let mut place_2 = place_1;
        for _ in 0..times_2 {
            let mut place_3 = place_2;
            for _ in 0..times_3 {
                let mut place_4 = place_3;
                for to in to.by_ref().take(times_4) {
                    *to = number(from, place_4);
                    place_4 = place_4.wrapping_add_signed(step_4);
                }
                place_3 = place_3.wrapping_add_signed(step_3);
            }
            place_2 = place_2.wrapping_add_signed(step_2);
        }
        place_1 = place_1.wrapping_add_signed(step_1);
    }
}

#[inline(always)]
fn number(frame: &[f32], place: usize) -> f32 {
    frame.get(place).copied().unwrap_or_default()
}
