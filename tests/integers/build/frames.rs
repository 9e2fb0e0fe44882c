//! Networks that give several frames for one.

use serde_json::{Value, json};

use super::{Draw, gated};

impl Draw<'_> {
    /// Layers of which at least one upsamples. Those behind it have an output for each frame.
    pub(super) fn upsampling_chain(&mut self, inputs: usize) -> (String, Vec<Value>) {
        let (first, json, mut channels) = self.conv(inputs, true);
        let (mut texts, mut topology) = (vec![first], json);
        let mut times = 1;
        for place in 0..self.random.usize(2..=5) {
            let upsamples = times == 1 && place > 0 || times < 5 && self.random.u8(0..4) == 0;
            let (text, json, outputs) = if upsamples {
                self.in_blocks = true;
                let (times_more, layer) = self.upsampling(channels, times == 1);
                times *= times_more;
                layer
            } else {
                match self.random.u8(0..7) {
                    0 | 1 => self.conv(channels, false),
                    2 => self.activation(channels),
                    3 if channels.is_multiple_of(2) => gated(channels),
                    4 if channels.is_multiple_of(2) => blended(channels),
                    5 if channels <= 12 => self.recurrent(channels),
                    _ => self.residuals(channels),
                }
            };
            channels = outputs;
            texts.push(text);
            topology.extend(json);
        }
        (texts.join("; "), topology)
    }

    /// A layer that upsamples, and how many frames it gives for one. Its first output may be late where it `is_first`.
    fn upsampling(
        &mut self,
        channels: usize,
        is_first: bool,
    ) -> (usize, (String, Vec<Value>, usize)) {
        let times = self.random.usize(2..=3);
        match self.random.u8(0..4) {
            0 => {
                let json = json!({ "op": "upsample", "n": times });
                (times, (format!("upsample(n={times})"), vec![json], channels))
            }
            1 if channels.is_multiple_of(times) => {
                let json = json!({ "op": "split", "n": times });
                (times, (format!("split(n={times})"), vec![json], channels / times))
            }
            _ => {
                let stride = self.random.usize(1..=3);
                (stride, self.transposed(channels, stride, is_first))
            }
        }
    }

    fn transposed(
        &mut self,
        inputs: usize,
        stride: usize,
        is_first: bool,
    ) -> (String, Vec<Value>, usize) {
        let (taps, outputs) = (self.random.usize(1..=7), self.random.usize(1..=6));
        // What is cut off makes the first output late.
        let pad = if is_first { self.random.usize(0..taps) } else { 0 };
        #[allow(clippy::cast_precision_loss, reason = "layers are small")]
        let most = 2.0 / ((taps.div_ceil(stride) * inputs) as f32).sqrt();
        let kernel = self.tensor(&[taps, outputs, inputs], most);
        let bias = self.tensor(&[outputs], most / 2.0);
        self.weights.push(json!({ "kernel": kernel, "bias": bias }));
        let mut conv =
            json!({ "op": "conv_transpose", "kernel": kernel, "bias": bias, "stride": stride });
        let mut text = format!("conv_transpose(k={taps}, out={outputs}, stride={stride}");
        if pad > 0 {
            conv["pad"] = json!(pad);
            text += &format!(", pad={pad}");
        }
        let (word, activation) = self.function();
        text += &word.map_or_else(|| ")".to_owned(), |word| format!(", {word})"));
        (text, [conv].into_iter().chain(activation).collect(), outputs)
    }
}

/// `tanh` of one half of the channels by as much as `sigmoid` of the other says, and else the first half.
fn blended(channels: usize) -> (String, Vec<Value>, usize) {
    ("blended()".to_owned(), vec![json!({ "op": "blended" })], channels / 2)
}
