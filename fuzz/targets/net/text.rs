//! The macro call.

use arbitrary::{Result, Unstructured};

use super::{Kind, Layer, Mistake};

const FLAGS: [&str; 6] = ["relu", "leaky_relu=-0.5", "elu=1", "tanh", "sigmoid", "softmax"];
const LAYERS: [&str; 4] = ["relu6", "tanh", "leaky_relu", "elu"];

pub(super) fn write(
    layers: &[Layer],
    labelled: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let path = if mistake == Some(Mistake::NoFile) { "nowhere.json" } else { "net.json" };
    let mut text = format!("#[weights = {path:?}] pub struct Net <");
    for (place, written) in layers.iter().enumerate() {
        let (first, last) = (place == 0, place + 1 == layers.len());
        let here =
            mistake.filter(|mistake| if *mistake == Mistake::NoInput { first } else { last });
        if last {
            text += if mistake == Some(Mistake::NoSemicolon) { " " } else { "; " };
        } else if !first {
            text += ";";
        }
        if labelled && written.has_weights() {
            text += &format!("l{place}: ");
        }
        text += &layer(written, first, here, u)?;
    }
    if mistake != Some(Mistake::Unclosed) {
        text += if u.arbitrary()? { "; >" } else { ">;" };
    }
    Ok(text)
}

fn layer(
    layer: &Layer,
    first: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let Layer { kind, taps, inputs, outputs, groups, bias } = *layer;
    let is = |other| mistake == Some(other);
    let mut arguments = Vec::new();
    let mut name = match kind {
        Kind::Conv => {
            arguments.extend([format!("out={outputs}"), format!("groups={groups}")]);
            "conv"
        }
        Kind::Depthwise => {
            arguments
                .extend((outputs != inputs || u.arbitrary()?).then(|| format!("out={outputs}")));
            "depthwise"
        }
        Kind::Dense => {
            arguments.push(format!("out={outputs}"));
            "dense"
        }
        Kind::Activation => {
            let name = *u.choose(&LAYERS)?;
            arguments.extend((name == "leaky_relu").then(|| "slope=1e-3".to_owned()));
            arguments.extend((name == "elu").then(|| "alpha=2.5".to_owned()));
            name
        }
    };
    if let Kind::Conv | Kind::Depthwise = kind {
        let taps = if is(Mistake::ZeroTaps) { 0 } else { taps };
        let padding = if u.arbitrary()? { "causal" } else { "valid" };
        arguments.extend([format!("k={taps}"), padding.to_owned()]);
        arguments.push(format!("dilation={}", u.int_in_range(1..=9)?));
        arguments.push(format!("stride={}", u.int_in_range(1..=3)?));
    }
    if layer.has_weights() {
        arguments.extend((!bias).then(|| "no_bias".to_owned()));
        arguments
            .extend(Some((*u.choose(&FLAGS)?).to_owned()).filter(|_| !is(Mistake::TwoActivations)));
    }
    match mistake {
        Some(Mistake::OtherInput) => arguments.push(format!("in={}", inputs + 1)),
        Some(Mistake::NoInput) => {}
        _ if first || u.arbitrary()? => arguments.push(format!("in={inputs}")),
        _ => {}
    }
    match mistake {
        Some(Mistake::UnknownKind) => name = "lstm",
        Some(Mistake::UnknownKey) => arguments.push("colour=3".to_owned()),
        Some(Mistake::TapsTwice) => arguments.push("k=2".to_owned()),
        Some(Mistake::TwoActivations) => arguments.extend(["relu6".to_owned(), "tanh".to_owned()]),
        _ => {}
    }
    // Their order is the user's.
    if !arguments.is_empty() {
        let turn = u.int_in_range(0..=arguments.len() - 1)?;
        arguments.rotate_left(turn);
    }
    Ok(format!("{name}({})", arguments.join(", ")))
}
