//! Whether a recorded run is one of the network.

use proc_macro2::TokenStream;

use crate::clock::Clock;
use crate::errors::{Errors, Hint, Message};
use crate::eval::{self, Replay};
use crate::frontend::ast;
use crate::graph::{Cell, Graph, Op};

use crate::frontend::weights::Reference;
use crate::numbers::{plural, rounded};
use crate::tensor::shape;

/// The largest tolerance that is given to a run that does not ask for one.
const LARGEST: f64 = 1e-3;
/// How much further off than here f32 may be on a board, whose kernels may add in another order.
const FAIR: f64 = 4.0;
/// How much further off than in the frames that are replayed approximations may be in the others.
const APPROXIMATE: f64 = 2.0;

/// Reports where it is not. The tolerance of the run becomes one that f32 can meet.
pub(crate) fn check(
    net: &ast::Net,
    graph: &Graph,
    run: &mut Reference,
    (shown, written): (&str, &TokenStream),
    errors: &mut Errors,
) {
    let checked = fits(net, graph, run).and_then(|()| reproduced(net, graph, run));
    if let Err(message) = checked {
        errors.report(written, message.after(format!("the recorded run in `{shown}` ")));
    }
}

/// Makes the tolerance of a run that `exact` reproduces one that a graph of approximations meets.
pub(crate) fn widen(run: &mut Reference, exact: &Graph, approximate: &Graph) {
    let [exact, approximate] = [exact, approximate].map(|graph| eval::replay(graph, &run.input));
    let off = approximate.distance(&exact);
    let least = Reference::TOLERANCE.max(FAIR * approximate.rounding) + APPROXIMATE * off;
    run.tolerance = run.tolerance.max(least);
}

fn fits(net: &ast::Net, graph: &Graph, run: &Reference) -> Result<(), Message> {
    let name = &net.name;
    match run.input.shape.as_slice() {
        [_, channels] if *channels == graph.inputs() => {}
        [_, channels] => {
            let taken = plural(*channels, "channel");
            let inputs = graph.inputs();
            let text = format!("has input frames of {taken}, but `{name}` takes {inputs}");
            return Err(text.into());
        }
        other => {
            let shape = shape(other);
            let text = format!("has an `input` of shape {shape}, which is not a list of frames");
            return Err(Message::new(text).help(frames_of(other, graph.inputs())));
        }
    }
    let frames = run.input.shape.first().copied().unwrap_or_default();
    if run.output.len() != frames {
        let outputs = plural(run.output.len(), "output");
        let frames = plural(frames, "frame");
        let text =
            format!("has {frames} and {outputs}, but needs one output or `null` for each frame");
        return Err(text.into());
    }
    let Clock { first, stride, frames: several, .. } = graph.clock();
    let wanted = if several == 1 { vec![graph.outputs()] } else { vec![several, graph.outputs()] };
    for (frame, output) in run.output.iter().enumerate() {
        let is_due = frame >= first && (frame - first).is_multiple_of(stride);
        match output {
            Some(_) if !is_due => {
                let text = format!("has an output for frame {frame}, but `{name}` gives `None`");
                return Err(Message::new(text).help(WHY));
            }
            None if is_due => {
                let text = format!("has no output for frame {frame}, but `{name}` gives one");
                return Err(Message::new(text).help(WHY));
            }
            Some(output) if output.shape != wanted => {
                let (found, wanted) = (shape(&output.shape), shape(&wanted));
                let text = format!(
                    "has an output of shape {found} for frame {frame}, but `{name}` gives {wanted}"
                );
                return Err(text.into());
            }
            _ => {}
        }
    }
    if run.output.iter().all(Option::is_none) {
        let help = format!("record {} or more", plural(first + 1, "frame"));
        return Err(Message::new("ends before the first output").help(help));
    }
    Ok(())
}

