//! The keys and flags of layers, as the macro and messages spell them.

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

// Flags.
pub(crate) const VALID: &str = "valid";
pub(crate) const CAUSAL: &str = "causal";
pub(crate) const SAME: &str = "same";
pub(crate) const FEATURE_VALID: &str = "feature_valid";
pub(crate) const FEATURE_SAME: &str = "feature_same";
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
