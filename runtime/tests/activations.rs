//! Every f32 through the activations that are not exact, against f64: the errors that their documentation states, and
//! that they are monotonic, within their limits and symmetric. Without optimisation, one number in 4099, and all that
//! are near a seam: a multiple of `ln(2) / 2`, where a reduced range ends or starts.

#![allow(clippy::float_cmp, reason = "symmetry and limits are to the bit")]

use std::f32::consts::LN_2;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

#[path = "../src/activation/exact.rs"]
#[allow(dead_code, reason = "the other functions are tested as frames see them")]
mod exact;

use streaming_net::{activate, elu, sigmoid, softmax, tanh};

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
struct Stated {
    function: fn([f32; FRAME]) -> [f32; FRAME],
    reference: fn(f64) -> f64,
    /// The numbers that it is stated for.
    domain: [f32; 2],
    limits: [f32; 2],
    /// What `function(x)` is, to the bit, of `function(-x)` for `x > 0`.
    mirrored: Option<fn(f32) -> f32>,
    /// The largest error, and the largest in proportion to the reference.
    errors: [f64; 2],
}

impl Stated {
    /// Fails where the function is not as stated, or where all numbers show that an error is stated too large.
    fn check(&self) {
        let [first, last] = self.domain.map(place);
        let blocks = (last - first) / (BLOCK * STEP) + 1;
        let seams = if STEP == 1 { vec![] } else { seams() };
        let next = AtomicI64::new(0);
        let work = || {
            let mut worst = [0.0_f64; 2];
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                let (start, step) = match usize::try_from(block - blocks) {
                    Err(_) => (first + block * BLOCK * STEP, STEP),
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
                worst = larger(worst, self.errors_at(&numbers));
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
            assert!(STEP > 1 || worst > 0.98 * stated, "off by {worst:e}, stated are {stated:e}");
        }
    }

    /// The largest errors among numbers that do not fall, but for the first and the last.
    fn errors_at(&self, x: &[f32; FRAME]) -> [f64; 2] {
        let y = (self.function)(*x);
        let here = || format!("between {:e} and {:e}", x[0], x[FRAME - 1]);
        let [least, most] = self.limits;
        assert!(y.iter().all(|y| (least..=most).contains(y)), "out of its limits {}", here());
        assert!(y.is_sorted(), "not monotonic {}", here());
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
            if STEP == 1 && y[0] == y[1] && y[1] == y[2] {
                continue;
            }
            let reference = (self.reference)(f64::from(*x));
            let error = (f64::from(y[1]) - reference).abs();
            let is_normal = reference.abs() > f64::from(f32::MIN_POSITIVE);
            errors = larger(errors, [error, if is_normal { error / reference.abs() } else { 0.0 }]);
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

#[test]
fn tanh_is_as_stated() {
    Stated {
        function: |frame| activate(frame, tanh),
        reference: |x| {
            if x < 1e-3 { x - x.powi(3) / 3.0 + x.powi(5) / 7.5 } else { x.tanh() }
        },
        domain: [0.0, f32::INFINITY],
        limits: [0.0, 1.0],
        mirrored: Some(|y| -y),
        errors: [1.05e-7, 6.1e-7],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], tanh),
        [-1.0, 0.0, 0.0, 1.0]
    );
    assert_eq!(activate([-0.0, 0.0], tanh).map(f32::is_sign_negative), [true, false]);
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn sigmoid_is_as_stated() {
    Stated {
        function: |frame| activate(frame, sigmoid),
        reference: logistic,
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [0.0, 1.0],
        mirrored: Some(|y| 1.0 - y),
        errors: [8.3e-8, 4.2e-6],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, 0.0, f32::INFINITY], sigmoid),
        [0.0, 0.5, 0.5, 1.0]
    );
}

/// Of softmax, which divides by the sum.
#[test]
fn exp_is_as_stated() {
    Stated {
        function: |frame| frame.map(exact::exp),
        reference: f64::exp,
        domain: [f32::NEG_INFINITY, 0.0],
        limits: [0.0, 1.0],
        mirrored: None,
        errors: [4.9e-8, 4.1e-6],
    }
    .check();
    assert_eq!(activate([f32::NEG_INFINITY, 3.0], softmax), [0.0, 1.0]);
    assert_eq!(activate([f32::MIN, f32::MAX, f32::MAX, 0.0], softmax), [0.0, 0.5, 0.5, 0.0]);
}

#[test]
fn elu_is_as_stated() {
    Stated {
        function: |frame| activate(frame, elu(1.0)),
        reference: |x| match x {
            0.0.. => x,
            -1e-3..0.0 => x + x.powi(2) / 2.0 + x.powi(3) / 6.0 + x.powi(4) / 24.0,
            _ => x.exp_m1(),
        },
        domain: [f32::NEG_INFINITY, f32::INFINITY],
        limits: [-1.0, f32::INFINITY],
        mirrored: None,
        errors: [4.3e-8, 8.8e-8],
    }
    .check();
    assert_eq!(
        activate([f32::NEG_INFINITY, -0.0, f32::INFINITY], elu(0.5)),
        [-0.5, 0.0, f32::INFINITY]
    );
}

#[test]
fn nan_passes() {
    let step = if cfg!(debug_assertions) { 257 } else { 1 };
    for bits in (f32::INFINITY.to_bits() + 1..=u32::MAX >> 1).step_by(step) {
        let x = f32::from_bits(bits);
        let frame = [x, -x];
        for y in [
            activate(frame, tanh),
            activate(frame, sigmoid),
            activate(frame, elu(1.0)),
            activate(frame, softmax),
        ] {
            assert!(y.iter().all(|y| y.is_nan()), "{bits:x}: {y:?}");
        }
    }
    assert!(activate([0.0, f32::NAN], softmax).iter().all(|y| y.is_nan()));
}
