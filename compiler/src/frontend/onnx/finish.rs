//! The outputs of a model: one frame of all of them, at the pushes that have it.

use super::dim::Dim;
use super::inputs::Inputs;
use super::ops::crop;
use super::proto::Graph as FileGraph;
use super::reader::{Known, Reader};
use super::recorded::{Axis, Recorded};
use super::refusal::{Result, invalid, refuse_with};
use super::state;
use super::stream::{Stream, Time};
use super::{Network, Whole};
use crate::clock::Clock;
use crate::frontend::weights::RunFiles;
use crate::graph::{Delay, Graph, Meet, Op};

/// The network, or how many pushes its input has to wait for its outputs to come at the end of a window.
pub(super) fn finish(
    mut reader: Reader<'_>,
    graph: &FileGraph<'_>,
    inputs: &Inputs,
    run: Option<&RunFiles>,
) -> Result<std::result::Result<(Graph, Network), usize>> {
    let outputs = outputs(&reader, graph, inputs)?;
    let streams: Vec<_> = outputs.iter().map(|(_, stream, _)| stream).collect();
    let aligned = same_axis(&mut reader, &streams)?;
    let mut ranges = Vec::new();
    let mut all: Option<Stream> = None;
    (reader.node, reader.layer) = (Some(("Concat".to_owned(), "outputs".to_owned())), None);
    for ((name, ..), stream) in outputs.iter().zip(aligned) {
        let value = reader.in_rows(&stream)?;
        let channels = reader.graph[value].channels;
        let stream = Stream { value, ..stream };
        let start = all.as_ref().map_or(0, |all| reader.graph[all.value].channels);
        ranges.push((name.clone(), start..start + channels));
        all = Some(match all {
            None => stream,
            Some(all) => {
                let inputs = vec![all.value, value];
                Stream { value: reader.push(Op::Concat, inputs, start + channels)?, ..all }
            }
        });
    }
    let Some(output) = all else {
        return refuse_with(
            "its outputs are states alone, and no frames",
            "export the model with the output of its last layer",
        );
    };
    let end = reader.graph[output.value].clock;
    let output = match (output.time, inputs.window) {
        (None, Some(window)) => match at_end(&mut reader, &output, window)? {
            Ok(output) => output,
            Err(delay) => return Ok(Err(delay)),
        },
        (None, None) => {
            refuse_carried(&reader, |what| what == "zeros behind the last frame")?;
            output
        }
        (Some(_), _) => output,
    };
    if reader.words.hop.is_some() && (output.time.is_some() || inputs.window.is_none()) {
        return refuse_with(
            "it has an output for every frame, and no window to hop",
            "remove `#[hop]`",
        );
    }
    let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<Vec<_>>();
    let given = names(&mut inputs.frames.iter().map(|(name, _)| name));
    let taken = names(&mut outputs.iter().map(|(name, ..)| name));
    let [given, taken] =
        [&given, &taken].map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
    let recorded = match run {
        Some(run) => Some(Recorded::of_files(&reader, graph, run, &given, &taken)),
        None => Recorded::of(&reader, &given, &taken),
    };
    // A model of one step has its outputs along the axis of its pushes.
    let is_whole = output.time.is_none() && inputs.axes.iter().all(|axis| *axis != Axis::Pushes);
    let axis = |stream: &Stream| match stream.time {
        Some(time) => Axis::Time(time.axis),
        None if is_whole => Axis::Whole,
        None => Axis::Pushes,
    };
    let mut graph: Graph = reader.graph;
    graph.output = output.value;
    graph.meet = Meet::InOrder;
    let whole = Whole {
        graph: graph.clone(),
        behind: reader.behind,
        window: inputs.window.filter(|_| output.time.is_none()),
        is_newest: is_whole,
        inputs: inputs.axes.clone(),
        outputs: outputs.iter().map(|(_, stream, _)| axis(stream)).collect(),
        carries: !reader.carried.is_empty()
            && inputs.window.is_some_and(|window| !is_inside(end, window))
            && output.time.is_none(),
    };
    let several = |ranges: Vec<_>| if ranges.len() > 1 { ranges } else { Vec::new() };
    let (outputs, inputs) = (several(ranges), several(inputs.frames.clone()));
    Ok(Ok((graph, Network { outputs, inputs, whole, recorded })))
}

/// The name of an output, what it is, and whether it is the last state of a cell.
type Output = (String, Stream, bool);

