//! Pools, the global mean, and what keeps frames as they are, against the whole sequence in f64.

mod common;

use common::{assert_close, frames};
use fastrand::Rng;
use streaming_net::__private::{
    AvgPool, AvgPoolOverlapping, Delay, Flatten, GlobalAvg, LongAvgPool, LongAvgPoolOverlapping,
    MaxPool, MaxPoolOverlapping,
};

/// A drawn sequence, which is NaN here and there.
fn sequence<const CHANNELS: usize>() -> Vec<[f32; CHANNELS]> {
    let mut rng = Rng::with_seed(7);
    let mut sequence = frames(&mut rng, 400);
    for _ in 0..4 {
        sequence[rng.usize(..400)][rng.usize(..CHANNELS)] = f32::NAN;
    }
    sequence
}

/// The window of `size` frames that ends with frame `t`, where push `t` has an output.
fn window<T>(sequence: &[T], t: usize, size: usize, stride: usize) -> Option<&[T]> {
    let first = (t + 1).checked_sub(size)?;
    first.is_multiple_of(stride).then(|| &sequence[first..=t])
}

fn largest<const CHANNELS: usize>(window: &[[f32; CHANNELS]]) -> Vec<f64> {
    let larger = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) };
    let of = |channel| {
        window.iter().map(|x: &[f32; CHANNELS]| f64::from(x[channel])).reduce(larger).unwrap()
    };
    (0..CHANNELS).map(of).collect()
}

#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn mean<const CHANNELS: usize>(window: &[[f32; CHANNELS]]) -> Vec<f64> {
    let of = |channel| {
        window.iter().map(|x: &[f32; CHANNELS]| f64::from(x[channel])).sum::<f64>()
            / window.len() as f64
    };
    (0..CHANNELS).map(of).collect()
}

/// Everything that was pushed, oldest first.
fn all<const CHANNELS: usize>(window: &[[f32; CHANNELS]]) -> Vec<f64> {
    window.as_flattened().iter().copied().map(f64::from).collect()
}

fn oldest<const CHANNELS: usize>(window: &[[f32; CHANNELS]]) -> Vec<f64> {
    all(&window[..1])
}

/// Pushes a sequence twice, the second time after a reset half-way through it.
macro_rules! check {
    ($layer:ty, size $size:expr, stride $stride:expr, $reference:expr) => {
        let mut layer = <$layer>::new();
        let sequence = sequence();
        for half in sequence.chunks(203) {
            layer.reset();
            assert_eq!(layer, <$layer>::new());
            assert_eq!(layer, <$layer>::default());
            for (t, frame) in half.iter().enumerate() {
                let reference = window(half, t, $size, $stride).map($reference);
                let output = layer.push(*frame);
                assert_eq!(output.is_some(), reference.is_some(), "push {t}");
                if let Some((output, reference)) = output.zip(reference) {
                    assert_close(&output, &reference);
                }
            }
        }
    };
}

#[test]
fn the_largest_of_windows() {
    check!(MaxPool<1, 1, 1>, size 1, stride 1, largest);
    check!(MaxPool<3, 1, 4>, size 1, stride 4, largest);
    check!(MaxPool<2, 2, 2>, size 2, stride 2, largest);
    check!(MaxPool<5, 3, 3>, size 3, stride 3, largest);
    check!(MaxPool<20, 3, 7>, size 3, stride 7, largest);
    check!(MaxPool<1, 150, 150>, size 150, stride 150, largest);
}

#[test]
fn the_largest_of_windows_that_overlap() {
    check!(MaxPoolOverlapping<1, 1, 1>, size 2, stride 1, largest);
    check!(MaxPoolOverlapping<3, 2, 2>, size 3, stride 2, largest);
    check!(MaxPoolOverlapping<7, 9, 3>, size 10, stride 3, largest);
    check!(MaxPoolOverlapping<2, 139, 1>, size 140, stride 1, largest);
}

#[test]
fn the_mean_of_windows() {
    check!(AvgPool<1, 1, 1>, size 1, stride 1, mean);
    check!(AvgPool<3, 1, 4>, size 1, stride 4, mean);
    check!(AvgPool<2, 2, 2>, size 2, stride 2, mean);
    check!(AvgPool<5, 3, 3>, size 3, stride 3, mean);
    check!(AvgPool<20, 3, 7>, size 3, stride 7, mean);
    check!(AvgPool<1, 128, 129>, size 128, stride 129, mean);
    check!(LongAvgPool<4, 3, 5>, size 3, stride 5, mean);
    check!(LongAvgPool<1, 150, 150>, size 150, stride 150, mean);
}

