//! Names of layers: the last words of a node's path that no other layer has.

use std::collections::HashSet;

use proc_macro2::{Ident, Span};

#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The name of a layer that a node at this path has: `conv1` for `/tcn/tcn.0/net/conv1/Conv`, and `net_conv1` where that
    /// is taken. A node without a path has that of its operation.
    pub(super) fn next(&mut self, path: &str, op: &str) -> Ident {
        let op = Some(snake(op)).filter(|op| is_name(op)).unwrap_or_else(|| "layer".to_owned());
        let parts: Vec<_> =
            path.split(['/', ':']).map(snake).filter(|part| !part.is_empty()).collect();
        // The last word is the operation's, at times numbered.
        let parts = match parts.split_last() {
            Some((last, others))
                if last.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()) == op =>
            {
                others
            }
            _ => parts.as_slice(),
        };
        let longer = (1..=parts.len()).filter_map(|length| parts.get(parts.len() - length..));
        let mut candidates = longer.map(|parts| parts.join("_")).take(4);
        let fits = |name: &String| !self.taken.contains(name) && is_name(name);
        let name = candidates.find(fits).or_else(|| {
            let base = parts.last().filter(|part| is_name(part)).unwrap_or(&op);
            let numbered = (2..).map(|number| format!("{base}{number}"));
            [base.clone()].into_iter().chain(numbered).find(fits)
        });
        let name = name.unwrap_or(op);
        self.taken.insert(name.clone());
        Ident::new(&name, Span::call_site())
    }
}

fn is_name(word: &str) -> bool {
    syn::parse_str::<Ident>(word).is_ok()
}

/// A word in the letters of a field's name.
fn snake(word: &str) -> String {
    let mut name = String::new();
    let mut before = '_';
    for letter in word.chars().take(64) {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            name.push('_');
        }
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
        before = letter;
    }
    let name = name.trim_end_matches('_').to_owned();
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("layer_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_short_as_it_can_be() {
        let mut names = Names::default();
        let mut next = |path: &str, op: &str| names.next(path, op).to_string();
        assert_eq!(next("/tcn/tcn.0/net/conv1/Conv", "Conv"), "conv1");
        assert_eq!(next("/tcn/tcn.1/net/conv1/Conv", "Conv"), "net_conv1");
        assert_eq!(next("/tcn/tcn.2/net/conv1/Conv", "Conv"), "tcn_2_net_conv1");
        assert_eq!(next("", "LeakyRelu"), "leaky_relu");
        assert_eq!(next("/Relu_1", "Relu"), "relu");
        assert_eq!(next("/Relu_2", "Relu"), "relu2");
        assert_eq!(next("model/type/MatMul", "MatMul"), "model_type");
        assert_eq!(next("", ""), "layer");
        assert_eq!(next("", "If"), "layer2");
    }
}
