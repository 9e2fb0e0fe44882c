//! Convolutions over time and features.

use super::products;
use crate::graph::Conv2d;
use crate::integers::Matrix;

/// The sums of all positions, each of what lies under the windows on the frames under the taps.
pub(super) fn convolution(conv: &Conv2d, matrix: &Matrix, taps: &[Vec<i32>]) -> Vec<i32> {
    let [_, width, ..] = conv.kernel();
    let of_position = |position: usize| {
        let window = taps.iter().flat_map(|frame| {
            (0..width).map(move |place| {
                let feature = conv.feature(position, place);
                let first = feature.map(|feature| feature * conv.channels);
                let under = first.and_then(|first| frame.get(first..first + conv.channels));
                // Beside the features are zeros.
                under.map_or_else(|| vec![0; conv.channels], <[i32]>::to_vec)
            })
        });
        products(matrix, &window.collect::<Vec<_>>(), None, None)
    };
    (0..conv.positions).flat_map(of_position).collect()
}