/// What to write for a shape that is not one of frames.
fn frames_of(shape: &[usize], channels: usize) -> String {
    let numbers: usize = shape.iter().product();
    let frames = match numbers.checked_div(channels) {
        Some(frames) if frames > 0 && numbers.is_multiple_of(channels) => frames.to_string(),
        _ => "frames".to_owned(),
    };
    format!("write ({frames}, {channels}): (frames, channels)")
}

/// Replays the run, as far as that is cheap.
fn reproduced(net: &ast::Net, graph: &Graph, run: &mut Reference) -> Result<(), Message> {
    let replay = eval::replay(graph, &run.input);
    let tolerance = run.tolerance.max(FAIR * replay.rounding);
    let pairs = replay.outputs.iter().zip(&run.output).enumerate();
    let numbers = pairs.flat_map(|(push, (given, recorded))| {
        let (given, recorded) = (given.iter().flatten(), recorded.iter());
        let recorded = recorded.flat_map(|tensor| &tensor.numbers);
        given.zip(recorded).enumerate().map(move |(channel, both)| (push, channel, both))
    });
    let is_met = |given: f64, recorded: f64| {
        (given - recorded).abs()
            <= tolerance.min(LARGEST.max(run.tolerance)) * recorded.abs().max(1.0)
    };
    for (push, channel, (given, recorded)) in numbers {
        if !is_met(*given, *recorded) {
            let name = &net.name;
            let [given, recorded] = [given, recorded].map(|number| rounded(*number));
            let text = format!(
                "is not reproduced: at push {push}, channel {channel}, `{name}` gives {given:?}, but {recorded:?} was recorded"
            );
            let message = Message::new(text).hint(overflow(graph, &replay, push));
            let orders = gate_orders(graph).filter(|_| net.are_written);
            let message = orders.fold(message, Message::note);
            return Err(message.help(if net.are_written {
                "compare each layer with the trained model: its weights, its activation, its options"
            } else {
                "record the run again, from the model in this file and in inference mode"
            }));
        }
    }
    if tolerance > LARGEST.max(run.tolerance) {
        let off = rounded(replay.rounding);
        let text = format!(
            "cannot be met in f32: the rounding of its sums alone makes a difference of {off:e}"
        );
        let message = Message::new(text).hint(overflow(graph, &replay, usize::MAX));
        let help = "train with smaller weights, or state in the file the tolerance that is enough";
        return Err(message.help(help));
    }
    run.tolerance = tolerance;
    Ok(())
}

/// A note for each kind of cell of the network: its gates in another order make tensors of the same shape.
fn gate_orders(graph: &Graph) -> impl Iterator<Item = &'static str> {
    let has = |wanted: &[Cell]| {
        graph.values().any(|value| match &graph[value].op {
            Op::Recurrent(one) => wanted.contains(&one.cell),
            _ => false,
        })
    };
    let gru = has(&[Cell::GruResetAfter, Cell::GruResetBefore]).then_some(
        "the gates of a `gru` are in the order z, r, h in a Keras `kernel`, and r, z, n in a PyTorch `weight_ih`",
    );
    let lstm = has(&[Cell::Lstm]).then_some(
        "the gates of an `lstm` are in the order i, f, c, o in a Keras `kernel`, and i, f, g, o in a PyTorch `weight_ih`",
    );
    gru.into_iter().chain(lstm)
}

/// A note on the first layer that gives what f32 has no number for, at that push or before.
fn overflow(graph: &Graph, replay: &Replay, at: usize) -> Option<Hint> {
    let layer = replay.overflow.filter(|(_, push)| *push <= at);
    let layer = layer.and_then(|(value, push)| Some((graph.layer(value)?, push)));
    layer.map(|(layer, push)| {
        let shown = layer.shown();
        let note = format!("from push {push} on, `{shown}` gives numbers that f32 does not have");
        Hint::Note(note)
    })
}

const WHY: &str = "compare the padding and stride of each layer with those of the trained model";
