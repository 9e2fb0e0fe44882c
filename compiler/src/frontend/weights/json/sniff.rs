//! Which program wrote a JSON file, by the names of its keys.

use std::fmt;

use serde_core::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, Visitor};

/// Keys of a file that are looked at.
const MOST_KEYS: usize = 1 << 12;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::frontend::weights) enum Writer {
    /// A list of layers, or nothing that is known.
    Layers,
    /// Neural Amp Modeler.
    Nam,
    /// GuitarML's trainers: what the model is, beside the names of PyTorch's tensors.
    GuitarMl,
    /// The names of PyTorch's tensors alone.
    StateDict,
    /// `PedalNet` and `SmartGuitarAmp`: a list of variables.
    PedalNet,
}

/// What a file is whose text this is.
pub(in crate::frontend::weights) fn writer(text: &str) -> Writer {
    let mut keys = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    // What is wrong with the text its reader says.
    let _ = reader.deserialize_map(Keys(&mut keys));
    let has = |key: &str| keys.iter().any(|own| own == key);
    if has("layers") {
        Writer::Layers
    } else if has("architecture") && has("config") {
        Writer::Nam
    } else if has("model_data") {
        Writer::GuitarMl
    } else if has("variables") && has("residual_channels") {
        Writer::PedalNet
    } else if has("state_dict") || keys.iter().any(|key| is_of_pytorch(key)) {
        Writer::StateDict
    } else {
        Writer::Layers
    }
}

/// Whether a key is the name of one of PyTorch's tensors.
fn is_of_pytorch(key: &str) -> bool {
    let own = key.rsplit_once('.').map_or(key, |(_, own)| own);
    let recurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];
    own == "weight" || recurrent.iter().any(|name| own.starts_with(name))
}

/// Collects the keys of an object, up to the one that is enough.
struct Keys<'k>(&'k mut Vec<String>);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(keys) = self;
        while let Some(key) = map.next_key::<String>()? {
            let is_enough = key == "layers" || keys.len() == MOST_KEYS;
            keys.push(key);
            if is_enough {
                return Err(A::Error::custom("the answer is known"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_a_file_is() {
        for (text, expected) in [
            (r#"{"layers": [], "architecture": "mine", "config": {}}"#, Writer::Layers),
            (r#"{"version": "0.5.0", "architecture": "LSTM", "config": {}}"#, Writer::Nam),
            (r#"{"state_dict": {}, "model_data": {}}"#, Writer::GuitarMl),
            (r#"{"state_dict": {}}"#, Writer::StateDict),
            (r#"{"gru.weight_ih_l0": []}"#, Writer::StateDict),
            (r#"{"weight": [], "bias": []}"#, Writer::StateDict),
            (r#"{"residual_channels": 16, "variables": []}"#, Writer::PedalNet),
            (r#"{"weights": []}"#, Writer::Layers),
            ("[]", Writer::Layers),
            (r#"{"gru.weight_ih_l0": ["#, Writer::StateDict),
        ] {
            assert_eq!(writer(text), expected, "{text}");
        }
    }
}
