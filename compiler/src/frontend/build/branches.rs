//! Layers that bring branches together.

use super::conv::projection;
use super::{Applied, Builder, Place, Spec, Wrong, activation};
use crate::clock::Clock;
use crate::errors::Message;
use crate::frontend::keys::{self, kind};
use crate::graph::{self, Binary, Op, Value, Window};
use crate::numbers::plural;
use crate::passes::align::clock_since;

/// What a chain of layers gives.
#[derive(Clone, Copy)]
pub(crate) struct Branch {
    pub(crate) value: Value,
    pub(crate) outputs: usize,
}

/// Adds the input to what a block gives.
pub(crate) struct Residual {
    pub(crate) block: Branch,
    /// Whether a trained 1x1 convolution of the input adapts its channels and stride to the block.
    pub(crate) projects: bool,
    /// Whether the frame in the middle of those that the block spans is added.
    pub(crate) is_centred: bool,
}

/// Branches of one input, brought together.
pub(crate) struct Joined {
    pub(crate) how: Join,
    pub(crate) branches: Vec<Branch>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Join {
    Sum,
    Product,
    /// A function of each channel, of one branch after the other.
    Of(Binary),
    /// The channels of all branches, one branch after the other.
    Concat,
}

/// An activation of one branch, as much of it as that of another says; without branches, of the halves of a frame.
pub(crate) struct Gated {
    /// Whether the rest is the first branch as it is.
    pub(crate) blends: bool,
    pub(crate) activations: [Applied; 2],
    pub(crate) branches: Vec<Branch>,
}

impl Spec for Residual {
    fn kind(&self) -> &'static str {
        kind::RESIDUAL
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let Self { block, projects, is_centred } = *self;
        let (inputs, outputs, frame) = (builder.inputs(), block.outputs, builder.frame());
        if inputs != outputs && !projects {
            let text = format!(
                "`residual` adds its input of {} to the {outputs} of its block",
                plural(inputs, "channel")
            );
            let help = format!(
                "write `residual(project)`, or end the block with a layer of `out={inputs}`"
            );
            return Err(Wrong::layer(Message::new(text).help(help)));
        }
        let own = clock_since(&builder.graph, block.value, frame);
        let stride = own.stride;
        if stride > 1 && !projects {
            let text = format!(
                "`residual` adds every frame of its input to a block that gives an output for one in {stride}"
            );
            let help = "write `residual(project)`, whose convolution has the same stride";
            return Err(Wrong::layer(Message::new(text).help(help)));
        }
        let input_stride = builder.graph[frame].clock.stride;
        let centre = if is_centred { centre(own)? } else { 0 };

        let flags = [(projects, keys::PROJECT), (is_centred, keys::CENTER)];
        let flags = flags.into_iter().filter(|(is_given, _)| *is_given);
        builder.describe(flags.map(|(_, flag)| flag.to_owned()).collect());
        let mut first = frame;
        if projects {
            // The first input frame that is taken is the one that the block's first output belongs to.
            let skipped = own.first.saturating_sub(own.lag.saturating_add(centre));
            let skipped = if stride > 1 { skipped } else { 0 };
            let window = Window { stride, skipped, ..Window::NEWEST };
            let conv = graph::Conv { window, inputs, outputs, groups: 1 };
            first = projection(frame, conv, true, builder);
        }
        let centre = centre.saturating_mul(input_stride);
        Ok(builder.op(Op::Add { centre }, vec![first, block.value], outputs))
    }
}

/// How many frames before its newest one the middle of a block's taps is.
fn centre(block: Clock) -> Result<usize, Wrong> {
    let Clock { first, past, lag, .. } = block;
    let message = if lag > 0 || past != first {
        let text = "`center` needs a block with valid padding, but this block has other padding";
        Message::new(text).help("remove `center`")
    } else if first.is_multiple_of(2) {
        return Ok(first / 2);
    } else {
        let frames = plural(first, "frame");
        let text = format!(
            "`center` needs a middle frame, but the block shortens its input by {frames}, an odd number"
        );
        Message::new(text).help("use an odd `k` or an even `dilation`")
    };
    Err(Wrong::at(keys::CENTER, message))
}

