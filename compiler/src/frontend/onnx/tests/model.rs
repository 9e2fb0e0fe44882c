//! Models as text, a line for each tensor and node, and the bytes of their files.
//!
//! ```text
//! opset 13
//! x: float[1, 4, T]
//! w: float[4, 4, 3] = ramp
//! y = Conv<pads=[2, 0]>(x, w)
//! -> y
//! ```
//!
//! A tensor with a value is a constant: a list, one number for all, or `ramp`, numbers between -1 and 1. One without is an
//! input. A node has the name of its first output behind a `/`. An attribute may be a graph: `{x; y = Relu(x); -> y}`.

use serde_json::Value as Json;

/// The key of a field, with what it holds.
pub(super) fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

pub(super) fn number(field: u64, number: i64) -> Vec<u8> {
    [varint(field << 3), varint(number.cast_unsigned())].concat()
}

pub(super) fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
    bytes
}

/// The file of a model that is written as text.
pub(crate) fn model(text: &str) -> Vec<u8> {
    let mut opset = 17;
    let mut graph = Vec::new();
    for statement in split(text, &['\n', ';']) {
        match statement.strip_prefix("opset ") {
            Some(version) => opset = version.parse().unwrap(),
            None => graph.extend(self::statement(&statement)),
        }
    }
    [number(1, 8), field(7, &graph), field(8, &number(2, opset))].concat()
}

fn statement(text: &str) -> Vec<u8> {
    if let Some(outputs) = text.strip_prefix("->") {
        return split(outputs, &[',']).iter().flat_map(|output| info(12, output)).collect();
    }
    let Some((left, right)) = text.split_once('=').filter(|(left, _)| !left.contains('<')) else {
        return info(11, text);
    };
    match left.split_once(':') {
        Some((name, of_type)) => field(5, &tensor(name.trim(), of_type.trim(), right.trim())),
        None => field(1, &node(&split(left, &[',']), right.trim())),
    }
}

/// `y = Conv<pads=[2, 0]>(x, w)`
fn node(outputs: &[String], call: &str) -> Vec<u8> {
    let (op, inputs) = match call.rfind(')') {
        Some(end) => {
            let open = opening(&call[..end]);
            (&call[..open], &call[open + 1..end])
        }
        None => panic!("{call}: it has no inputs"),
    };
    let (op, attributes) = op
        .split_once('<')
        .map_or((op, ""), |(op, attributes)| (op, attributes.strip_suffix('>').unwrap()));
    let (domain, op) = op.split_once("::").unwrap_or(("", op));
    let mut bytes = Vec::new();
    inputs.split(',').map(str::trim).for_each(|input| bytes.extend(field(1, input.as_bytes())));
    for output in outputs {
        bytes.extend(field(2, output.as_bytes()));
    }
    bytes.extend(field(3, format!("/{}", outputs[0]).as_bytes()));
    bytes.extend(field(4, op.as_bytes()));
    for attribute in split(attributes, &[',']) {
        let (name, value) = attribute.split_once('=').unwrap();
        let value = match value.trim().strip_prefix('{') {
            Some(graph) => {
                let graph = split(graph.strip_suffix('}').unwrap(), &[';']);
                let graph: Vec<u8> = graph.iter().flat_map(|one| statement(one)).collect();
                [field(6, &graph), number(20, 5)].concat()
            }
            None => attribute_value(value),
        };
        bytes.extend(field(5, &[field(1, name.trim().as_bytes()), value].concat()));
    }
    bytes.extend(field(7, domain.as_bytes()));
    bytes
}

/// Where the last `(` is that is not closed.
fn opening(text: &str) -> usize {
    let mut depth = 0;
    for (place, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' if depth == 0 => return place,
            '(' => depth -= 1,
            _ => {}
        }
    }
    panic!("{text}: no bracket is open")
}

fn attribute_value(text: &str) -> Vec<u8> {
    let json: Json = serde_json::from_str(text).unwrap_or_else(|why| panic!("{text}: {why}"));
    let float = |json: &Json| {
        #[allow(clippy::cast_possible_truncation, reason = "an attribute has so many digits")]
        let float = json.as_f64().unwrap() as f32;
        float.to_le_bytes()
    };
    match &json {
        Json::String(text) => [field(4, text.as_bytes()), number(20, 3)].concat(),
        Json::Number(one) if one.is_i64() => {
            [number(3, one.as_i64().unwrap()), number(20, 2)].concat()
        }
        Json::Number(_) => [varint(2 << 3 | 5), float(&json).to_vec(), number(20, 1)].concat(),
        Json::Array(list) => match list.first() {
            Some(Json::String(_)) => {
                let texts =
                    list.iter().flat_map(|text| field(9, text.as_str().unwrap().as_bytes()));
                [texts.collect(), number(20, 8)].concat()
            }
            Some(first) if !first.is_i64() => {
                let floats: Vec<u8> = list.iter().flat_map(float).collect();
                [field(7, &floats), number(20, 6)].concat()
            }
            _ => {
                let ints = list.iter().flat_map(|one| number(8, one.as_i64().unwrap()));
                [ints.collect(), number(20, 7)].concat()
            }
        },
        _ => panic!("{text}: no value of an attribute"),
    }
}

