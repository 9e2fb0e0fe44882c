//! Normalisation of each frame, in f64 and in integers.

/// Of a frame of one block: `groups` parts of its channels, each with all its features.
pub(super) struct Norm {
    pub(super) features: usize,
    pub(super) groups: usize,
    pub(super) epsilon: f64,
}

impl Norm {
    /// What `of` makes of the numbers of each group, at their places.
    fn each<T: Copy>(&self, frame: &[T], of: impl Fn(&[T]) -> Vec<T>) -> Vec<T> {
        let channels = frame.len() / self.features;
        let mut outputs = frame.to_vec();
        for group in 0..self.groups {
            let of_group = channels / self.groups;
            let places: Vec<usize> =
                (0..frame.len()).filter(|place| place % channels / of_group == group).collect();
            let numbers: Vec<T> = places.iter().map(|place| frame[*place]).collect();
            for (place, number) in places.into_iter().zip(of(&numbers)) {
                outputs[place] = number;
            }
        }
        outputs
    }

    pub(super) fn exact(&self, frame: &[f64]) -> Vec<f64> {
        self.each(frame, |numbers| {
            let count = f64::from(u32::try_from(numbers.len()).expect("a count"));
            let mean = numbers.iter().sum::<f64>() / count;
            let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
            let root = (variance + self.epsilon).sqrt();
            numbers.iter().map(|x| (x - mean) / root).collect()
        })
    }

    pub(super) fn replay(&self, frame: &[i64], input: f64, output: f64) -> Vec<i64> {
        self.each(frame, |numbers| {
            let count = i64::try_from(numbers.len()).expect("a count");
            let real = f64::from(u32::try_from(count).expect("a count"));
            #[allow(clippy::cast_possible_truncation, reason = "far below 2^63")]
            let epsilon = (self.epsilon * (real * real) / (input * input)).round().max(1.0) as i64;
            let sum: i64 = numbers.iter().sum();
            let squares: i64 = numbers.iter().map(|x| x * x).sum();
            let variance = count * squares - sum * sum + epsilon;
            // The largest even number of places that it can be moved by.
            let zeros = (0..32)
                .rev()
                .map(|half| 2 * half)
                .find(|zeros| i128::from(variance) << zeros < 1 << 64);
            let zeros = zeros.expect("a variance");
            let upper = (i128::from(variance) << zeros) >> 32;
            let mut root: i128 = 2_289_694_549 - ((upper * 1_307_817_542) >> 32);
            for _ in 0..4 {
                let square = (root * root) >> 32;
                let correction = (3 << 29) - 2 * ((upper * square) >> 32);
                root = ((root * correction * 2) >> 32) * 2;
            }
            let shift = (0..=40).find(|shift| f64::from(*shift).exp2() / output >= 2_147_483_648.0);
            let shift: i32 = shift.expect("a shift");
            #[allow(clippy::cast_possible_truncation, reason = "32 bits")]
            let one = (f64::from(shift).exp2() / output).round() as i128;
            let multiplier = (root * one) >> 32;
            // Half of the bits of `count - 1`, rounded up.
            let spread = (0..=16).find(|spread| count - 1 < 1 << (2 * spread)).expect("few");
            let left = (zeros / 2 - 1 - spread).max(0);
            let after = shift + left - zeros / 2 - 2;
            let scaled = |x: &i64| {
                let distance = i128::from(count * x - sum) << left;
                let scaled = (((distance * multiplier) >> 32) + (1 << (after - 1))) >> after;
                i64::try_from(scaled.clamp(-32768, 32767)).expect("16 bits")
            };
            numbers.iter().map(scaled).collect()
        })
    }
}
