//! The inputs of a model: frames, states, and constants that the user says.

use std::ops::Range;

use super::Words;
use super::array::Array;
use super::constant::Constant;
use super::dim::Dim;
use super::proto::{Graph, Info, Length, Model};
use super::reader::{Known, Reader};
use super::recorded::Axis;
use super::refusal::{Result, refuse_with};
use super::state::{self, Kept};
use super::stream::{Stream, Time};
use super::tensor::is_float;
use crate::graph::{Delay, Op, Value};

/// What is known of the inputs.
pub(super) struct Inputs {
    /// The channels of a frame that each input has.
    pub(super) frames: Vec<(String, Range<usize>)>,
    /// States: the name and number of each input, and the number of the output that is its next value.
    pub(super) states: Vec<(String, usize, usize)>,
    /// The frames of a window, where the model has a fixed length.
    pub(super) window: Option<usize>,
    /// Along what each of them goes on.
    pub(super) axes: Vec<Axis>,
}

/// The key under which an exporter writes the axis of time.
const TIME: &str = "streaming_net.time";

pub(super) fn declare<'b>(
    reader: &mut Reader<'b>,
    model: &Model<'b>,
    delay: usize,
) -> Result<Inputs> {
    let graph = &model.graph;
    // In old files, constants are among the inputs.
    let is_constant = |name: &str| graph.constants.iter().any(|tensor| tensor.name == name);
    let all: Vec<&Info<'b>> =
        graph.inputs.iter().filter(|input| !is_constant(input.name)).collect();
    let words = reader.words;
    for (name, number) in &words.inputs {
        let Some(input) = all.iter().find(|input| input.name == name) else {
            let names: Vec<_> = all.iter().map(|input| input.name).collect();
            return refuse_with(
                format!("it has no input `{name}`"),
                format!("its inputs are {}", names.join(", ")),
            );
        };
        reader.know(input.name, Known::Constant(said(input, *number)));
    }
    let is_said = |input: &&&Info<'b>| words.inputs.iter().any(|(name, _)| name == input.name);
    let others: Vec<&Info<'b>> = all.iter().filter(|input| !is_said(input)).copied().collect();
    let pairs = state::pairs(graph, &others, &words.states)?;
    let mut states = Vec::new();
    for (input, output) in pairs {
        let Some(info) = others.get(input) else { continue };
        let shape = lengths(info, words)?;
        let shape: Vec<_> = shape.into_iter().map(|length| length.unwrap_or(1)).collect();
        reader.charge(&shape)?;
        let count: usize = shape.iter().product();
        let items = (0..count).map(|place| Kept::Input { input, place }).collect();
        reader.know(info.name, Known::State(Array { shape, items }));
        states.push((info.name.to_owned(), input, output));
    }
    let is_state = |info: &Info<'_>| states.iter().any(|(name, ..)| name == info.name);
    let frames: Vec<_> = others.iter().filter(|info| !is_state(info)).copied().collect();
    let default =
        model.metadata.iter().find(|(key, _)| *key == TIME).and_then(|(_, axis)| axis.parse().ok());
    let mut shapes = Vec::new();
    let (mut channels, mut window, mut axes) = (0_usize, None, Vec::new());
    for info in &frames {
        real(graph, info)?;
        let lengths = lengths(info, words)?;
        let along = time_axis(info, &lengths, words.time.or(default), !states.is_empty())?;
        let mut shape: Vec<_> = lengths.iter().map(|length| length.unwrap_or(1)).collect();
        let mut time = None;
        if let Some(axis) = along
            && let Some(length) = shape.get_mut(axis)
        {
            let fixed = lengths.get(axis).copied().flatten();
            *length = 1;
            let own = match (words.window, fixed) {
                (Some(said), Some(own)) if said != own => {
                    return refuse_with(
                        format!("the input `{}` has {own} frames, not {said}", info.name),
                        "remove `#[window]`",
                    );
                }
                (said, own) => said.or(own),
            };
            window = window.or(own);
            time = Some(Time { axis, length: own.map_or(Dim::INPUT, Dim::size) });
        }
        axes.push(time.map_or(Axis::Pushes, |time| Axis::Time(time.axis)));
        reader.charge(&shape)?;
        let count: usize = shape.iter().product();
        shapes.push((info.name, shape, time, channels..channels + count));
        channels += count;
    }
    if channels == 0 {
        return refuse_with(
            "none of its inputs has frames",
            "remove the input of frames from `#[input(…)]`",
        );
    }
    let mut value = Value::INPUT;
    reader.graph[value].channels = channels;
    if delay > 0 {
        // What comes at the end of the window, and not before.
        let op = Op::Delay(Delay { frames: delay, aligns: false });
        value = reader.push(op, vec![value], channels)?;
    }
    let mut ranges = Vec::new();
    for (name, shape, time, range) in shapes {
        let places = Array { shape, items: range.clone().collect() };
        let stream = Stream { value, places, time, padding: [0, 0], is_newest: false };
        reader.know(name, Known::Stream(stream));
        ranges.push((name.to_owned(), range));
    }
    Ok(Inputs { frames: ranges, states, window, axes })
}

