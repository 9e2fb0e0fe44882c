//! What residual blocks of one shape give, by frames and in blocks.

use serde::Deserialize;

use super::expansions::stacked::Stacked;

#[derive(Deserialize)]
struct File {
    layers: Vec<Layer>,
}

/// A convolution.
#[derive(Deserialize)]
struct Layer {
    kernel: Vec<Vec<Vec<f64>>>,
    bias: Option<Vec<f64>>,
}

type Frames = Vec<Vec<f64>>;

impl Layer {
    /// Of a whole sequence, behind zeros.
    fn of(&self, frames: &Frames, dilation: usize) -> Frames {
        let outputs = self.kernel[0][0].len();
        let at = |time: usize| {
            let mut sums = self.bias.clone().unwrap_or_else(|| vec![0.0; outputs]);
            for (tap, weights) in self.kernel.iter().rev().enumerate() {
                let Some(past) = time.checked_sub(tap * dilation) else { continue };
                for (x, row) in frames[past].iter().zip(weights) {
                    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += x * weight);
                }
            }
            sums
        };
        (0..frames.len()).map(at).collect()
    }
}

fn sum(a: &Frames, b: &Frames) -> Frames {
    let of_frames = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a + b).collect();
    a.iter().zip(b).map(of_frames).collect()
}

fn map(frames: &Frames, function: impl Fn(f64) -> f64) -> Frames {
    frames.iter().map(|frame| frame.iter().map(|x| function(*x)).collect()).collect()
}

fn frames() -> Vec<[f32; 1]> {
    (0_u8..101).map(|time| [f32::from(time % 7) - 2.5]).collect()
}

#[test]
fn stacked_is_the_sum_of_its_residual_blocks() {
    let file = include_str!("../../weights/expansions/stacked.json");
    let File { layers } = serde_json::from_str(file).unwrap();
    let [
        first,
        conv,
        mixin,
        end,
        second_conv,
        second_mixin,
        second_end,
        third,
        third_end,
        last,
        dense,
    ] = &layers[..]
    else {
        panic!("as many layers")
    };
    let input: Frames = frames().iter().map(|[x]| vec![f64::from(*x)]).collect();
    let (mut x, mut skips) = (first.of(&input, 1), Vec::new());
    for (conv, mixin, end, dilation) in
        [(conv, mixin, end, 1), (second_conv, second_mixin, second_end, 3)]
    {
        let active = map(&sum(&conv.of(&x, dilation), &mixin.of(&input, 1)), f64::tanh);
        x = sum(&x, &end.of(&active, 1));
        skips.push(active);
    }
    let relu = |x: f64| x.max(0.0);
    x = sum(&x, &third_end.of(&map(&third.of(&x, 1), relu), 1));
    let skips = skips.iter().fold(x, |all, skip| sum(&all, skip));
    let expected = dense.of(&map(&sum(&skips, &last.of(&skips, 1)), relu), 1);
    let mut net = Stacked::new();
    for (frame, expected) in frames().iter().zip(&expected) {
        let [y] = net.push(*frame).unwrap();
        assert!((f64::from(y) - expected[0]).abs() < 1e-5, "{y}, expected {}", expected[0]);
    }
}

#[test]
fn stacked_takes_blocks_as_it_takes_frames() {
    let (mut net, mut single) = (Stacked::new(), Stacked::new());
    let mut outputs = [[0.0]; 101];
    let (frames, mut room) = (frames(), outputs.as_mut_slice());
    let mut taken = frames.as_slice();
    for length in [4, 7, 1, 12, 77] {
        let (block, later) = taken.split_at(length);
        assert_eq!(net.push_block(block, room), length);
        (taken, room) = (later, &mut room[length..]);
    }
    for (frame, output) in frames.iter().zip(outputs) {
        assert_eq!(single.push(*frame).map(|[y]| y.to_bits()), Some(output[0].to_bits()));
    }
}
