//! The macro call.

use arbitrary::{Result, Unstructured};

use super::{Kind, Layer, Mistake, Place};

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
        text += &labelled_layer(written, labelled, first, here, u)?;
        if first {
            let no_dilations =
                format!("; wavenet(channels={}, k=2, dilations=[])", written.outputs);
            text += match mistake {
                Some(Mistake::OneBranch) => "; sum < relu() >",
                Some(Mistake::SquareBrackets) => "; residual[tanh()]",
                Some(Mistake::TapOfNothing) => "; skip()",
                Some(Mistake::NoDilations) => &no_dilations,
                _ => "",
            };
        }
    }
    if mistake == Some(Mistake::StrayClose) {
        text += ">>";
    } else if mistake != Some(Mistake::Unclosed) {
        text += if u.arbitrary()? { "; >" } else { ">;" };
    }
    Ok(text)
}

fn labelled_layer(
    written: &Layer,
    labelled: bool,
    first: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let label = if labelled && written.entries() > 0 {
        format!("l{}: ", written.id)
    } else {
        String::new()
    };
    let mut text = label + &layer(written, first, mistake, u)?;
    if written.other.branches.is_empty() {
        return Ok(text);
    }
    let mut branches = Vec::new();
    for branch in &written.other.branches {
        let layers: Result<Vec<_>> =
            branch.iter().map(|layer| labelled_layer(layer, labelled, false, None, u)).collect();
        branches.push(layers?.join("; "));
    }
    text += &format!(" < {} >", branches.join(" | "));
    Ok(text)
}

fn layer(
    layer: &Layer,
    first: bool,
    mistake: Option<Mistake>,
    u: &mut Unstructured<'_>,
) -> Result<String> {
    let Layer { kind, taps, inputs, outputs, groups, bias, place, .. } = *layer;
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
        Kind::Other => return Ok(layer.other.written.clone()),
    };
    if let Kind::Conv | Kind::Depthwise = kind {
        let taps = if is(Mistake::ZeroTaps) { 0 } else { taps };
        let paddings = ["causal", "valid", "same", "pad=1"];
        let at_most = match place {
            Place { upsampled: true, .. } => 0,
            // Strides fit no `same`, and one tap no `pad`.
            Place { depth: 0, .. } => 1,
            _ if taps == 1 => 2,
            _ => 3,
        };
        let padding = paddings[u.int_in_range(0..=at_most)?];
        arguments.extend([format!("k={taps}"), padding.to_owned()]);
        arguments.push(format!("dilation={}", u.int_in_range(1..=9)?));
        let strides = if place.upsampled || place.depth > 0 { 1 } else { 3 };
        arguments.push(format!("stride={}", u.int_in_range(1..=strides)?));
    }
    if kind != Kind::Activation {
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
        Some(Mistake::UnknownKind) => name = "svdf",
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
