//! Convolutions over time and features against the whole sequence in f64.

mod common;

use common::{assert_close, draw_weights, frames};
use fastrand::Rng;
use streaming_net::__private::{
    Conv2d, DepthwiseConv2d, History, NoBias, Schedule, ScheduledHistory, linear, relu,
};

/// How windows lie on a sequence.
struct Shape {
    features: usize,
    channels: usize,
    positions: usize,
    stride: usize,
    padding: usize,
    dilation: usize,
}

impl Shape {
    /// What frame `t` of the output is, by the definition: zeros before the first frame and beside the features.
    /// `weight(tap, place, input, output)` is one of the kernel, of so many taps and so wide.
    fn output(
        &self,
        sequence: &[&[f32]],
        t: usize,
        [taps, width]: [usize; 2],
        bias: &[f32],
        weight: impl Fn(usize, usize, usize, usize) -> f32,
    ) -> Vec<f64> {
        let mut outputs = Vec::new();
        for position in 0..self.positions {
            for (output, bias) in bias.iter().enumerate() {
                let mut y = f64::from(*bias);
                for tap in 0..taps {
                    let Some(t) = t.checked_sub((taps - 1 - tap) * self.dilation) else { continue };
                    for place in 0..width {
                        let feature = (position * self.stride + place).checked_sub(self.padding);
                        let Some(feature) = feature.filter(|feature| *feature < self.features)
                        else {
                            continue;
                        };
                        for input in 0..self.channels {
                            let x = sequence[t][feature * self.channels + input];
                            y += f64::from(x) * f64::from(weight(tap, place, input, output));
                        }
                    }
                }
                outputs.push(y);
            }
        }
        outputs
    }
}

/// The output of a push to a history, to one with a schedule, or to a layer of one tap.
trait Output<T> {
    fn some(self) -> Option<T>;
}

impl<const OUTPUTS: usize> Output<[f32; OUTPUTS]> for [f32; OUTPUTS] {
    fn some(self) -> Option<[f32; OUTPUTS]> {
        Some(self)
    }
}

impl<const OUTPUTS: usize> Output<[f32; OUTPUTS]> for Option<[f32; OUTPUTS]> {
    fn some(self) -> Option<[f32; OUTPUTS]> {
        self
    }
}

/// A layer with drawn weights, with its bias and without, pushes a drawn sequence: it has an output at push `first` and from there on
/// one in `stride`, with what the reference has for that frame.
macro_rules! check {
    (
        $taps:literal x $width:literal, $channels:literal to $outputs:literal,
        $features:literal to $positions:literal by $stride:literal from $padding:literal,
        $state:expr, dilation $dilation:literal, first $first:literal, stride $time_stride:literal
    ) => {
        const OUTPUT: usize = $positions * $outputs;
        let mut rng = Rng::with_seed(13);
        let mut kernel = [[[[0.0_f32; $outputs]; $channels]; $width]; $taps];
        let mut bias = [0.0_f32; $outputs];
        let products = f32::from(u16::min($taps * $width * $channels, u16::MAX));
        draw_weights(&mut rng, kernel.as_flattened_mut().as_flattened_mut().as_flattened_mut(), products);
        draw_weights(&mut rng, &mut bias, 3.0);
        let layer = Conv2d::<$taps, $width, $channels, $outputs, $stride, $padding, OUTPUT> { kernel, bias };
        let unbiased =
            Conv2d::<$taps, $width, $channels, $outputs, $stride, $padding, OUTPUT, _> { kernel, bias: NoBias };
        let weight = |tap: usize, place: usize, i: usize, o: usize| kernel[tap][place][i][o];
        check!(@ rng, layer, unbiased, bias, weight, [$taps, $width], $channels, $features, $positions, $stride,
            $padding, $state, $dilation, $first, $time_stride);
    };
    (
        $taps:literal x $width:literal, depthwise $channels:literal,
        $features:literal to $positions:literal by $stride:literal from $padding:literal,
        $state:expr, dilation $dilation:literal, first $first:literal, stride $time_stride:literal
    ) => {
        const OUTPUT: usize = $positions * $channels;
        let mut rng = Rng::with_seed(17);
        let mut kernel = [[[0.0_f32; $channels]; $width]; $taps];
        let mut bias = [0.0_f32; $channels];
        draw_weights(&mut rng, kernel.as_flattened_mut().as_flattened_mut(), f32::from($taps * $width as u16));
        draw_weights(&mut rng, &mut bias, 3.0);
        let layer = DepthwiseConv2d::<$taps, $width, $channels, $stride, $padding, OUTPUT> { kernel, bias };
        let unbiased =
            DepthwiseConv2d::<$taps, $width, $channels, $stride, $padding, OUTPUT, _> { kernel, bias: NoBias };
        let weight =
            |tap: usize, place: usize, i: usize, o: usize| if i == o { kernel[tap][place][o] } else { 0.0 };
        check!(@ rng, layer, unbiased, bias, weight, [$taps, $width], $channels, $features, $positions, $stride,
            $padding, $state, $dilation, $first, $time_stride);
    };
    (
        @ $rng:ident, $layer:ident, $unbiased:ident, $bias:ident, $weight:ident, $window:expr, $channels:literal,
        $features:literal, $positions:literal, $stride:literal, $padding:literal, $state:expr, $dilation:literal,
        $first:literal, $time_stride:literal
    ) => {
        let shape = Shape {
            features: $features,
            channels: $channels,
            positions: $positions,
            stride: $stride,
            padding: $padding,
            dilation: $dilation,
        };
        let sequence = frames::<{ $features * $channels }>(&mut $rng, 40);
        let slices: Vec<_> = sequence.iter().map(|frame| frame.as_slice()).collect();
        let (mut state, mut unbiased_state) = ($state, $state);
        let mut outputs = 0;
        for (t, frame) in sequence.iter().enumerate() {
            let output: Option<[f32; OUTPUT]> = $layer.push(&mut state, *frame, relu).some();
            let unbiased: Option<[f32; OUTPUT]> = $unbiased.push(&mut unbiased_state, *frame, linear).some();
            let is_due = t.checked_sub($first).is_some_and(|later: usize| later.is_multiple_of($time_stride));
            assert_eq!([output.is_some(), unbiased.is_some()], [is_due; 2]);
            if let Some((output, unbiased)) = output.zip(unbiased) {
                let reference = shape.output(&slices, t, $window, &$bias, $weight);
                let reference: Vec<_> = reference.iter().map(|y| y.max(0.0)).collect();
                assert_close(&output, &reference);
                let no_bias = $bias.map(|_| 0.0);
                assert_close(&unbiased, &shape.output(&slices, t, $window, &no_bias, $weight));
                outputs += 1;
            }
        }
        assert!(outputs > 0);
    };
}

