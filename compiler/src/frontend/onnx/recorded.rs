//! The run that an exporter records beside a model: `reference.input` and `reference.output` among its constants, or
//! `reference.input.x` for each input `x`, and the same for outputs.

use super::Whole;
use super::array::{Array, Rearrangement};
use super::proto::{Graph, Info};
use super::reader::{Known, Reader};
use super::tensor;
use crate::eval;
use crate::frontend::weights::{Reference, RunFiles};
use crate::graph;
use crate::numbers::rounded;
use crate::tensor::{Tensor, shape};

/// How far off a model may be from its own run, computed in f64: the run is a framework's, in f32.
const FAIR: f64 = 4.0;

/// What was recorded, in the shapes of the model's inputs and outputs.
pub(crate) struct Recorded {
    inputs: Vec<Array<f64>>,
    outputs: Vec<Array<f64>>,
}

impl Recorded {
    /// The run in the model's own file, where it has one.
    pub(super) fn of(
        reader: &Reader<'_>,
        inputs: &[&str],
        outputs: &[&str],
    ) -> Option<Result<Self, String>> {
        let constant = |name: &str| match reader.known.get(name).map(AsRef::as_ref) {
            Some(Known::Constant(constant)) => constant.floats(),
            _ => None,
        };
        let find = |kind: &str, names: &[&str]| -> Vec<(String, Option<Array<f64>>)> {
            if let ([_], Some(array)) = (names, constant(kind)) {
                return vec![(kind.to_owned(), Some(array))];
            }
            let name = |name: &&str| format!("{kind}.{name}");
            names.iter().map(name).map(|name| (name.clone(), constant(&name))).collect()
        };
        let both = [find("reference.input", inputs), find("reference.output", outputs)];
        if both.iter().flatten().all(|(_, array)| array.is_none()) {
            return None;
        }
        let all = |found: Vec<(String, Option<Array<f64>>)>| -> Result<Vec<_>, String> {
            let found = found.into_iter();
            found.map(|(name, array)| array.ok_or(format!("has no `{name}`"))).collect()
        };
        let [inputs, outputs] = both.map(all);
        Some(inputs.and_then(|inputs| Ok(Self { inputs, outputs: outputs? })))
    }

    /// The run in a folder. A file belongs to the input or output whose name its tensor has, or whose number its own name has.
    pub(super) fn of_files(
        reader: &Reader<'_>,
        graph: &Graph<'_>,
        run: &RunFiles,
        inputs: &[&str],
        outputs: &[&str],
    ) -> Result<Self, String> {
        let is_constant = |name: &str| graph.constants.iter().any(|tensor| tensor.name == name);
        let names = |infos: &[Info<'_>]| -> Vec<String> {
            let own = infos.iter().filter(|info| !is_constant(info.name));
            own.map(|info| info.name.to_owned()).collect()
        };
        let given = named(&run.inputs, "input", &names(&graph.inputs))?;
        for (name, array) in &given {
            match reader.known.get(name.as_str()).map(AsRef::as_ref) {
                Some(Known::Constant(constant)) => {
                    let differs = |number: f64| array.items.iter().any(|own| *own != number);
                    if let Some(number) = constant.number().filter(|number| differs(*number)) {
                        return Err(format!(
                            "has other numbers for the input `{name}` than {number}, which `#[input({name} = {number})]` states"
                        ));
                    }
                }
                Some(Known::State(_)) if array.items.iter().any(|number| *number != 0.0) => {
                    return Err(format!("starts from a state `{name}` that is not zero"));
                }
                _ => {}
            }
        }
        let taken = named(&run.outputs, "output", &names(&graph.outputs))?;
        let wanted = |found: &[(String, Array<f64>)], kind: &str, wanted: &[&str]| {
            let one = |name: &&str| {
                let own = found.iter().find(|(own, _)| own == name).map(|(_, array)| array.clone());
                own.ok_or(format!("has no file for the {kind} `{name}`"))
            };
            wanted.iter().map(one).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            inputs: wanted(&given, "input", inputs)?,
            outputs: wanted(&taken, "output", outputs)?,
        })
    }
}

