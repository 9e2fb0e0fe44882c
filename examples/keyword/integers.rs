//! The network in 16-bit integers.

use streaming_net::streaming_net;

use crate::front::Frame;

streaming_net! {
    /// As [`Spotter`](crate::Spotter). The ranges of its integers come from the recorded run.
    #[weights = "keyword/weights.json"]
    #[numbers = "i16"]
    pub struct IntegerSpotter <
        conv(k=5, in=16, out=16, stride=2, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        depthwise(k=5, no_bias); batch_norm(epsilon=0.001); relu();
        dense(out=16, no_bias); batch_norm(epsilon=0.001); relu();
        global_avg(frames=16);
        dense(out=5, softmax)
    >
}

impl IntegerSpotter {
    /// Rounds a frame, and gives the probabilities where there are some.
    pub(crate) fn push_rounded(&mut self, frame: Frame) -> Option<[f32; IntegerSpotter::OUTPUTS]> {
        Some(self.push(frame.map(Self::quantize))?.map(Self::dequantize))
    }
}
