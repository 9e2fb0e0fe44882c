//! Whether a recorded run is one of the network.

use crate::clock::Clock;
use crate::errors::Errors;
use crate::eval::{self, Replay};
use crate::frontend::ast;
use crate::graph::Graph;

use crate::frontend::weights::{Reference, Source};
use crate::numbers::{plural, rounded};
use crate::tensor::shape;

/// The largest tolerance that is given to a run that does not ask for one.
const LARGEST: f64 = 1e-3;
/// How much further off than here f32 may be on a board, whose kernels may add in another order.
const FAIR: f64 = 4.0;

/// Reports where it is not. The tolerance of the run becomes one that f32 can meet.
pub(crate) fn check(
    net: &ast::Net,
    graph: &Graph,
    run: &mut Reference,
    source: &Source,
    errors: &mut Errors,
) {
    let checked = fits(net, graph, run).and_then(|()| reproduced(net, graph, run));
    if let Err(message) = checked {
        let message = format!("the recorded run in `{}` {message}", source.shown);
        errors.report(&source.written, message);
    }
}

fn fits(net: &ast::Net, graph: &Graph, run: &Reference) -> Result<(), String> {
    let name = &net.name;
    match run.input.shape.as_slice() {
        [_, channels] if *channels == graph.inputs() => {}
        [_, channels] => {
            let taken = plural(*channels, "channel");
            return Err(format!(
                "has input frames of {taken}, but `{name}` takes {}",
                graph.inputs()
            ));
        }
        other => {
            return Err(format!(
                "has an `input` of shape {}, which is not a list of frames",
                shape(other)
            ));
        }
    }
    let frames = run.input.shape.first().copied().unwrap_or_default();
    if run.output.len() != frames {
        let answers = plural(run.output.len(), "output");
        return Err(format!(
            "has {} and {answers}, but needs one output or `null` for each frame",
            plural(frames, "frame")
        ));
    }
    let Clock { first, stride, frames: several, .. } = graph.clock();
    let wanted = if several == 1 { vec![graph.outputs()] } else { vec![several, graph.outputs()] };
    for (frame, answer) in run.output.iter().enumerate() {
        let is_due = frame >= first && (frame - first).is_multiple_of(stride);
        match answer {
            Some(_) if !is_due => {
                return Err(format!(
                    "has an output for frame {frame}, but `{name}` gives `None`{WHY}"
                ));
            }
            None if is_due => {
                return Err(format!(
                    "has no output for frame {frame}, but `{name}` gives one{WHY}"
                ));
            }
            Some(answer) if answer.shape != wanted => {
                let (found, wanted) = (shape(&answer.shape), shape(&wanted));
                return Err(format!(
                    "has an output of shape {found} for frame {frame}, but `{name}` gives {wanted}"
                ));
            }
            _ => {}
        }
    }
    if run.output.iter().all(Option::is_none) {
        return Err(format!(
            "ends before the first output\nhelp: record {} or more",
            plural(first + 1, "frame")
        ));
    }
    Ok(())
}

/// Replays the run, as far as that is cheap.
fn reproduced(net: &ast::Net, graph: &Graph, run: &mut Reference) -> Result<(), String> {
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
            return Err(format!(
                "is not reproduced: at push {push}, channel {channel}, `{name}` gives {given:?}, but {recorded:?} was \
                 recorded{}\nhelp: compare each layer with the trained model: its weights, its activation, its options",
                overflow(graph, &replay, push)
            ));
        }
    }
    if tolerance > LARGEST.max(run.tolerance) {
        let off = rounded(replay.rounding);
        return Err(format!(
            "cannot be met in f32: the rounding of its sums alone makes a difference of {off:e}{}\n\
             help: train with smaller weights, or state in the file the tolerance that is enough",
            overflow(graph, &replay, usize::MAX)
        ));
    }
    run.tolerance = tolerance;
    Ok(())
}

/// A note on the first layer that gives what f32 has no number for, at that push or before.
fn overflow(graph: &Graph, replay: &Replay, at: usize) -> String {
    let layer = replay.overflow.filter(|(_, push)| *push <= at);
    let layer = layer.and_then(|(value, push)| Some((graph.layer(value)?, push)));
    layer.map_or_else(String::new, |(layer, push)| {
        format!(
            "\nnote: from push {push} on, `{}` gives numbers that f32 does not have",
            layer.shown()
        )
    })
}

const WHY: &str =
    "\nhelp: compare the padding and stride of each layer with those of the trained model";
