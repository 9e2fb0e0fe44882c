//! "Did you mean": the nearest of some names.

/// A `help:` line with the candidate that is nearest to `word`, where one is near enough to be meant.
pub(crate) fn suggestion<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let lower = word.to_lowercase();
    let near = candidates.into_iter().filter_map(|candidate| {
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        (distance * 3 <= candidate.chars().count().max(3)).then_some((distance, candidate))
    });
    let (_, nearest) = near.min_by_key(|(distance, _)| *distance)?;
    Some(format!("help: did you mean `{nearest}`?"))
}

/// Names in backticks with commas between.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
