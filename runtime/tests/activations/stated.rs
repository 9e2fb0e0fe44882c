//! What a function's documentation says of it, held against all numbers.

use std::f32::consts::LN_2;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

/// Numbers that are looked at together.
const BLOCK: i64 = 512;
/// With one neighbour on either side.
const FRAME: usize = 514;
const STEP: i64 = if cfg!(debug_assertions) { 4099 } else { 1 };

/// The place of a number in their order; 0 is that of both zeros.
fn place(x: f32) -> i64 {
    let magnitude = i64::from(x.abs().to_bits());
    if x < 0.0 { -magnitude } else { magnitude }
}

fn at(place: i64) -> f32 {
    let magnitude = u32::try_from(place.abs()).expect("a place is one of a number");
    f32::from_bits(magnitude).copysign(if place < 0 { -1.0 } else { 1.0 })
}

/// A function, and what its documentation says of it.
pub(crate) struct Stated {
    pub(crate) function: fn([f32; FRAME]) -> [f32; FRAME],
    pub(crate) reference: fn(f64) -> f64,
    /// The numbers that it is stated for.
    pub(crate) domain: [f32; 2],
    pub(crate) limits: [f32; 2],
    /// Whether it never falls, not even by rounding.
    pub(crate) monotonic: bool,
    /// What `function(x)` is, to the bit, of `function(-x)` for `x > 0`.
    pub(crate) mirrored: Option<fn(f32) -> f32>,
    /// The largest error, where the reference is above 1 in proportion to it, and the largest in proportion everywhere.
    pub(crate) errors: [f64; 2],
}

impl Stated {
    /// Fails where the function is not as stated, or where all numbers show that an error is stated too large.
    pub(crate) fn check(&self) {
        self.check_each(STEP);
    }

    /// Fails where the function is not as stated for one number in `step`.
    pub(crate) fn check_each(&self, step: i64) {
        let [first, last] = self.domain.map(place);
        let blocks = (last - first) / (BLOCK * step) + 1;
        let seams = if step == 1 { vec![] } else { seams() };
        let next = AtomicI64::new(0);
        let work = || {
            let mut worst = [0.0_f64; 2];
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                let (start, step) = match usize::try_from(block - blocks) {
                    Err(_) => (first + block * BLOCK * step, step),
                    Ok(seam) => match seams.get(seam) {
                        Some(seam) => (seam - BLOCK / 2, 1),
                        None => return worst,
                    },
                };
                // With a neighbour on either side; at an end of the domain, the same number again.
                let mut place = start - 2 * step;
                let numbers = [(); FRAME].map(|()| {
                    place += step;
                    at(place.clamp(first, last))
                });
                worst = larger(worst, self.errors_at(&numbers, step == 1));
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let worst = thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let worst = threads.into_iter().map(|thread| thread.join().expect("it is as stated"));
            worst.fold([0.0; 2], larger)
        });
        for (worst, stated) in worst.into_iter().zip(self.errors) {
            assert!(worst <= stated, "off by {worst:e}, stated are {stated:e}");
            assert!(step > 1 || worst > 0.98 * stated, "off by {worst:e}, stated are {stated:e}");
        }
    }

    /// The largest errors among numbers that do not fall, but for the first and the last.
    fn errors_at(&self, x: &[f32; FRAME], all: bool) -> [f64; 2] {
        let y = (self.function)(*x);
        let here = || format!("between {:e} and {:e}", x[0], x[FRAME - 1]);
        let [least, most] = self.limits;
        assert!(y.iter().all(|y| (least..=most).contains(y)), "out of its limits {}", here());
        assert!(!self.monotonic || y.is_sorted(), "not monotonic {}", here());
        if let Some(mirrored) = self.mirrored
            && x[FRAME - 1] > 0.0
        {
            let other = (self.function)(x.map(|x| -x)).map(mirrored);
            let mut numbers = x.iter().zip(y.iter().zip(&other));
            let same = numbers.all(|(x, (y, other))| *x <= 0.0 || y.to_bits() == other.to_bits());
            assert!(same, "not symmetric {}", here());
        }
        let mut errors = [0.0; 2];
        for (x, y) in x[1..].iter().zip(y.windows(3)) {
            // Among neighbours with one result, the first or the last is the farthest from a reference that is monotonic.
            if all && self.monotonic && y[0] == y[1] && y[1] == y[2] {
                continue;
            }
            let reference = (self.reference)(f64::from(*x));
            let error = (f64::from(y[1]) - reference).abs();
            let size = reference.abs();
            let proportion = if size > f64::from(f32::MIN_POSITIVE) { error / size } else { 0.0 };
            errors = larger(errors, [error / size.max(1.0), proportion]);
        }
        errors
    }
}

fn larger(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0].max(b[0]), a[1].max(b[1])]
}

/// The places where a reduced range may end.
fn seams() -> Vec<i64> {
    let seam = |quarters: u16| place(f32::from(quarters) * LN_2 / 4.0);
    (0..512).map(seam).flat_map(|place| [-place, place]).collect()
}