/// Refuses frames of whole numbers, which other nodes than casts would round or let overflow.
fn real(graph: &Graph<'_>, info: &Info<'_>) -> Result<()> {
    if info.data_type == 0 || is_float(info.data_type) == Some(true) {
        return Ok(());
    }
    let name = info.name;
    let is_cast = |op: &str| matches!(op, "Cast" | "CastLike" | "Shape" | "DequantizeLinear");
    let mut readers = graph.nodes.iter().filter(|node| node.inputs.contains(&name));
    if is_float(info.data_type) == Some(false) && readers.all(|node| is_cast(node.op)) {
        return Ok(());
    }
    refuse_with(
        format!("the input `{name}` has whole numbers, but frames are f32"),
        format!(
            "export the model with `{name}` in float32; if it is a constant, state its value: `#[input({name} = 1)]`"
        ),
    )
}

/// A constant in the shape of the input that it is.
fn said(input: &Info<'_>, number: f64) -> Constant {
    let rank = input.shape.as_ref().map_or(0, Vec::len);
    let floats = Constant::Floats(Array { shape: vec![1; rank], items: vec![number] });
    let ints = floats.numbers().map(|numbers| {
        let items = numbers.into_iter().map(Dim::number).collect();
        Constant::Ints(Array { shape: vec![1; rank], items })
    });
    ints.unwrap_or(floats)
}

/// The lengths of an input's axes; `None` for one that differs.
fn lengths(info: &Info<'_>, words: &Words) -> Result<Vec<Option<usize>>> {
    if let Some((_, shape)) = words.shapes.iter().find(|(name, _)| name == info.name) {
        return Ok(shape.iter().map(|length| Some(*length)).collect());
    }
    let Some(shape) = &info.shape else {
        return refuse_with(
            format!("the shape of the input `{}` is not in the file", info.name),
            format!("state it: `#[shape({} = [1, 576])]`", info.name),
        );
    };
    let length = |length: &Length<'_>| match length {
        Length::Number(number) => usize::try_from(*number).ok().filter(|length| *length > 0),
        Length::Name(_) => None,
    };
    Ok(shape.iter().map(length).collect())
}

/// Which axis of an input is time; `None` where each push has all of it.
fn time_axis(
    info: &Info<'_>,
    lengths: &[Option<usize>],
    said: Option<usize>,
    has_states: bool,
) -> Result<Option<usize>> {
    let shown = || {
        let names = info.shape.as_deref().unwrap_or_default();
        let length = |(axis, length): (usize, &Option<usize>)| match (length, names.get(axis)) {
            (Some(length), _) => length.to_string(),
            (None, Some(Length::Name(name))) if !name.is_empty() => (*name).to_owned(),
            _ => "?".to_owned(),
        };
        let shown: Vec<_> = lengths.iter().enumerate().map(length).collect();
        format!("({})", shown.join(", "))
    };
    if let Some(axis) = said {
        if axis >= lengths.len() {
            return refuse_with(
                format!("the input `{}` {} has no axis {axis}", info.name, shown()),
                format!(
                    "write `#[time = …]` with a number from 0 to {}",
                    lengths.len().saturating_sub(1)
                ),
            );
        }
        let unknown =
            lengths.iter().enumerate().filter(|(at, length)| *at != axis && length.is_none());
        // A batch is of one.
        if let Some((other, _)) = unknown.into_iter().find(|(at, _)| *at != 0) {
            return refuse_with(
                format!(
                    "axis {other} of the input `{}` {} has no fixed length, and is not time",
                    info.name,
                    shown()
                ),
                format!("state its shape: `#[shape({} = [1, 576])]`", info.name),
            );
        }
        return Ok(Some(axis));
    }
    let growing: Vec<_> = lengths
        .iter()
        .enumerate()
        .filter(|(_, length)| length.is_none())
        .map(|(axis, _)| axis)
        .collect();
    match growing.as_slice() {
        // One number of axes for each push.
        [] if lengths.len() <= 2 || has_states => Ok(None),
        [0] if lengths.len() == 2 => Ok(Some(0)),
        [0] | [] => refuse_with(
            format!(
                "the file does not say which axis of the input `{}` {} is time",
                info.name,
                shown()
            ),
            "state it, counted from 0: `#[time = 1]`",
        ),
        [axis] | [0, axis] => Ok(Some(*axis)),
        _ => refuse_with(
            format!("the input `{}` {} has several axes of no fixed length", info.name, shown()),
            format!(
                "state its shape, `#[shape({} = [1, 576])]`, and which axis is time, `#[time = 1]`",
                info.name
            ),
        ),
    }
}