/// The tensors of files, each with the name that it has in the model.
fn named(
    files: &[Vec<u8>],
    kind: &str,
    names: &[String],
) -> Result<Vec<(String, Array<f64>)>, String> {
    let mut all: Vec<(String, Array<f64>)> = Vec::new();
    for (place, bytes) in files.iter().enumerate() {
        let file = format!("{kind}_{place}.pb");
        let Ok(tensor) = tensor::read(bytes) else {
            return Err(format!("has a file `{file}` that is no tensor of ONNX"));
        };
        let numbers =
            tensor.constant().map_err(|why| format!("has a file `{file}` that {}", why.why))?;
        let Some(array) = numbers.floats() else {
            return Err(format!("has a file `{file}` without numbers"));
        };
        let name = match tensor.name {
            "" => names.get(place),
            name => names.iter().find(|own| *own == name),
        };
        let Some(name) = name else {
            let shown = if tensor.name.is_empty() { "" } else { tensor.name };
            let whose = if shown.is_empty() {
                format!("of more {kind}s than the model has")
            } else {
                format!("of the {kind} `{shown}`, which the model does not have")
            };
            return Err(format!(
                "has a file `{file}` {whose}: its {kind}s are {}",
                names.join(", ")
            ));
        };
        if all.iter().any(|(own, _)| own == name) {
            return Err(format!("has two files for the {kind} `{name}`"));
        }
        all.push((name.clone(), array));
    }
    Ok(all)
}

impl Whole {
    /// The run as frames and outputs of the stream whose graph is `graph`. Where a window sees other frames in a stream than
    /// alone, the outputs are those of the stream, and `apart` says how far they are from the model's.
    pub(crate) fn reference(
        &self,
        graph: &graph::Graph,
        recorded: &Recorded,
    ) -> Result<(Reference, Option<f64>), String> {
        for (arrays, what) in [(&recorded.inputs, "input"), (&recorded.outputs, "output")] {
            let mut numbers = arrays.iter().flat_map(|array| &array.items);
            if let Some(number) = numbers.find(|number| !rounded(**number).is_finite()) {
                let which =
                    if number.is_nan() { "NaN" } else { "a number that is too large for f32" };
                return Err(format!("has {which} in its {what}"));
            }
        }
        let frames = rows(&recorded.inputs, &self.inputs)?;
        let outputs = rows(&recorded.outputs, &self.outputs)?;
        let [channels, numbers] = [graph.inputs(), graph.outputs()];
        for (rows, wanted, what) in [(&frames, channels, "input"), (&outputs, numbers, "output")] {
            if let Some(row) = rows.iter().find(|row| row.len() != wanted) {
                return Err(format!(
                    "has an {what} of {} numbers a frame, where the model has {wanted}",
                    row.len()
                ));
            }
        }
        if self.carries {
            return self.carried(graph, &frames, &outputs).map(|(run, apart)| (run, Some(apart)));
        }
        let run = Tensor { shape: vec![frames.len(), channels], numbers: frames.concat() };
        let clock = graph.clock();
        let known = |push: usize| -> Option<Vec<f64>> {
            let place = push.checked_sub(clock.first)?;
            let place = place.is_multiple_of(clock.stride).then(|| place / clock.stride)?;
            // One output for the whole of a sequence belongs to its last frame.
            if self.is_newest {
                return (push + 1 == frames.len()).then(|| outputs.first().cloned()).flatten();
            }
            let own = outputs.get(place * clock.frames..(place + 1) * clock.frames)?;
            Some(own.concat())
        };
        let replay = eval::replay(graph, &run);
        let given = |push: usize| replay.outputs.get(push).cloned().flatten();
        let all: Vec<_> =
            (0..frames.len()).map(|push| known(push).or_else(|| given(push))).collect();
        Ok((of_pushes(graph, run, &all), None))
    }

