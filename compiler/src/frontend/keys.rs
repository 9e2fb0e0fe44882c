//! The words for layers, their keys and their flags, as the macro and messages spell them.

// Keys.
pub(crate) const IN: &str = "in";
pub(crate) const OUT: &str = "out";
pub(crate) const UNITS: &str = "units";
pub(crate) const K: &str = "k";
pub(crate) const DILATION: &str = "dilation";
pub(crate) const STRIDE: &str = "stride";
pub(crate) const PAD: &str = "pad";
pub(crate) const GROUPS: &str = "groups";
pub(crate) const SIZE: &str = "size";
pub(crate) const FRAMES: &str = "frames";
pub(crate) const N: &str = "n";
pub(crate) const FEATURES: &str = "features";
pub(crate) const FEATURE_K: &str = "feature_k";
pub(crate) const FEATURE_STRIDE: &str = "feature_stride";
pub(crate) const FEATURE_DILATION: &str = "feature_dilation";
pub(crate) const FEATURE_PAD: &str = "feature_pad";
pub(crate) const FEATURE_OUTPUT_PAD: &str = "feature_output_pad";
pub(crate) const START: &str = "start";
pub(crate) const STEP: &str = "step";
pub(crate) const EPSILON: &str = "epsilon";
pub(crate) const CHANNELS: &str = "channels";
pub(crate) const DILATIONS: &str = "dilations";
pub(crate) const SKIP: &str = "skip";

// Keys of activations.
pub(crate) const SLOPE: &str = "slope";
pub(crate) const ALPHA: &str = "alpha";
pub(crate) const MIN: &str = "min";
pub(crate) const MAX: &str = "max";
pub(crate) const MIN_SLOPE: &str = "min_slope";
pub(crate) const MAX_SLOPE: &str = "max_slope";
pub(crate) const THETA: &str = "theta";
pub(crate) const EXPONENT: &str = "exponent";

// Flags.
pub(crate) const VALID: &str = "valid";
pub(crate) const CAUSAL: &str = "causal";
pub(crate) const SAME: &str = "same";
pub(crate) const FEATURE_VALID: &str = "feature_valid";
pub(crate) const FEATURE_SAME: &str = "feature_same";
pub(crate) const COUNT_INCLUDE_PAD: &str = "count_include_pad";
pub(crate) const OVER_FEATURES: &str = "over_features";
pub(crate) const OVER_CHANNELS: &str = "over_channels";
pub(crate) const NO_BIAS: &str = "no_bias";
pub(crate) const NO_SCALE: &str = "no_scale";
pub(crate) const NO_CENTER: &str = "no_center";
pub(crate) const RESET_AFTER: &str = "reset_after";
pub(crate) const RESET_BEFORE: &str = "reset_before";
pub(crate) const INITIAL: &str = "initial";
pub(crate) const SHARED: &str = "shared";
pub(crate) const PROJECT: &str = "project";
pub(crate) const CENTER: &str = "center";
pub(crate) const GATED: &str = "gated";
pub(crate) const MIXIN: &str = "mixin";

/// Layer kinds. Activations are in [`activation`](crate::frontend::build::activation).
pub(crate) mod kind {
    pub(crate) const CONV: &str = "conv";
    pub(crate) const DEPTHWISE: &str = "depthwise";
    pub(crate) const DENSE: &str = "dense";
    pub(crate) const RESIDUAL: &str = "residual";
    pub(crate) const SUM: &str = "sum";
    pub(crate) const PRODUCT: &str = "product";
    pub(crate) const DIFFERENCE: &str = "difference";
    pub(crate) const QUOTIENT: &str = "quotient";
    pub(crate) const MINIMUM: &str = "minimum";
    pub(crate) const MAXIMUM: &str = "maximum";
    pub(crate) const CONCAT: &str = "concat";
    pub(crate) const GATED: &str = "gated";
    pub(crate) const BLENDED: &str = "blended";
    pub(crate) const FROM: &str = "from";
    pub(crate) const SKIPS: &str = "skips";
    pub(crate) const SKIP: &str = "skip";
    pub(crate) const HEAD: &str = "head";
    pub(crate) const CONDITIONED: &str = "conditioned";
    pub(crate) const MIXIN: &str = "mixin";
    pub(crate) const WAVENET: &str = "wavenet";
    pub(crate) const DELAY: &str = "delay";
    pub(crate) const MAX_POOL: &str = "max_pool";
    pub(crate) const AVG_POOL: &str = "avg_pool";
    pub(crate) const MAX_POOL2D: &str = "max_pool2d";
    pub(crate) const AVG_POOL2D: &str = "avg_pool2d";
    pub(crate) const GLOBAL_MAX: &str = "global_max";
    pub(crate) const GLOBAL_AVG: &str = "global_avg";
    pub(crate) const REDUCE_MEAN: &str = "reduce_mean";
    pub(crate) const REDUCE_SUM: &str = "reduce_sum";
    pub(crate) const REDUCE_MAX: &str = "reduce_max";
    pub(crate) const REDUCE_MIN: &str = "reduce_min";
    pub(crate) const EXPAND: &str = "expand";
    pub(crate) const PERMUTE: &str = "permute";
    pub(crate) const SLICE: &str = "slice";
    pub(crate) const FLATTEN: &str = "flatten";
    pub(crate) const UPSAMPLE: &str = "upsample";
    pub(crate) const SPLIT: &str = "split";
    pub(crate) const PIXEL_SHUFFLE: &str = "pixel_shuffle";
    pub(crate) const CONV_TRANSPOSE: &str = "conv_transpose";
    pub(crate) const CONV2D: &str = "conv2d";
    pub(crate) const DEPTHWISE2D: &str = "depthwise2d";
    pub(crate) const CONV_TRANSPOSE2D: &str = "conv_transpose2d";
    pub(crate) const GRU: &str = "gru";
    pub(crate) const LSTM: &str = "lstm";
    pub(crate) const RNN: &str = "rnn";
    pub(crate) const BATCH_NORM: &str = "batch_norm";
    pub(crate) const LAYER_NORM: &str = "layer_norm";
    pub(crate) const GROUP_NORM: &str = "group_norm";
    pub(crate) const SCALE: &str = "scale";
    pub(crate) const BIAS: &str = "bias";
    pub(crate) const PRELU: &str = "prelu";
}
