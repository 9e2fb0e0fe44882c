//! Whether a recorded run can be one of the network.

use crate::clock::Clock;
use crate::errors::Errors;
use crate::frontend::ast;
use crate::graph::Graph;

use crate::frontend::weights::{Reference, Source};
use crate::numbers::plural;
use crate::tensor::shape;

/// Reports where it is not.
pub(crate) fn check(
    net: &ast::Net,
    graph: &Graph,
    run: &Reference,
    source: &Source,
    errors: &mut Errors,
) {
    if let Err(message) = fits(net, graph, run) {
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

const WHY: &str =
    "\nhelp: compare the padding and stride of each layer with those of the trained model";
