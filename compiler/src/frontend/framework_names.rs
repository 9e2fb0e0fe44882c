//! What Keras, PyTorch and others call a layer or an activation, and what it is called here.
//!
//! Names are looked up without case and underscores: `Conv1D`, `conv_1d` and `conv1d` are one name.

use crate::errors::Hint;
use crate::frontend::kinds::activations;
use crate::suggest::list;

/// A name of a framework, and what to write for it.
pub(crate) enum Meaning {
    /// What has the same meaning here.
    Here(&'static str),
    /// What to do, where no single layer has the meaning.
    Help(&'static str),
    /// An activation that no network here can have.
    OtherActivation,
    /// A layer that no network here can have.
    OtherLayer,
}

use Meaning::{Help, Here, OtherActivation, OtherLayer};

const TRAINING_ONLY: Meaning = Help("leave it out: it does nothing in a trained network");
const DEPTHWISE_AND_DENSE: Meaning = Help("write `depthwise(k=…); dense(out=…)`");
const NEXT_PADDING: Meaning =
    Help("leave it out, and write `causal` or `pad=…` in the convolution after it");
const INPUT: Meaning =
    Help("leave it out, and write `in=…`, the channels of a frame, in the first layer");
const EXPORTED: Meaning = Help(
    "in Python, `streaming_net.export(model, \"net.onnx\")` writes a file that needs no list of layers",
);
const CROPPING: Meaning = Help(
    "write `delay(frames=…)` for frames cropped at the end; leave out what is cropped at the start",
);
const BY_NAME: Meaning = Help("write the activation itself, such as `relu()`");
const EACH_FRAME: Meaning = Help(
    "write `group_norm(…)` if it normalises each frame by itself; no stream can be normalised over time",
);
const DEPTHWISE_AND_CONV2D: Meaning =
    Help("write `depthwise2d(…)`, and `conv2d(k=1, feature_k=1, …)` behind it");

/// Exact names first: `Linear` is a layer of PyTorch, where `linear` here is an activation.
const NAMES: &[(&[&str], Meaning)] = &[
    (&["conv1d", "convolution1d", "convolution", "causalconv1d"], Here("conv")),
    (&["depthwiseconv1d", "depthwiseconv", "depthwise1d"], Here("depthwise")),
    (&["separableconv1d", "separableconvolution1d"], DEPTHWISE_AND_DENSE),
    (&["linear", "fullyconnected", "fc"], Here("dense")),
    (&["convolution2d"], Here("conv2d")),
    (&["depthwiseconv2d"], Here("depthwise2d")),
    (&["conv1dtranspose", "convtranspose1d", "convolution1dtranspose"], Here("conv_transpose")),
    (&["upsampling1d", "upsampling", "upsample1d"], Here("upsample")),
    (&["maxpooling1d", "maxpooling", "maxpool1d"], Here("max_pool")),
    (&["averagepooling1d", "averagepooling", "averagepool", "avgpool1d"], Here("avg_pool")),
    (
        &["globalaveragepooling1d", "globalaveragepool1d", "adaptiveavgpool1d", "globalavgpool1d"],
        Here("global_avg"),
    ),
    (&["globalmaxpooling1d", "globalmaxpool1d", "adaptivemaxpool1d"], Here("global_max")),
    (&["maxpool2d", "maxpooling2d"], Here("max_pool2d")),
    (&["avgpool2d", "averagepooling2d"], Here("avg_pool2d")),
    (&["conv2dtranspose", "convtranspose2d"], Here("conv_transpose2d")),
    (&["separableconv2d"], DEPTHWISE_AND_CONV2D),
    (&["simplernn"], Here("rnn")),
    (&["pixelshuffle1d"], Here("pixel_shuffle")),
    (&["groupnorm", "groupnormalization"], EACH_FRAME),
    (&["cropping1d", "cropping"], CROPPING),
    (&["batchnormalization", "batchnorm1d", "batchnormalization1d"], Here("batch_norm")),
    (&["layernormalization"], Here("layer_norm")),
    (&["add"], Here("sum")),
    (&["multiply", "mul"], Here("product")),
    (&["concatenate", "cat"], Here("concat")),
    (&["glu"], Here("gated(linear, sigmoid)")),
    (&["swish"], Here("silu")),
    (&["hardsilu"], Here("hard_swish")),
    (&["logistic"], Here("sigmoid")),
    (
        &["dropout", "dropout1d", "alphadropout", "spatialdropout", "spatialdropout1d"],
        TRAINING_ONLY,
    ),
    (&["gaussiannoise", "gaussiandropout", "activityregularization"], TRAINING_ONLY),
    (&["identity"], TRAINING_ONLY),
    (&["zeropadding1d", "zeropad1d", "constantpad1d"], NEXT_PADDING),
    (&["input", "inputlayer"], INPUT),
    (&["activation"], BY_NAME),
    (&["timedistributed"], Help("write the layer within alone: it is applied to every frame")),
    (&["transpose", "reshape", "unflatten"], EXPORTED),
    (&["batchnorm2d", "normalization", "average"], EXPORTED),
    (&["subtract", "sub"], Here("difference")),
    (&["div", "divide"], Here("quotient")),
    (&["sequential", "functional"], Help("write its layers, one after the other")),
    (&["bidirectional", "attention", "multiheadattention", "additiveattention"], OtherLayer),
    (&["transformer", "transformerencoder", "transformerencoderlayer"], OtherLayer),
    (&["convlstm1d", "rnncell", "grucell", "lstmcell"], OtherLayer),
    (&["embedding", "lambda", "repeatvector"], OtherLayer),
    (&["conv3d", "conv3dtranspose"], OtherLayer),
    (&["locallyconnected1d", "bilinear", "einsumdense"], OtherLayer),
    (&["minpool", "minpool1d", "lppool1d"], OtherLayer),
    (&["instancenorm", "instancenorm1d"], OtherLayer),
    (&["unitnormalization", "rmsnorm", "rmsnormalization"], OtherLayer),
    (&["dot"], OtherLayer),
    (&["exponential"], Here("exp")),
    (&["geluapproximate"], Here("gelu_tanh")),
    (&["clamp"], Here("clip")),
    (&["pow"], Here("power")),
    (&["threshold"], Help("write `thresholded_relu(theta=…)`, where the value below is 0")),
    (&["quickgelu", "celu", "crelu", "rrelu", "geglu", "swiglu", "reglu"], OtherActivation),
    (&["sin", "cos", "snake", "squareplus"], OtherActivation),
    (&["softmin", "sparsemax", "maxout"], OtherActivation),
    (&["softshrink", "hardshrink", "tanhshrink"], OtherActivation),
    (&["sparseplus", "sparsesigmoid", "squaredrelu"], OtherActivation),
];

/// A name without case and underscores.
pub(crate) fn plain(name: &str) -> String {
    name.to_lowercase().replace('_', "")
}

/// What a name of a framework means.
pub(crate) fn meaning(name: &str) -> Option<&'static Meaning> {
    let plain = plain(name);
    let entry = NAMES.iter().find(|(names, _)| names.contains(&plain.as_str()));
    entry.map(|(_, meaning)| meaning)
}

/// What a message says of an activation that is not served: which there are.
pub(crate) fn other_activation(word: &str) -> Hint {
    let names = list(activations().map(|kind| kind.name));
    Hint::note(format!("`{word}` is not served; the activations are {names}"))
}

#[cfg(test)]
mod tests {
    use super::{Meaning, NAMES, plain};
    use crate::frontend::kinds::KINDS;

    #[test]
    fn each_name_stands_once_and_means_a_kind() {
        let mut names: Vec<_> = NAMES.iter().flat_map(|(names, _)| names.iter()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|name| plain(name) == ***name));
        for (_, meaning) in NAMES {
            if let Meaning::Here(here) = meaning {
                let kind = here.split('(').next().unwrap();
                assert!(KINDS.iter().any(|one| one.name == kind), "{here}");
            }
        }
    }

    #[test]
    fn what_is_not_served_is_no_kind() {
        for (names, meaning) in NAMES {
            if matches!(meaning, Meaning::OtherActivation | Meaning::OtherLayer) {
                let kind = KINDS.iter().find(|kind| names.contains(&plain(kind.name).as_str()));
                assert!(kind.is_none(), "{names:?}");
            }
        }
    }
}
