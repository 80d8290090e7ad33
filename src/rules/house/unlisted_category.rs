//! `unlisted-category`: a category that the site's closed list does not have.

use super::unlisted;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::TermKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "unlisted-category",
    severity: Severity::Warning,
    summary: "A category is not among those that `masthead.toml` allows.",
    example: "//- /_posts/2024-01-15-a.md\n---\ntitle: Hello\ncategories: [techx]\n---\nText\n//- /masthead.toml\nallowed-categories = [\"tech\"]\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let allowed = input.site.settings().allowed_categories.as_ref();
    unlisted(&RULE, TermKind::Category, allowed, input, found);
}