#[test]
fn the_mean_of_windows_that_overlap() {
    check!(AvgPoolOverlapping<1, 1, 1>, size 2, stride 1, mean);
    check!(AvgPoolOverlapping<3, 2, 2>, size 3, stride 2, mean);
    check!(AvgPoolOverlapping<7, 9, 3>, size 10, stride 3, mean);
    check!(LongAvgPoolOverlapping<2, 139, 1>, size 140, stride 1, mean);
}

#[test]
fn the_mean_of_the_newest_frames() {
    check!(GlobalAvg<1, 1, 1>, size 1, stride 1, mean);
    check!(GlobalAvg<3, 2, 1>, size 2, stride 1, mean);
    check!(GlobalAvg<2, 5, 2>, size 5, stride 1, mean);
    check!(GlobalAvg<4, 10, 4>, size 10, stride 1, mean);
    check!(GlobalAvg<1, 7, 7>, size 7, stride 1, mean);
    check!(GlobalAvg<20, 49, 7>, size 49, stride 1, mean);
    check!(GlobalAvg<1, 101, 10>, size 101, stride 1, mean);
}

#[test]
fn frames_side_by_side() {
    check!(Flatten<1, 1, 2>, size 2, stride 1, all);
    check!(Flatten<3, 4, 15>, size 5, stride 1, all);
    check!(Flatten<8, 20, 168>, size 21, stride 1, all);
}

#[test]
fn frames_later() {
    check!(Delay<1, 1>, size 2, stride 1, oldest);
    check!(Delay<3, 5>, size 6, stride 1, oldest);
    check!(Delay<40, 30>, size 31, stride 1, oldest);
}

/// What a large number rounds off is gone with it.
#[test]
fn a_mean_does_not_drift() {
    let mut layer = GlobalAvg::<1, 16, 4>::new();
    layer.push([1e30]);
    let outputs: Vec<_> = (0..16).filter_map(|_| layer.push([0.5])).collect();
    assert_eq!(outputs, [[6.25e28], [0.5]]);
}

/// Additions that all round the same way: in a plain sum they add up.
#[test]
fn long_means_are_exact() {
    let mut pool = LongAvgPool::<1, 50_000, 50_000>::new();
    let mut overlapping = LongAvgPoolOverlapping::<1, 49_999, 50_000>::new();
    let mut global = GlobalAvg::<1, 20_000, 141>::new();
    for _ in 0..50_000 {
        for output in
            [pool.push([0.7]), overlapping.push([0.7]), global.push([0.7])].into_iter().flatten()
        {
            assert_close(&output, &[f64::from(0.7_f32)]);
        }
    }
}

#[test]
fn infinity_stays_until_its_window_ends() {
    let inputs = [1.0, f32::INFINITY, 2.0, 3.0, 4.0, 5.0];
    let mut plain = AvgPool::<1, 3, 3>::new();
    let mut long = LongAvgPool::<1, 3, 3>::new();
    let mut max = MaxPool::<1, 3, 3>::new();
    assert_eq!(
        inputs.map(|x| plain.push([x]))[2..],
        [Some([f32::INFINITY]), None, None, Some([4.0])]
    );
    assert_eq!(
        inputs.map(|x| long.push([x]))[2..],
        [Some([f32::INFINITY]), None, None, Some([4.0])]
    );
    assert_eq!(
        inputs.map(|x| max.push([x]))[2..],
        [Some([f32::INFINITY]), None, None, Some([5.0])]
    );
}

/// Frames, sums and counters, and nothing beside them.
#[test]
fn bytes_of_state() {
    assert_eq!(size_of::<MaxPool<5, 2, 3>>(), 4 * 5 + 4);
    assert_eq!(size_of::<AvgPool<5, 2, 3>>(), 4 * 5 + 4);
    assert_eq!(size_of::<LongAvgPool<5, 2, 3>>(), 8 * 5 + 4);
    assert_eq!(size_of::<MaxPoolOverlapping<5, 3, 2>>(), 4 * 5 * 3 + 8);
    assert_eq!(size_of::<LongAvgPoolOverlapping<5, 3, 2>>(), 4 * 5 * 3 + 8);
    assert_eq!(size_of::<GlobalAvg<5, 49, 7>>(), 4 * 5 * (49 + 7) + 4);
    assert_eq!(size_of::<Delay<5, 7>>(), 4 * 5 * 7 + 8);
    assert_eq!(size_of::<Flatten<5, 3, 20>>(), 4 * 5 * 3 + 8);
}
