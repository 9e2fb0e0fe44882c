//! "Did you mean": the nearest of some names.

use crate::errors::Hint;
use crate::frontend::framework_names::meaning;

/// The candidate that `word` is most probably a misspelling of.
///
/// A name that a framework gives something, or that differs in its first letter or in a digit, has a meaning of its own:
/// `gelu` is no misspelt `relu`, nor `conv1d` a misspelt `conv2d`. One slip is taken for one, and two in a name of eight letters or more.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if meaning(word).is_some() {
        return None;
    }
    let word = word.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let lower = candidate.to_lowercase();
        let length = lower.chars().count();
        let most = if length < 8 { 1 } else { 2 };
        let distance = strsim::osa_distance(&word, &lower);
        let is_near = distance <= most && distance < length;
        (is_near && begin_alike(&word, &lower) && digits(&word) == digits(&lower))
            .then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, nearest)| nearest)
}

/// Whether two words have the same first letter, or the first two in the other order.
fn begin_alike(word: &str, other: &str) -> bool {
    let start = |word: &str| {
        let mut letters = word.chars();
        (letters.next(), letters.next())
    };
    let ((first, second), (other_first, other_second)) = (start(word), start(other));
    first == other_first || (first, second) == (other_second, other_first)
}

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

/// The question whether that candidate is meant.
pub(crate) fn suggestion<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Hint> {
    nearest(word, candidates).map(|nearest| Hint::help(format!("did you mean `{nearest}`?")))
}

/// Names in backticks with commas between.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn misspelt_names_are_found() {
        let names = ["conv", "conv2d", "relu", "relu6", "residual", "out", "causal"];
        let words = ["cnov", "ocnv", "conf", "covn2d", "reluu", "resdiaul", "oot", "Casual"];
        let meant = ["conv", "conv", "conv", "conv2d", "relu", "residual", "out", "causal"];
        for (word, meant) in words.into_iter().zip(meant) {
            assert_eq!(nearest(word, names), Some(meant), "{word}");
        }
    }

    #[test]
    fn names_of_another_meaning_are_not() {
        let names = ["conv2d", "relu", "relu6", "elu", "gru", "ram", "max_pool", "sum"];
        for word in ["conv1d", "conv3d", "gelu", "relu7", "glu", "fru", "min_pool", "k", ""] {
            assert_eq!(nearest(word, names), None, "{word}");
        }
    }
}
