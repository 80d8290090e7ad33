//! Did you mean?

use rapidfuzz::distance::osa;

/// The longest word that is held against others, in bytes: what is longer is no slip.
const MAX_WORD_BYTES: usize = 256;

/// The candidate that a misspelt word most likely is: at most a third of its characters differ. Of equally near ones
/// the first.
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > MAX_WORD_BYTES {
        return None;
    }
    let word = osa::BatchComparator::new(word.chars());
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let allowed = (candidate.chars().count() / 3).max(1);
        let wanted = best.map_or(allowed, |(distance, _)| allowed.min(distance.saturating_sub(1)));
        let args = osa::Args::default().score_cutoff(wanted);
        if let Some(distance) = word.distance_with_args(candidate.chars(), &args) {
            best = Some((distance, candidate));
        }
        if best.is_some_and(|(distance, _)| distance == 0) {
            break;
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters are to be written, left out, changed or swapped with their neighbour between two words.
pub(super) fn distance(one: &str, other: &str) -> usize {
    osa::distance(one.chars(), other.chars())
}

/// ` Did you mean …?` for the end of a message, or nothing.
pub(super) fn did_you_mean(candidate: Option<&str>) -> String {
    candidate.map_or_else(String::new, |candidate| format!(" Did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_third_may_differ() {
        let known = ["duplicate-key", "lone-cr", "AI", "生成AI"];
        for (word, expected) in [
            ("duplicat-keys", Some("duplicate-key")),
            ("lonecr", Some("lone-cr")),
            ("IA", Some("AI")),
            ("生成ＡI", Some("生成AI")),
            ("something", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }
}
