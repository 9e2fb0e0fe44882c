//! Layers that have to do with others around them: sums of what several layers of a stack give, and layers that see another
//! frame beside the one that they take.

use super::conv::{are_split, convolution, flags, pointwise, projection};
use super::scopes::Sum;
use super::{Applied, Builder, Spec, Taps, Wrong, limits};
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Op, Value};
use crate::numbers::plural;

/// Adds its input to the sum of the surrounding skips, and passes its input on.
pub(crate) struct Skip {
    /// The channels and the groups of a 1x1 convolution before the sum, where there is one.
    pub(crate) projection: Option<[usize; 2]>,
}

/// A causal convolution of the sum of the skips before it: skips behind it add to its output. The frame passes on.
pub(crate) struct Head {
    pub(crate) taps: usize,
    pub(crate) dilation: usize,
    pub(crate) outputs: usize,
    pub(crate) has_bias: bool,
    pub(crate) activation: Option<Applied>,
}

/// The sum of the skips among some layers.
pub(crate) struct Skips {
    pub(crate) sum: Option<Value>,
}

/// Adds a 1x1 convolution, without a bias, of the condition of the surrounding layer.
pub(crate) struct Mixin {
    pub(crate) groups: usize,
    pub(crate) activation: Option<Applied>,
}

/// Layers that see a condition.
pub(crate) struct Conditioned {
    pub(crate) output: Value,
    /// Whether the output depends on the condition.
    pub(crate) reads_condition: bool,
}

/// The output of an earlier layer, at the beginning of a branch.
pub(crate) struct Earlier {
    pub(crate) value: Value,
    pub(crate) label: String,
}

impl Spec for Skip {
    fn kind(&self) -> &'static str {
        kind::SKIP
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let (channels, frame) = (builder.inputs(), builder.frame());
        let mut skipped = frame;
        match self.projection {
            None => builder.describe(Vec::new()),
            Some([outputs, groups]) => {
                limits::count(keys::OUT, outputs)?;
                are_split([(keys::IN, channels), (keys::OUT, outputs)], groups)?;
                builder.describe(vec![format!("{}={outputs}", keys::OUT)]);
                skipped = projection(frame, pointwise(channels, outputs, groups), true, builder);
            }
        }
        let (sum, first) = match sum_so_far(kind::SKIP, builder)? {
            Sum::Of(sum, first) => (sum, first),
            Sum::Empty => {
                builder.scopes.set_sum(skipped, kind::SKIP);
                return Ok(frame);
            }
        };
        let [channels, others] = [skipped, sum].map(|value| builder.graph[value].channels);
        if channels != others {
            let before =
                if first == kind::SKIP { "first `skip`".to_owned() } else { format!("`{first}`") };
            let channels = plural(channels, "channel");
            let text = format!("this `skip` adds {channels}, but the {before} adds {others}");
            return Err(Wrong::layer(Message::new(text).help("give both the same `out`")));
        }
        let sum = builder.op(Op::Add { centre: 0 }, vec![sum, skipped], channels);
        builder.scopes.set_sum(sum, first);
        Ok(frame)
    }
}

impl Spec for Head {
    fn kind(&self) -> &'static str {
        kind::HEAD
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { has_bias, activation, .. } = *self;
        let (frame, outputs) = (builder.frame(), limits::count(keys::OUT, self.outputs)?);
        let Sum::Of(sum, _) = sum_so_far(kind::HEAD, builder)? else {
            let help = "put `head` among the layers of `skips`, after the `skip`s that it reads";
            return Err(Wrong::layer(Message::new("`head` has no `skip` before it").help(help)));
        };
        let taps = Taps::causal(self.taps, self.dilation);
        let mut all = vec![format!("{}={outputs}", keys::OUT)];
        all.extend(flags(taps, 1, has_bias, activation));
        all.retain(|flag| flag != keys::CAUSAL);
        builder.describe_taps(taps.count, Some(taps.dilation), all);
        let inputs = builder.graph[sum].channels;
        let head = graph::Conv { window: taps.window()?, inputs, outputs, groups: 1 };
        let head = convolution(sum, head, has_bias, Some(vec![inputs, outputs]), builder);
        let head = builder.activate(head, activation);
        builder.scopes.set_sum(head, kind::HEAD);
        Ok(frame)
    }
}

impl Spec for Skips {
    fn kind(&self) -> &'static str {
        kind::SKIPS
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        builder.describe(Vec::new());
        self.sum.ok_or_else(|| {
            let message = Message::new("`skips` has no `skip` among its layers");
            Wrong::layer(message.help("write `skip()` after each layer whose output is added"))
        })
    }
}

/// The sum that a layer adds to.
fn sum_so_far(kind: &str, builder: &Builder) -> Result<Sum, Wrong> {
    if let Some(sum) = builder.scopes.sum() {
        return Ok(sum);
    }
    let message = if builder.scopes.are_within_skips() {
        let text =
            format!("this `{kind}` is in a branch, and `skips` does not sum what is in branches");
        let help = format!(
            "put the `{kind}` directly among the layers of `skips`, or of a `residual` there"
        );
        Message::new(text).help(help)
    } else {
        let help = "write `skips < layers >` around the layers whose outputs are summed";
        Message::new(format!("this `{kind}` is not inside a `skips`")).help(help)
    };
    Err(Wrong::layer(message))
}

impl Spec for Mixin {
    fn kind(&self) -> &'static str {
        kind::MIXIN
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { groups, activation } = *self;
        let (channels, frame) = (builder.inputs(), builder.frame());
        let Some(condition) = builder.scopes.condition() else {
            let help = "write `conditioned < layers >` around the layers that read the condition";
            let message = Message::new("this `mixin` is not inside a `conditioned`");
            return Err(Wrong::layer(message.help(help)));
        };
        let inputs = builder.graph[condition].channels;
        are_split([("condition", inputs), ("frame", channels)], groups)?;
        builder.describe(flags(Taps::NEWEST, groups, true, activation));
        let mixed = projection(condition, pointwise(inputs, channels, groups), false, builder);
        builder.scopes.condition_is_read(mixed);
        let sum = builder.op(Op::Add { centre: 0 }, vec![frame, mixed], channels);
        Ok(builder.activate(sum, activation))
    }
}

impl Spec for Conditioned {
    fn kind(&self) -> &'static str {
        kind::CONDITIONED
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        builder.describe(Vec::new());
        if self.reads_condition {
            return Ok(self.output);
        }
        let message = Message::new("`conditioned` has no `mixin` among its layers");
        let help = "write `mixin()` after the layer to which the condition is added";
        Err(Wrong::layer(message.help(help)))
    }
}

impl Spec for Earlier {
    fn kind(&self) -> &'static str {
        kind::FROM
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        builder.describe(vec![self.label.clone()]);
        Ok(self.value)
    }
}
