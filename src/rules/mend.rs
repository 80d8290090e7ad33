//! All safe fixes of a post at once: for `masthead check --fix` and for the editor's "fix all".

use std::collections::BTreeMap;

use super::{Diagnostic, Fix, Input, Severity, check, read};
use crate::limits::{MAX_DIAGNOSTICS, MAX_MEND_BYTES, MAX_MENDS};
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::text::edit::apply;
use crate::text::{Span, TextEdit};

/// A post after its safe fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its text.
    pub text: String,
    /// The findings that are gone, in the order in which they were mended.
    pub mended: Vec<Diagnostic>,
    /// False where a bound of the work ended it, so that another run may go on.
    pub is_done: bool,
}

/// Makes the safe fixes of a post until none is left: a fix may bring another mistake to light. Those of different lines
/// are made together, and those of one rule in one line, and fewer together where they do not hold so; one that alone does
/// not do what it promises is passed over. None where there is nothing to fix.
pub fn mend(input: &Input<'_>) -> Option<Mended> {
    mend_together(input, usize::MAX)
}

/// [`mend`] with at most so many fixes on one text.
fn mend_together(input: &Input<'_>, most: usize) -> Option<Mended> {
    let mut round = Round {
        input,
        text: input.post.text.to_string(),
        findings: check(input),
        left_bytes: MAX_MEND_BYTES,
        is_tired: false,
    };
    let mut mended = Vec::new();
    while mended.len() < MAX_MENDS {
        let Some(made) = round.next(most.min(MAX_MENDS - mended.len())) else { break };
        mended.extend(made);
    }
    let is_done = mended.len() < MAX_MENDS && !round.is_tired;
    (!mended.is_empty()).then_some(Mended { text: round.text, mended, is_done })
}

/// A post on the way to its mend.
struct Round<'i, 'a> {
    input: &'i Input<'a>,
    text: String,
    /// What is found in that text.
    findings: Vec<Diagnostic>,
    left_bytes: usize,
    /// Whether there was no byte left for a try.
    is_tired: bool,
}

impl Round<'_, '_> {
    /// Makes the first safe fixes that hold, at most `most`. None where no fix does.
    fn next(&mut self, most: usize) -> Option<Vec<Diagnostic>> {
        let mut together = apart(&self.text, &self.findings);
        together.truncate(most);
        while together.len() > 1 {
            if let Some(made) = self.make(&together) {
                return Some(made);
            }
            together.truncate(together.len() / 2);
        }
        let known = known_to(&self.findings);
        let is_safe = |at: &usize| {
            let finding = &self.findings[*at];
            safe_fix(finding).is_some_and(|fix| whole(finding, fix).end <= known)
        };
        let safe: Vec<usize> = (0..self.findings.len()).filter(is_safe).collect();
        safe.into_iter().find_map(|at| self.make(&[at]))
    }

    /// Makes the fixes of these findings, if they do what they promise: of each rule as many findings are gone, and
    /// nothing is worse.
    fn make(&mut self, chosen: &[usize]) -> Option<Vec<Diagnostic>> {
        let left = self.left_bytes.checked_sub(self.text.len());
        self.is_tired |= left.is_none();
        self.left_bytes = left?;
        let chosen: Vec<&Diagnostic> = chosen.iter().map(|at| &self.findings[*at]).collect();
        let fixes = chosen.iter().filter_map(|finding| safe_fix(finding));
        let edits: Vec<TextEdit> = fixes.flat_map(|fix| &fix.edits).cloned().collect();
        let after = apply(&self.text, &edits);
        let Input { path, kind, site, clock, .. } = *self.input;
        let post = Post::parse(&*after);
        let reading = &read(&post, path, kind, site, clock);
        let left = check(&Input { post: &post, reading, leads: &super::Leads::default(), ..*self.input });
        // Behind the last of as many findings as are told there may be others, which move up.
        let known = known_to(&self.findings);
        let (added, removed) =
            edits.iter().fold((0, 0), |sum, edit| (sum.0 + edit.new_text.len(), sum.1 + edit.span.len()));
        let still_known = known.saturating_add(added).saturating_sub(removed);
        let before =
            |is: &dyn Fn(&Diagnostic) -> bool| count(&self.findings, |it| it.span.start < known && is(it));
        let now = |is: &dyn Fn(&Diagnostic) -> bool| count(&left, |it| it.span.start < still_known && is(it));
        let gone = chosen.iter().all(|finding| {
            let alike = |other: &Diagnostic| other.code == finding.code;
            now(&alike) + chosen.iter().filter(|other| alike(other)).count() <= before(&alike)
        });
        let loaded = self.findings.iter().all(|finding| finding.severity < Severity::Error);
        let no_worse =
            now(&is_error) <= before(&is_error) && (!loaded || post.front_matter.load != Load::Broken);
        if !gone || !no_worse || after == self.text {
            return None;
        }
        let made = chosen.into_iter().cloned().collect();
        (self.text, self.findings) = (after, left);
        Some(made)
    }
}