impl Spec for Joined {
    fn kind(&self) -> &'static str {
        match self.how {
            Join::Sum => kind::SUM,
            Join::Product => kind::PRODUCT,
            Join::Of(Binary::Subtract) => kind::DIFFERENCE,
            Join::Of(Binary::Divide) => kind::QUOTIENT,
            Join::Of(Binary::Minimum) => kind::MINIMUM,
            Join::Of(Binary::Maximum) => kind::MAXIMUM,
            Join::Concat => kind::CONCAT,
        }
    }

    /// The branches, two by two.
    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        if self.how != Join::Concat {
            same_channels(self.kind(), &self.branches)?;
        }
        builder.describe(Vec::new());
        let values = self.branches.iter().map(|branch| branch.value);
        let joined = values.reduce(|left, right| {
            let [one, other] = [left, right].map(|value| builder.graph[value].channels);
            let (op, channels) = match self.how {
                Join::Sum => (Op::Add { centre: 0 }, one),
                Join::Product => (Op::Multiply, one),
                Join::Of(binary) => (Op::Binary(binary), one),
                Join::Concat => (Op::Concat, one.saturating_add(other)),
            };
            builder.op(op, vec![left, right], channels)
        });
        Ok(joined.unwrap_or(builder.frame()))
    }
}

impl Spec for Gated {
    fn kind(&self) -> &'static str {
        if self.blends { kind::BLENDED } else { kind::GATED }
    }

    fn add(&self, builder: &mut Builder) -> Result<Value, Wrong> {
        let [active, gate] = self.activations;
        let [first, second] = match self.branches.as_slice() {
            [first, second] => {
                same_channels(self.kind(), &self.branches)?;
                [first.value, second.value]
            }
            _ => halves(self.kind(), builder)?,
        };
        let flags = [active, gate].map(Applied::flag);
        let usual = [&activation::TANH, &activation::SIGMOID].map(|form| form.word);
        builder.describe(if flags == usual { Vec::new() } else { flags.into() });
        let channels = builder.graph[first].channels;
        let active = builder.activate(first, Some(active));
        let gate = builder.activate(second, Some(gate));
        Ok(if self.blends {
            builder.op(Op::Blend, vec![first, active, gate], channels)
        } else {
            builder.op(Op::Multiply, vec![active, gate], channels)
        })
    }
}

/// The two halves of a frame's channels.
fn halves(kind: &str, builder: &mut Builder) -> Result<[Value; 2], Wrong> {
    let (inputs, frame) = (builder.inputs(), builder.frame());
    if !inputs.is_multiple_of(2) {
        let halved = plural(inputs, "channel");
        let text = format!("`{kind}` splits its input into halves, but the input has {halved}");
        let help = "give it an even number of channels";
        return Err(Wrong::at(keys::IN, Message::new(text).help(help)));
    }
    let half = inputs / 2;
    Ok([0, half].map(|start| builder.op(Op::Slice { start }, vec![frame], half)))
}

/// Whether all branches give as many channels.
fn same_channels(kind: &str, branches: &[Branch]) -> Result<(), Wrong> {
    let Some(first) = branches.first().map(|branch| branch.outputs) else { return Ok(()) };
    let mut outputs = branches.iter().map(|branch| branch.outputs).enumerate();
    let Some((place, other)) = outputs.find(|(_, outputs)| *outputs != first) else {
        return Ok(());
    };
    let (branch, other) = (place + 1, plural(other, "channel"));
    let text = format!("branch {branch} of `{kind}` gives {other}, but branch 1 gives {first}");
    let help = format!("end branch {branch} with `dense(out={first})`");
    Err(Wrong { place: Place::Branch(place), message: Message::new(text).help(help) })
}
