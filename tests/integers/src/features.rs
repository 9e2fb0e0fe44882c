//! Convolutions over time and the features of a frame.

use serde_json::Value;

use super::floats::{Stream, windows};
use super::graph::{count, list, matrix, number};
use super::quantised::{Row, row};

pub(super) struct Plane {
    /// By tap, place, channel of a group, and output.
    pub(super) kernel: Vec<Vec<Vec<Vec<f64>>>>,
    pub(super) bias: Vec<f64>,
    /// Of frames.
    pub(super) dilation: usize,
    pub(super) stride: usize,
    pub(super) causal: bool,
    pub(super) features: usize,
    pub(super) feature_stride: usize,
    pub(super) feature_dilation: usize,
    /// Zeros before the first feature, or output features that are cut off.
    pub(super) zeros: usize,
    pub(super) positions: usize,
    pub(super) groups: usize,
    pub(super) is_transposed: bool,
    pub(super) is_rectified: bool,
}

/// A product: its tap, feature, channel of the frame, and the place and the channel of the kernel.
struct Product {
    tap: usize,
    number: usize,
    place: usize,
    channel: usize,
}

impl Plane {
    pub(super) fn of(layer: &Value) -> Self {
        let of_place = |place: &Value| list(place).iter().map(matrix).collect();
        let is = |key: &str| layer[key].as_bool().unwrap_or(false);
        Self {
            kernel: list(&layer["kernel"]).iter().map(of_place).collect(),
            bias: list(&layer["bias"]).iter().map(number).collect(),
            dilation: count(layer, "dilation", 1),
            stride: count(layer, "stride", 1),
            causal: is("causal"),
            features: count(layer, "features", 1),
            feature_stride: count(layer, "feature_stride", 1),
            feature_dilation: count(layer, "feature_dilation", 1),
            zeros: count(layer, "zeros", 0),
            positions: count(layer, "positions", 1),
            groups: count(layer, "groups", 1),
            is_transposed: is("is_transposed"),
            is_rectified: false,
        }
    }

    /// The numbers that an output at a position reads.
    fn products(&self, position: usize, output: usize) -> Vec<Product> {
        let of_group = self.kernel[0][0].len();
        let group = output / (self.bias.len() / self.groups);
        let mut products = Vec::new();
        for tap in 0..self.kernel.len() {
            for feature in 0..self.features {
                for place in 0..self.kernel[0].len() {
                    // Where the feature meets the window, counted with what is left out before the first one.
                    let meets = if self.is_transposed {
                        feature * self.feature_stride + place * self.feature_dilation
                            == position + self.zeros
                    } else {
                        position * self.feature_stride + place * self.feature_dilation
                            == feature + self.zeros
                    };
                    let channels = if meets { of_group } else { 0 };
                    products.extend((0..channels).map(|channel| {
                        let first = feature * of_group * self.groups + group * of_group;
                        Product { tap, number: first + channel, place, channel }
                    }));
                }
            }
        }
        products
    }

    /// What `of` makes of each output of a frame, its place among the outputs of a position, its products, and the taps.
    fn outputs<T: Clone + Default>(
        &self,
        x: &Stream<T>,
        of: impl Fn(usize, &[Product], &[Vec<T>]) -> T,
    ) -> Stream<T> {
        let shape = (self.kernel.len(), self.dilation, self.stride);
        windows(x, shape, self.causal, |taps| {
            let all = (0..self.positions)
                .flat_map(|position| (0..self.bias.len()).map(move |output| (position, output)));
            all.map(|(position, output)| of(output, &self.products(position, output), taps))
                .collect()
        })
    }

    pub(super) fn floats(&self, x: &Stream<f64>) -> Stream<f64> {
        self.outputs(x, |output, products, taps| {
            let products = products.iter().map(|Product { tap, number, place, channel }| {
                taps[*tap][*number] * self.kernel[*tap][*place][*channel][output]
            });
            let sum = self.bias[output] + products.sum::<f64>();
            if self.is_rectified { sum.max(0.0) } else { sum }
        })
    }

    /// One for each output of a position.
    pub(super) fn rows(&self, input: f64, output: f64) -> Vec<Row> {
        let one = |place: usize| {
            let weights = self.kernel.iter().flatten().flatten();
            let weights: Vec<f64> =
                weights.map(|outputs| outputs[place] * (input / output)).collect();
            row(&weights, self.bias[place] / output, false)
        };
        (0..self.bias.len()).map(one).collect()
    }

    pub(super) fn integers(&self, x: &Stream<i64>, rows: &[Row]) -> Stream<i64> {
        let (width, of_group) = (self.kernel[0].len(), self.kernel[0][0].len());
        self.outputs(x, |output, products, taps| {
            let row = &rows[output];
            let products = products.iter().map(|Product { tap, number, place, channel }| {
                let weight = row.weights[(tap * width + place) * of_group + channel];
                taps[*tap][*number] * weight
            });
            let sum = row.bias + products.sum::<i64>();
            assert!(i32::try_from(sum).is_ok(), "a sum overflows");
            let y = (sum >> row.shift).clamp(-32768, 32767);
            if self.is_rectified { y.max(0) } else { y }
        })
    }
}