/// The name of a type, and the lengths of a shape; of a word of its own, nothing.
fn shaped(of_type: &str) -> (i64, Option<Vec<String>>) {
    let (name, shape) = of_type.split_once('[').unwrap_or((of_type, ""));
    let data_type = match name {
        "float" => 1,
        "uint8" => 2,
        "int8" => 3,
        "int32" => 6,
        "int64" => 7,
        "string" => 8,
        "bool" => 9,
        "float16" => 10,
        "double" => 11,
        other => panic!("{other}: no type"),
    };
    (data_type, shape.strip_suffix(']').map(|shape| split(shape, &[','])))
}

/// A tensor alone: a name, a type such as `float[1, 4]`, and a value.
pub(crate) fn tensor(name: &str, of_type: &str, value: &str) -> Vec<u8> {
    let (data_type, shape) = shaped(of_type);
    let json: Option<Json> = serde_json::from_str(value).ok();
    let list: Option<Vec<f64>> = json.as_ref().and_then(Json::as_array).map(|list| {
        list.iter()
            .map(|one| one.as_f64().unwrap_or_else(|| one.as_str().unwrap().parse().unwrap()))
            .collect()
    });
    let shape: Vec<i64> = match (shape, &list) {
        (Some(shape), _) => shape.iter().map(|length| length.parse().unwrap()).collect(),
        (None, Some(list)) => vec![i64::try_from(list.len()).unwrap()],
        (None, None) => vec![],
    };
    let count = shape.iter().product::<i64>();
    let numbers: Vec<f64> = match list {
        Some(list) => list,
        None if value == "ramp" => (0..count)
            .map(|place| f64::from(i32::try_from(place * 37 % 64).unwrap()) / 32.0 - 1.0)
            .collect(),
        None => (0..count).map(|_| value.parse().unwrap()).collect(),
    };
    let mut bytes: Vec<u8> = shape.iter().flat_map(|length| number(1, *length)).collect();
    bytes.extend(number(2, data_type));
    bytes.extend(field(8, name.as_bytes()));
    #[allow(clippy::cast_possible_truncation, reason = "the numbers are written for their type")]
    let raw: Vec<u8> = numbers
        .iter()
        .flat_map(|one| match data_type {
            1 => (*one as f32).to_le_bytes().to_vec(),
            2 | 3 | 9 => vec![(*one as i64).to_le_bytes()[0]],
            6 => (*one as i32).to_le_bytes().to_vec(),
            11 => one.to_le_bytes().to_vec(),
            _ => (*one as i64).to_le_bytes().to_vec(),
        })
        .collect();
    bytes.extend(field(9, &raw));
    bytes
}

/// `x: float[1, 4, T]`, or a name alone.
fn info(place: u64, text: &str) -> Vec<u8> {
    let Some((name, of_type)) = text.split_once(':') else {
        return field(place, &field(1, text.trim().as_bytes()));
    };
    let (data_type, shape) = shaped(of_type.trim());
    let length = |length: &String| {
        let own = match length.parse() {
            Ok(length) => number(1, length),
            Err(_) => field(2, length.as_bytes()),
        };
        field(1, &own)
    };
    let shape = shape.map(|shape| field(2, &shape.iter().flat_map(length).collect::<Vec<_>>()));
    let of_type = field(1, &[number(1, data_type), shape.unwrap_or_default()].concat());
    field(place, &[field(1, name.trim().as_bytes()), field(2, &of_type)].concat())
}

/// The parts of a text between `separators`, where no bracket and no quote is open.
fn split(text: &str, separators: &[char]) -> Vec<String> {
    let (mut parts, mut depth, mut is_quoted) = (vec![String::new()], 0, false);
    for letter in text.chars() {
        is_quoted ^= letter == '"';
        match letter {
            _ if is_quoted => {}
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && !is_quoted && separators.contains(&letter) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