    /// The run of a window that sees the frames before it, and how far its outputs are from those of the model alone.
    fn carried(
        &self,
        graph: &graph::Graph,
        frames: &[Vec<f64>],
        outputs: &[Vec<f64>],
    ) -> Result<(Reference, f64), String> {
        let window = self.window.unwrap_or(frames.len());
        if frames.len() < window {
            return Err(format!("has {} frames, fewer than the window's {window}", frames.len()));
        }
        // The run again and again, until a window has frames of others before it.
        let clock = graph.clock();
        let start = window.next_multiple_of(clock.stride);
        let pushes = clock.first + 1 + start;
        let once = frames.get(..window).unwrap_or_default().to_vec();
        let frames: Vec<_> = frames.iter().cycle().take(pushes).cloned().collect();
        let run = Tensor { shape: vec![pushes, graph.inputs()], numbers: frames.concat() };
        let replay = eval::replay(graph, &run);
        let alone = self.alone(once).unwrap_or_default();
        let recorded = outputs.first().map(Vec::as_slice).unwrap_or_default();
        let tolerance = Reference::TOLERANCE.max(FAIR * replay.rounding);
        if let Some((given, recorded)) = differs(&alone, recorded, tolerance) {
            return Err(format!(
                "is not reproduced: the model gives {given:?}, but {recorded:?} was recorded"
            ));
        }
        let mut apart = 0.0_f64;
        for start in [0, start] {
            let again = frames.get(start..start + window).unwrap_or_default().to_vec();
            let given = replay.outputs.get(start + clock.first).cloned().flatten();
            for (alone, given) in self.alone(again).iter().flatten().zip(given.iter().flatten()) {
                apart = apart.max((alone - given).abs());
            }
        }
        Ok((of_pushes(graph, run, &replay.outputs), apart))
    }

    /// What the model gives for a window by itself.
    fn alone(&self, frames: Vec<Vec<f64>>) -> Option<Vec<f64>> {
        eval::sequence(&self.graph, &self.behind, frames).into_iter().next()
    }
}

/// The first two numbers that are further apart than that part of themselves, or of 1.
fn differs(given: &[f64], recorded: &[f64], tolerance: f64) -> Option<(f64, f64)> {
    let mut pairs = given.iter().copied().zip(recorded.iter().copied());
    pairs.find(|(given, recorded)| {
        let is_near = (given - recorded).abs() <= tolerance * recorded.abs().max(1.0);
        !is_near
    })
}

/// Outputs by pushes, as far as they are known.
fn of_pushes(graph: &graph::Graph, input: Tensor, outputs: &[Option<Vec<f64>>]) -> Reference {
    let several = graph.clock().frames;
    let shape = if several == 1 { vec![graph.outputs()] } else { vec![several, graph.outputs()] };
    let clock = graph.clock();
    let is_due = |push: usize| {
        push.checked_sub(clock.first).is_some_and(|push| push.is_multiple_of(clock.stride))
    };
    let known =
        outputs.iter().enumerate().take_while(|(push, output)| output.is_some() || !is_due(*push));
    let output: Vec<_> = known
        .map(|(push, output)| {
            let numbers = output.clone().filter(|_| is_due(push))?;
            Some(Tensor { shape: shape.clone(), numbers })
        })
        .collect();
    let channels = graph.inputs();
    let numbers = input.numbers.into_iter().take(output.len() * channels).collect();
    let input = Tensor { shape: vec![output.len(), channels], numbers };
    Reference { input, output, tolerance: Reference::TOLERANCE }
}

/// The frames of several tensors, side by side. Where a tensor has no axis of time, each place of its first axis is a push, but
/// one of a whole sequence is one row.
fn rows(arrays: &[Array<f64>], along: &[Axis]) -> Result<Vec<Vec<f64>>, String> {
    let mut all: Option<Vec<Vec<f64>>> = None;
    for (array, axis) in arrays.iter().zip(along) {
        let own: Vec<Vec<f64>> = match axis {
            Axis::Whole => vec![array.items.clone()],
            Axis::Pushes | Axis::Time(_) => {
                let axis = if let Axis::Time(axis) = axis { *axis } else { 0 };
                let Some(length) = array.shape.get(axis).copied() else {
                    return Err(format!(
                        "has a tensor of shape {}, without an axis {axis}",
                        shape(&array.shape)
                    ));
                };
                let frame =
                    |place| Rearrangement::Take { axis, places: vec![place] }.of(array).items;
                (0..length).map(frame).collect()
            }
        };
        all = Some(match all {
            None => own,
            Some(before) if before.len() != own.len() => {
                return Err(format!(
                    "has {} frames of one tensor, and {} of another",
                    before.len(),
                    own.len()
                ));
            }
            Some(before) => before.into_iter().zip(own).map(|(a, b)| [a, b].concat()).collect(),
        });
    }
    Ok(all.unwrap_or_default())
}

/// Along what a recorded tensor goes on from push to push.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Axis {
    Time(usize),
    /// A model of one step: its runs lie along the first axis.
    Pushes,
    /// One output for all of the sequence.
    Whole,
}
