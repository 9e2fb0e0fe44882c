//! Convolutions over time and features whose channels are in groups, whose taps lie apart, or which are transposed: one
//! function for all of them.

use crate::delay_line::Past;

/// The numbers of a layer, which lie one after the other, and how windows lie on features.
#[derive(Clone, Copy)]
pub(crate) struct Windows {
    /// Where windows are: positions of the output, or features of the input where it is transposed.
    pub(crate) places: usize,
    /// What is under them: features of the input, or positions of the output.
    pub(crate) under: usize,
    pub(crate) width: usize,
    pub(crate) stride: usize,
    pub(crate) dilation: usize,
    /// Places that the first window sticks out by.
    pub(crate) padding: usize,
    pub(crate) groups: usize,
    pub(crate) group_channels: usize,
    pub(crate) group_outputs: usize,
    pub(crate) is_transposed: bool,
}

/// Adds the products of all taps to `sums`, and applies the activation.
#[inline(always)]
pub(crate) fn grouped_conv2d<
    const INPUTS: usize,
    const OUTPUTS: usize,
    const GROUP_CHANNELS: usize,
    const WIDTH: usize,
>(
    kernel: &[[[[f32; OUTPUTS]; GROUP_CHANNELS]; WIDTH]],
    (past, newest): (Past<'_, INPUTS>, &[f32; INPUTS]),
    shape: &Windows,
    sums: &mut [f32],
    activation: impl Fn(&mut [f32]),
) {
    let Some((newest_kernel, past_kernel)) = kernel.split_last() else { return };
    add_tap(sums, newest, newest_kernel.as_flattened().as_flattened(), shape);
    for (frame, weights) in past.iter().zip(past_kernel) {
        add_tap(sums, frame, weights.as_flattened().as_flattened(), shape);
    }
    activation(sums);
}

/// Adds the products of one frame and of the weights that it meets.
#[inline(never)]
fn add_tap(sums: &mut [f32], frame: &[f32], mut kernel: &[f32], shape: &Windows) {
    let channels = shape.groups * shape.group_channels;
    let outputs = shape.groups * shape.group_outputs;
    let of_place = shape.group_channels * outputs;
    for place in 0..shape.width {
        let Some((weights, others)) = kernel.split_at_checked(of_place) else { return };
        kernel = others;
        for window in 0..shape.places {
            let under = window * shape.stride + place * shape.dilation;
            let Some(under) = under.checked_sub(shape.padding) else { continue };
            if under >= shape.under {
                continue;
            }
            let (feature, position) =
                if shape.is_transposed { (window, under) } else { (under, window) };
            let x = frame.get(feature * channels..).unwrap_or_default();
            let sums = sums.get_mut(position * outputs..).unwrap_or_default();
            add_groups(sums, x, weights, shape);
        }
    }
}

/// Adds the products of one feature.
#[inline(always)]
fn add_groups(mut sums: &mut [f32], mut x: &[f32], weights: &[f32], shape: &Windows) {
    let outputs = shape.groups * shape.group_outputs;
    for group in 0..shape.groups {
        let Some((of_group, others)) = x.split_at_checked(shape.group_channels) else { return };
        let Some((own, rest)) = sums.split_at_mut_checked(shape.group_outputs) else { return };
        let mut row = group * shape.group_outputs;
        for x in of_group {
            add_product(own, *x, weights.get(row..).unwrap_or_default());
            row += outputs;
        }
        (x, sums) = (others, rest);
    }
}

/// Adds `x * row` to `sums`.
#[inline(always)]
fn add_product(sums: &mut [f32], x: f32, row: &[f32]) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += x * weight;
    }
}
