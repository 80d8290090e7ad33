//! All safe fixes of a post at once: for `masthead check --fix` and for the editor's "fix all".

use super::{Diagnostic, Input, Severity, check, read};
use crate::limits::{MAX_MEND_BYTES, MAX_MENDS};
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::text::edit::apply;

/// A post after its safe fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its text.
    pub text: String,
    /// The findings that are gone, in the order in which they were mended.
    pub mended: Vec<Diagnostic>,
}

/// Makes the safe fixes of a post, one after the other, until none is left: a fix may bring another mistake to light.
/// A fix that does not do what it promises is passed over. None where there is nothing to fix.
pub fn mend(input: &Input<'_>) -> Option<Mended> {
    let mut result: Option<Mended> = None;
    let mut findings = check(input);
    let mut left_bytes = MAX_MEND_BYTES;
    while let Some((text, finding, left)) = step(input, result.as_ref(), &findings, &mut left_bytes) {
        let result = result.get_or_insert_with(|| Mended { text: String::new(), mended: Vec::new() });
        result.text = text;
        result.mended.push(finding);
        findings = left;
        if result.mended.len() >= MAX_MENDS {
            break;
        }
    }
    result
}

/// The first safe fix that holds: the text after it, the finding, and what is found then.
fn step(
    input: &Input<'_>,
    before: Option<&Mended>,
    findings: &[Diagnostic],
    left_bytes: &mut usize,
) -> Option<(String, Diagnostic, Vec<Diagnostic>)> {
    let text = before.map_or(&*input.post.text, |before| &before.text);
    let loaded = findings.iter().all(|finding| finding.severity < Severity::Error);
    findings.iter().find_map(|finding| {
        let fix = finding.fix.as_ref().filter(|fix| fix.safe)?;
        *left_bytes = left_bytes.checked_sub(text.len())?;
        let after = apply(text, &fix.edits);
        let post = Post::parse(&*after);
        let reading = &read(&post, input.path, input.kind, input.site, input.clock);
        let left = check(&Input { post: &post, reading, ..*input });
        let gone = count(&left, |other| other.code == finding.code)
            < count(findings, |other| other.code == finding.code);
        let no_worse = count(&left, is_error) <= count(findings, is_error)
            && (!loaded || post.front_matter.load != Load::Broken);
        (gone && no_worse && after != text).then(|| (after, finding.clone(), left))
    })
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}

fn count(findings: &[Diagnostic], is_counted: impl Fn(&Diagnostic) -> bool) -> usize {
    findings.iter().filter(|finding| is_counted(finding)).count()
}

#[cfg(test)]
mod tests {
    use crate::rules::example::Example;

    #[test]
    fn mistakes_are_mended_until_none_is_left() {
        for (text, expected) in [
            (
                "---\ntitle: \"題\ntags: [AI、Web\n---\n本文\n",
                "---\ntitle: \"題\"\ntags: [AI, Web]\n---\n本文\n",
            ),
            ("---\r\ntitle：題\r\ntags: [a\r\n---\r\n", "---\r\ntitle: 題\r\ntags: [a]\r\n---\r\n"),
            ("\n---\ntitle：a\n---\n", "---\ntitle: a\n---\n"),
        ] {
            let Some(mended) = Example::new(text).mend() else { panic!("nothing is mended: {text}") };
            assert_eq!(mended.text, expected, "{text}");
        }
    }

    #[test]
    fn what_needs_a_choice_is_left() {
        for text in ["---\ntitle: a\n---\n", "---\ntitle: a\ntitle: b\n---\n", "---\ntitle: a\ntags\n---\n"] {
            assert_eq!(Example::new(text).mend(), None, "{text}");
        }
    }
}