fn safe_fix(finding: &Diagnostic) -> Option<&Fix> {
    finding.fix.as_ref().filter(|fix| fix.safe)
}

/// What a finding and its fix have to do with.
fn whole(finding: &Diagnostic, fix: &Fix) -> Span {
    fix.edits.iter().fold(finding.span, |all, edit| all.cover(edit.span))
}

/// The byte before which all that is wrong has been told.
fn known_to(findings: &[Diagnostic]) -> usize {
    match findings.last() {
        Some(last) if findings.len() >= MAX_DIAGNOSTICS => last.span.start,
        _ => usize::MAX,
    }
}

/// The findings with safe fixes of which no two have to do with the same lines, but for those of one rule in one line.
/// Of such that have it is the first.
fn apart(text: &str, findings: &[Diagnostic]) -> Vec<usize> {
    let known = known_to(findings);
    // By their starts the lines that are taken, with their end, the rule, and what the last of it has to do with.
    let mut taken: BTreeMap<usize, (usize, &str, Span)> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let Some(fix) = safe_fix(finding) else { continue };
        let all = whole(finding, fix);
        if all.end > known {
            continue;
        }
        let start = text.get(..all.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let end =
            text.get(all.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| all.end + end + 1);
        let is_free = match taken.range(..end).next_back() {
            Some((of, (to, code, last))) if *to > start => {
                let same_line = (*of, *to) == (start, end) && *code == finding.code;
                same_line && last.start < all.start && last.end <= all.start
            }
            _ => true,
        };
        if is_free {
            taken.insert(start, (end, finding.code, all));
            chosen.push(at);
        }
    }
    chosen
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}

fn count(findings: &[Diagnostic], is_counted: impl Fn(&Diagnostic) -> bool) -> usize {
    findings.iter().filter(|finding| is_counted(finding)).count()
}

#[cfg(test)]
mod tests {
    use super::mend_together;
    use crate::limits::MAX_DIAGNOSTICS;
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
    fn together_is_as_one_by_one() {
        let lines = [
            "image：a.png",
            "tags: [AI、Web",
            "key: \"a",
            "date: 2024年3月5日",
            "x:y",
            "\tz: 1",
            "author: 'it's'",
            "- a",
            "b: *none",
            "l: expo\u{2028}\u{2028}st",
            "m: \"a\\xb\\xc\"",
            "n: 'it's what's'",
            "o: a\u{b}b\u{b}\u{c}c",
        ];
        for first in 0..lines.len() {
            for second in 0..lines.len() {
                for third in ["title: \"題\"", "c：d", "e: [f, g", "categories: a、b"] {
                    let text = format!(
                        "---\n{}\n{third}\n{}\nlayout: post\n---\n本文\n",
                        lines[first], lines[second]
                    );
                    let example = Example::new(&text);
                    let together = |most| example.with_input(|input| mend_together(input, most));
                    let (all, single) = (together(usize::MAX), together(1));
                    assert_eq!(all.map(|it| it.text), single.map(|it| it.text), "{text}");
                }
            }
        }
    }

    /// One round for each of them would be too much work.
    #[test]
    fn a_thousand_mistakes_in_a_line_are_mended_all() {
        let text = |blank: &str| {
            format!(
                "---\nlayout: post\ntitle: {}\n---\n{}\n",
                format!("a{blank}").repeat(1_500),
                "本文".repeat(1_000)
            )
        };
        let mended = Example::new(&text("\u{2028}")).mend().map(|mended| (mended.text, mended.is_done));
        assert_eq!(mended, Some((text(" "), true)));
    }

    #[test]
    fn more_mistakes_than_are_told_are_mended_all() {
        let spelt = |colon: &str| -> String {
            let lines = (0..MAX_DIAGNOSTICS * 2).map(|n| format!("key{n}{colon}題\n"));
            format!("---\nlayout: post\n{}---\n本文\n", lines.collect::<String>())
        };
        let mended = Example::new(&spelt("：")).mend().map(|mended| mended.text);
        assert_eq!(mended, Some(spelt(": ")));
    }

    #[test]
    fn what_needs_a_choice_is_left() {
        for text in ["---\ntitle: a\n---\n", "---\ntitle: a\ntitle: b\n---\n", "---\ntitle: a\ntags\n---\n"] {
            assert_eq!(Example::new(text).mend(), None, "{text}");
        }
    }
}
