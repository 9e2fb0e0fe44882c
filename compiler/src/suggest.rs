//! "Did you mean": the nearest of some names.

/// The candidate that is nearest to `word`, where one is near enough to be meant.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let length = candidate.chars().count();
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        (distance < length && distance * 3 <= length.max(3)).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, nearest)| nearest)
}

/// A `help:` line with that candidate.
pub(crate) fn suggestion<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|nearest| format!("help: did you mean `{nearest}`?"))
}

/// Names in backticks with commas between.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