/// The outputs that a stream gives.
fn outputs(reader: &Reader<'_>, graph: &FileGraph<'_>, inputs: &Inputs) -> Result<Vec<Output>> {
    let mut outputs: Vec<Output> = Vec::new();
    for (place, output) in graph.outputs.iter().enumerate() {
        let Some(known) = reader.known.get(output.name).cloned() else {
            return invalid(format!("no node gives its output `{}`", output.name));
        };
        if let Some((state, input, _)) = inputs.states.iter().find(|(.., next)| *next == place) {
            state::check(reader, [state, output.name], *input, &known)?;
            continue;
        }
        let is_state = state::of(reader, &known).is_some();
        match known.as_ref() {
            Known::Stream(stream) if stream.padding == [0, 0] => {
                outputs.push((output.name.to_owned(), stream.clone(), is_state));
            }
            Known::Stream(_) => {
                return refuse_with(
                    format!(
                        "its output `{}` has zeros before the first or behind the last frame",
                        output.name
                    ),
                    "pad right before a convolution, with zeros",
                );
            }
            // The last state of a cell, which a stream keeps.
            Known::State(_) => {}
            Known::Constant(_) | Known::Condition(_) => {
                return refuse_with(
                    format!("its output `{}` does not depend on frames", output.name),
                    "remove this output from the model",
                );
            }
        }
    }
    // The last state of a cell beside other outputs is none that a stream gives.
    if outputs.iter().any(|(_, _, is_state)| !is_state) {
        outputs.retain(|(_, _, is_state)| !is_state);
    }
    Ok(outputs)
}

/// The outputs as rows of one frame each, whose axes of time are the same.
fn same_axis(reader: &mut Reader<'_>, streams: &[&Stream]) -> Result<Vec<Stream>> {
    let mut rows = Vec::new();
    for stream in streams {
        let time = stream.time.map(|time| Time { axis: 0, ..time });
        let shape = if time.is_some() {
            vec![1, stream.places.items.len()]
        } else {
            vec![stream.places.items.len()]
        };
        rows.push(stream.reshaped(shape, time));
    }
    let both =
        (rows.iter().find(|row| row.time.is_some()), rows.iter().find(|row| row.time.is_none()));
    if let (Some(_), Some(_)) = both {
        return refuse_with(
            "some of its outputs have a number for every frame, and others one for the whole sequence",
            "export one model for each of the two",
        );
    }
    super::ops::joined(reader, &rows.iter().collect::<Vec<_>>())
}

/// The output of a window at the push of its last frame.
fn at_end(
    reader: &mut Reader<'_>,
    output: &Stream,
    window: usize,
) -> Result<std::result::Result<Stream, usize>> {
    let clock = reader.graph[output.value].clock;
    if !reader.words.carries && !is_inside(clock, window) {
        refuse_carried(reader, |_| true)?;
    }
    let channels = reader.graph[output.value].channels;
    let mut output = output.clone();
    if let Some(early) =
        window.saturating_sub(1).checked_sub(clock.first).filter(|early| *early > 0)
    {
        if !early.is_multiple_of(clock.stride) {
            return Ok(Err(early));
        }
        let delay = Delay { frames: early / clock.stride, aligns: false };
        output.value = reader.push(Op::Delay(delay), vec![output.value], channels)?;
    }
    if let Some(hop) = reader.words.hop {
        if !hop.is_multiple_of(clock.stride) || hop == 0 {
            return refuse_with(
                format!(
                    "its strides give an output every {} pushes, and a hop of {hop} is no multiple of that",
                    clock.stride
                ),
                format!("write `#[hop = {}]`, or another multiple of {0}", clock.stride),
            );
        }
        output = crop(reader, &output, 0, hop / clock.stride, Dim::number(1))?;
    }
    Ok(Ok(output))
}

/// Whether an output depends on no frame but those of its own window, so that what is beside a window makes no difference.
fn is_inside(clock: Clock, window: usize) -> bool {
    let early = window.saturating_sub(1).checked_sub(clock.first);
    early.is_some_and(|early| clock.reach().saturating_add(early) < window)
}

/// Refuses a window that would see other frames in a stream than alone.
fn refuse_carried(reader: &Reader<'_>, counts: impl Fn(&str) -> bool) -> Result<()> {
    let mut carried = reader.carried.iter().filter(|(_, what)| counts(what));
    let Some((name, what)) = carried.next() else { return Ok(()) };
    if reader.words.carries {
        return Ok(());
    }
    let more = match carried.count() {
        0 => String::new(),
        1 => ", and so has 1 more node".to_owned(),
        more => format!(", and so have {more} more nodes"),
    };
    refuse_with(
        format!(
            "in each window of the model, `{name}` has {what}{more}; in a stream it has the frames beside the window instead"
        ),
        "write `#[carry]` to accept that: the documentation of the struct then states how far the outputs differ; or train without padding over time",
    )
}
