//! Slimmable models: the first channels of each matrix are a smaller model.

use super::config::Config;
use super::stack::Stack;
use super::{Problem, Result};
use crate::errors::Message;
use crate::frontend::ast::{Choice, Number};
use crate::frontend::build::limits::MOST;
use crate::suggest::list;
use crate::tensor::Tensor;

/// The first so many of each dimension.
pub(super) fn first(tensor: Tensor, shape: &[usize]) -> Tensor {
    if tensor.shape == shape {
        return tensor;
    }
    let mut kept = Vec::new();
    rows(&tensor.numbers, &tensor.shape, shape, &mut kept);
    Tensor { shape: shape.to_vec(), numbers: kept }
}

fn rows(numbers: &[f64], full: &[usize], slim: &[usize], kept: &mut Vec<f64>) {
    let ([_, full @ ..], [count, slim @ ..]) = (full, slim) else {
        kept.extend(numbers);
        return;
    };
    let row = full.iter().product::<usize>().max(1);
    numbers.chunks(row).take(*count).for_each(|numbers| rows(numbers, full, slim, kept));
}

/// The channels that each of some layer arrays may be sliced to, from few to many: all of them are there last. None where
/// it is not slimmable.
fn allowed(array: &Config<'_>) -> Result<Option<Vec<usize>>> {
    if array.find("slimmable").is_none() {
        return Ok(None);
    }
    let slimmable = array.object("slimmable")?;
    let method = slimmable.text("method")?;
    if method != "slice_channels_uniform" {
        return Err(slimmable.refuse("method", &format!("is {method:?}, which is not read")));
    }
    let allowed = slimmable.object("kwargs")?.counts("allowed_channels")?;
    let channels = array.count("channels")?;
    if !allowed.is_sorted() || allowed.last() != Some(&channels) {
        let why = format!("must be a list that goes up to {channels}, the channels of the array");
        return Err(slimmable.refuse("kwargs.allowed_channels", &why));
    }
    Ok(Some(allowed))
}

/// The stacks of a smaller model.
pub(super) fn stacks(
    model: &Config<'_>,
    arrays: &[Config<'_>],
    full: &[Stack],
    slim: &Choice,
) -> Result<Vec<Stack>> {
    let channels = channels(model, arrays, slim)?;
    let mut stacks = full.to_vec();
    let mut inputs = None;
    for (place, stack) in stacks.iter_mut().enumerate() {
        if stack.head.k > 1
            || stack.groups != [1; 3]
            || stack.tap.is_some_and(|[_, groups]| groups > 1)
        {
            let why = Message::new(
                "the model has groups or a head of several taps, which are not slimmed",
            );
            return Err(at(slim, model.problem(why.help("remove `slim`"))));
        }
        if !stack.films.is_empty() {
            let why = Message::new("the model has `FiLM`, which is not slimmed");
            return Err(at(slim, model.problem(why.help("remove `slim`"))));
        }
        let own = channels.get(place).copied().unwrap_or(stack.channels);
        stack.bottleneck = (stack.bottleneck * own / stack.channels).max(1);
        stack.channels = own;
        stack.inputs = inputs.replace(own).unwrap_or(stack.inputs);
        // The sum goes on to the next stack.
        stack.head.outputs = channels.get(place + 1).copied().unwrap_or(stack.head.outputs);
    }
    Ok(stacks)
}

/// The channels of each layer array that are left.
fn channels(model: &Config<'_>, arrays: &[Config<'_>], slim: &Choice) -> Result<Vec<usize>> {
    let all: Vec<_> = arrays.iter().map(allowed).collect::<Result<_>>()?;
    let Some(first) = all.iter().flatten().next() else {
        return Err(not_slimmable(model, slim));
    };
    let wanted = slim.number.as_ref().and_then(Number::count).unwrap_or(MOST);
    let Some(place) = first.iter().position(|channels| *channels == wanted) else {
        let choices: Vec<_> = first.iter().map(|count| format!("#[slim = {count}]")).collect();
        let help = format!("write {}", list(choices.iter().map(String::as_str)));
        let why = Message::new(format!("the model cannot be slimmed to {wanted} channels"));
        return Err(at(slim, model.problem(why.help(help))));
    };
    // The others are slimmed as far, as NAM does by a ratio.
    let counts = arrays.iter().zip(&all).map(|(array, allowed)| match allowed {
        Some(allowed) => {
            let place = place * allowed.len() / first.len();
            Ok(allowed.get(place).copied().unwrap_or_default())
        }
        None => array.count("channels"),
    });
    counts.collect()
}

/// What there is to say where a model has one size.
pub(super) fn not_slimmable(model: &Config<'_>, slim: &Choice) -> Problem {
    let message = model.problem(Message::new("the model is not slimmable").help("remove `slim`"));
    at(slim, message)
}

/// A problem that is put right where something is chosen.
pub(super) fn at(choice: &Choice, problem: Problem) -> Problem {
    let at = choice.number.as_ref().map(|number| number.tokens.clone());
    Problem { at, ..problem }
}
