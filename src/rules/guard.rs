//! Runs the rules, each by itself: a fault of ours in one of them costs its own findings and no others.

use super::{Diagnostic, Input, OF_WHAT_IS_MISSING, Rule, finish, lists_of};
use crate::fault::{self, Fault};
use crate::post::Post;
use crate::site::FileKind;

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The findings, in the order of their places.
    pub found: Vec<Diagnostic>,
    /// The codes of the rules that failed, each with its fault.
    pub failed: Vec<(&'static str, Fault)>,
}

/// All findings of the rules for a file of this kind and of `more`, but those of the codes in `off`.
pub fn check(input: &Input<'_>, more: &[Rule], off: &[&str]) -> Outcome {
    if *input.kind == FileKind::Config {
        // All of it is a block, with no lines `---` around it.
        let post = &Post::parse_yaml(input.post.text.clone());
        return check_post(&Input { post, leads: &super::Leads::default(), ..*input }, more, off);
    }
    check_post(input, more, off)
}

fn check_post(input: &Input<'_>, more: &[Rule], off: &[&str]) -> Outcome {
    let (own, form) = lists_of(input.kind);
    // Those of the form are more than a third of all, and nearly every post is without a problem.
    let form = if input.post.front_matter.problems.is_empty() { &[] } else { form };
    run(own.iter().chain(form).chain(more), input, off)
}

fn run<'r>(rules: impl IntoIterator<Item = &'r Rule>, input: &Input<'_>, off: &[&str]) -> Outcome {
    let mut outcome = Outcome::default();
    let unknown = if input.site.is_source_elsewhere() { OF_WHAT_IS_MISSING } else { &[] };
    let has_all = off.is_empty() && unknown.is_empty();
    let mut rules = rules
        .into_iter()
        .filter(|rule| has_all || (!off.contains(&rule.code) && !unknown.contains(&rule.code)));
    let (mut code, mut before) = ("", 0);
    // A guard costs more than most rules do: all have one, and those behind a rule that fails the next.
    loop {
        let left = || {
            for rule in rules.by_ref() {
                (code, before) = (rule.code, outcome.found.len());
                (rule.check)(input, &mut outcome.found);
            }
        };
        let Err(fault) = fault::catch(left) else { break };
        outcome.found.truncate(before);
        outcome.failed.push((code, fault));
    }
    outcome.found = finish(input, outcome.found);
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Severity;
    use crate::rules::example::Example;
    use crate::text::Span;

    fn find(_: &Input<'_>, found: &mut Vec<Diagnostic>) {
        found.push(Diagnostic {
            span: Span::empty(0),
            severity: Severity::Hint,
            code: "fine",
            message: String::new(),
            related: Vec::new(),
            fix: None,
        });
    }

    fn fail(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
        find(input, found);
        panic!("a fault of ours")
    }

    #[test]
    fn a_rule_that_panics_costs_its_own_findings_only() {
        let rule = |code, check| Rule { code, severity: Severity::Hint, summary: "", example: "", check };
        let rules = [rule("bad", fail), rule("good", find)];
        Example::new("---\ntitle: x\n---\n").with_input(|input| {
            let outcome = run(&rules, input, &[]);
            assert_eq!(outcome.found.len(), 1);
            assert_eq!(outcome.failed.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["bad"]);
            assert_eq!(run(&rules, input, &["bad"]).failed, []);
        });
    }
}
