//! Did you mean?

/// The longest word that is held against others, in bytes.
const MAX_WORD_BYTES: usize = 128;

/// The candidate that a misspelt word most likely is: at most a third of its characters differ. Of equally near ones
/// the first.
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // The distance of two words takes memory by the product of their lengths.
    if word.len() > MAX_WORD_BYTES {
        return None;
    }
    let distance = |candidate: &&str| strsim::damerau_levenshtein(word, candidate);
    let near = |candidate: &&str| distance(candidate) <= (candidate.chars().count() / 3).max(1);
    candidates.into_iter().filter(near).min_by_key(distance)
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