/// Keras' `valid` on the features: nothing sticks out.
#[test]
fn inside() {
    check!(2 x 2, 1 to 1, 3 to 2 by 1 from 0, History::<3, 1, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn inside_wide() {
    check!(3 x 3, 4 to 6, 12 to 10 by 1 from 0, History::<48, 2, 2>::new(), dilation 2, first 0, stride 1);
}

#[test]
fn inside_at_a_stride() {
    check!(
        4 x 5, 3 to 7, 20 to 6 by 3 from 0,
        ScheduledHistory::<60, 3, 1, 3, 2>::new(), dilation 1, first 3, stride 2
    );
}

#[test]
fn one_position() {
    check!(3 x 8, 2 to 3, 8 to 1 by 1 from 0, History::<16, 2, 1>::new(), dilation 1, first 0, stride 1);
}

/// Keras' `same`.
#[test]
fn as_many_positions() {
    check!(3 x 3, 5 to 4, 9 to 9 by 1 from 1, History::<45, 2, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn as_many_positions_of_an_even_width() {
    check!(2 x 4, 2 to 17, 7 to 7 by 1 from 1, History::<14, 1, 3>::new(), dilation 3, first 0, stride 1);
}

/// The first layer of a keyword spotter: 10 frames of 4 features, both at a stride of 2.
#[test]
fn keyword_spotter() {
    check!(
        10 x 4, 1 to 64, 10 to 5 by 2 from 1,
        ScheduledHistory::<10, 9, 1, 5, 2>::new(), dilation 1, first 5, stride 2
    );
}

/// PyTorch's padding.
#[test]
fn as_much_on_either_side() {
    check!(
        3 x 3, 2 to 5, 8 to 4 by 2 from 1,
        ScheduledHistory::<16, 2, 1, 1, 2>::new(), dilation 1, first 1, stride 2
    );
}

/// Windows that stick out at both ends at once.
#[test]
fn wider_than_the_features() {
    check!(2 x 7, 2 to 3, 3 to 3 by 1 from 3, History::<6, 1, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn windows_that_leave_features_out() {
    check!(2 x 1, 3 to 8, 11 to 4 by 3 from 0, History::<33, 1, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn one_tap() {
    check!(1 x 1, 16 to 12, 5 to 5 by 1 from 0, Schedule::<0, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn depthwise() {
    check!(3 x 3, depthwise 21, 5 to 5 by 1 from 1, History::<105, 2, 1>::new(), dilation 1, first 0, stride 1);
}

#[test]
fn depthwise_inside_at_a_stride() {
    check!(
        2 x 4, depthwise 3, 11 to 4 by 2 from 0,
        ScheduledHistory::<33, 1, 2, 2, 3>::new(), dilation 2, first 2, stride 3
    );
}

#[test]
fn depthwise_as_many_positions() {
    check!(5 x 2, depthwise 64, 6 to 6 by 1 from 0, History::<384, 4, 1>::new(), dilation 1, first 0, stride 1);
}
