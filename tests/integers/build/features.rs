//! Networks of frames with features.

use serde_json::{Value, json};

use super::Draw;

impl Draw<'_> {
    /// The channels of an input frame, and layers of which most are convolutions over features.
    pub(super) fn chain_of_features(&mut self) -> (usize, String, Vec<Value>) {
        let (mut features, mut channels) = (self.random.usize(2..=6), self.random.usize(1..=3));
        let inputs = features * channels;
        let (mut texts, mut topology) = (Vec::new(), Vec::new());
        for place in 0..self.random.usize(1..=4) {
            let (text, json) = match self.random.u8(0..6) {
                0 if place > 0 => {
                    let (text, json, _) = self.activation(features * channels);
                    (text, json)
                }
                1 | 2 => self.transposed_plane(&mut features, &mut channels),
                _ => self.plane(&mut features, &mut channels),
            };
            texts.push(if place == 0 {
                text.replacen('(', &format!("(in={inputs}, "), 1)
            } else {
                text
            });
            topology.extend(json);
        }
        (inputs, texts.join("; "), topology)
    }

    fn plane(&mut self, features: &mut usize, channels: &mut usize) -> (String, Vec<Value>) {
        let groups = match self.random.u8(0..4) {
            0 => *channels,
            1 if channels.is_multiple_of(2) => 2,
            _ => 1,
        };
        let outputs = groups * self.random.usize(1..=(4 / groups).max(1));
        let taps = self.random.usize(1..=3);
        let width = self.random.usize(1..=(*features).min(4));
        let dilation = self.random.usize(1..=2);
        let stride = if self.in_blocks { 1 } else { [1, 1, 2][self.random.usize(0..3)] };
        let causal = self.in_blocks || self.random.bool();
        let feature_stride = self.random.usize(1..=2);
        let span = |dilation: usize| (width - 1) * dilation + 1;
        let feature_dilation = if span(2) <= *features { self.random.usize(1..=2) } else { 1 };
        let span = span(feature_dilation);
        let zeros = self.random.usize(0..span);
        let positions = (*features + 2 * zeros - span) / feature_stride + 1;
        let kernel = self.kernel([taps, width, *channels / groups, outputs]);
        let bias = self.tensor(&[outputs], 0.5);
        self.weights.push(json!({ "kernel": kernel, "bias": bias }));
        let mut text = format!(
            "conv2d(k={taps}, features={features}, feature_k={width}, feature_stride={feature_stride}, \
             feature_dilation={feature_dilation}, out={outputs}, groups={groups}, dilation={dilation}, stride={stride}"
        );
        if zeros > 0 {
            text += &format!(", feature_pad={zeros}");
        }
        text += if causal { ", causal" } else { ", valid" };
        let conv = json!({
            "op": "plane", "kernel": kernel, "bias": bias, "dilation": dilation, "stride": stride, "causal": causal,
            "features": features, "feature_stride": feature_stride, "feature_dilation": feature_dilation,
            "zeros": zeros, "positions": positions, "groups": groups,
        });
        (*features, *channels) = (positions, outputs);
        self.with_function(text, conv)
    }

    /// A convolution that is transposed over features.
    fn transposed_plane(
        &mut self,
        features: &mut usize,
        channels: &mut usize,
    ) -> (String, Vec<Value>) {
        let groups = if self.random.bool() { *channels } else { 1 };
        let outputs = groups * self.random.usize(1..=(3 / groups).max(1));
        let (width, dilation) = (self.random.usize(1..=4), self.random.usize(1..=2));
        let span = (width - 1) * dilation + 1;
        let stride = self.random.usize(1..=span.min(3));
        let all = (*features - 1) * stride + span;
        let zeros = if all > 2 { self.random.usize(0..=1) } else { 0 };
        let positions = all - 2 * zeros;
        let of_group = *channels / groups;
        let kernel = self.kernel([1, width, of_group, outputs]);
        let bias = self.tensor(&[outputs], 0.5);
        // PyTorch's (in, out / groups, 1, width).
        let weight = (0..*channels).map(|channel| {
            let of_output = |output: usize| {
                let column = channel / of_group * (outputs / groups) + output;
                let row: Vec<&Value> =
                    (0..width).map(|place| &kernel[0][place][channel % of_group][column]).collect();
                json!([row])
            };
            (0..outputs / groups).map(of_output).collect::<Value>()
        });
        let weight: Value = weight.collect();
        self.weights.push(json!({ "weight": weight, "bias": bias }));
        let mut text = format!(
            "conv_transpose2d(features={features}, feature_k={width}, feature_stride={stride}, \
             feature_dilation={dilation}, out={outputs}, groups={groups}"
        );
        if zeros > 0 {
            text += &format!(", feature_pad={zeros}");
        }
        let conv = json!({
            "op": "plane", "kernel": kernel, "bias": bias, "features": features, "feature_stride": stride,
            "feature_dilation": dilation, "zeros": zeros, "positions": positions, "groups": groups,
            "is_transposed": true,
        });
        (*features, *channels) = (positions, outputs);
        self.with_function(text, conv)
    }

    /// By tap, place, channel of a group, and output.
    fn kernel(&mut self, shape: [usize; 4]) -> Value {
        #[allow(clippy::cast_precision_loss, reason = "layers are small")]
        let most = 2.0 / ((shape[0] * shape[1] * shape[2]) as f32).sqrt();
        self.tensor(&shape, most)
    }

    fn with_function(&mut self, text: String, conv: Value) -> (String, Vec<Value>) {
        let (word, activation) = self.function();
        let end = word.map_or_else(|| ")".to_owned(), |word| format!(", {word})"));
        (text + &end, [conv].into_iter().chain(activation).collect())
    }
}
