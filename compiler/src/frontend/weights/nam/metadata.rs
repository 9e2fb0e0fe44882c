//! What a file says of its signal.

use super::Result;
use super::config::Config;
use super::value::Value;
use crate::frontend::weights::metadata::{self, Knob, Metadata};
use crate::numbers::{plural, rounded};

/// What a model says, or else the file that it is in.
pub(super) fn of(model: &Config<'_>, container: Option<&Config<'_>>) -> Result<Metadata> {
    let [own, outer] = [Some(model), container].map(|config| {
        let value = config.and_then(|config| config.find("metadata"));
        move |key: &str| value.and_then(|value| value.get(key))
    });
    // NAM's player knows those of the whole file.
    let find = |key: &str| outer(key).filter(|value| !value.is_null()).or_else(|| own(key));
    let number = |key: &str| match find(key) {
        Some(Value::Number(number)) => metadata::number(Some(*number), None),
        Some(Value::Text(text)) => metadata::number(None, Some(text)),
        _ => None,
    };
    let name = match find("name") {
        Some(Value::Text(text)) => metadata::name(text),
        _ => None,
    };
    Ok(Metadata {
        name,
        sample_rate: sample_rate(model, container)?,
        loudness: number("loudness"),
        input_level_dbu: number("input_level_dbu"),
        output_level_dbu: number("output_level_dbu"),
        in_gain_db: None,
        out_gain_db: None,
        knobs: Vec::new(),
    })
}

/// The frames a second: those of the whole file, or else those of its model.
fn sample_rate(model: &Config<'_>, container: Option<&Config<'_>>) -> Result<Option<f64>> {
    let rate = |config: &Config<'_>| match config.find("sample_rate") {
        None => Ok(None),
        Some(Value::Number(rate)) if *rate > 0.0 && rounded(*rate).is_finite() => Ok(Some(*rate)),
        Some(found) => {
            let why = format!("must be a number above 0, not {}", found.what());
            Err(config.refuse("sample_rate", &why))
        }
    };
    let (own, outer) = (rate(model)?, container.map(rate).transpose()?.flatten());
    match (outer, own) {
        #[allow(clippy::float_cmp, reason = "a rate is the same or another")]
        (Some(outer), Some(own)) if outer != own => {
            let why = format!("is {own}, but the file's `sample_rate` is {outer}");
            Err(model.refuse("sample_rate", &why))
        }
        (outer, own) => Ok(outer.or(own)),
    }
}

/// The knobs of a model whose inputs behind the first are those, by the order of their names.
pub(super) fn knobs(config: &Config<'_>, inputs: usize) -> Result<Vec<Knob>> {
    const KEY: &str = "parametric";
    let mut knobs = Vec::new();
    for (name, said) in config.entries(KEY)? {
        let number = |key: &str, otherwise: f64| match said.find(key) {
            None => Ok(otherwise),
            Some(Value::Flag(flag)) => Ok(if *flag { 1.0 } else { 0.0 }),
            Some(Value::Number(number)) if rounded(*number).is_finite() => Ok(*number),
            Some(found) => {
                Err(said.refuse(key, &format!("must be a number, not {}", found.what())))
            }
        };
        let [min, max] = [number("minval", 0.0)?, number("maxval", 1.0)?];
        if min > max {
            return Err(said.refuse("minval", &format!("is {min}, above `maxval`, {max}")));
        }
        let Some(name) = metadata::name(name) else {
            return Err(config.refuse(KEY, "has a knob whose name is empty or too long"));
        };
        let default = number("default_value", f64::midpoint(min, max))?;
        knobs.push(Knob { name, channel: 0, min, max, default });
    }
    knobs.sort_by(|one, other| one.name.cmp(&other.name));
    if knobs.len() + 1 != inputs {
        let why = format!(
            "names {}, for {}",
            plural(knobs.len(), "knob"),
            plural(inputs, "input channel")
        );
        return Err(config.refuse(KEY, &why));
    }
    for (place, knob) in knobs.iter_mut().enumerate() {
        knob.channel = place + 1;
    }
    Ok(knobs)
}
