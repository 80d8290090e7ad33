//! `key-number`: a key in the singular where the site has the plural, or the other way round.

use super::{FEWEST_OWN, uses};
use crate::rules::loaded::{finding, pair};
use crate::rules::spots::is_document;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "key-number",
    severity: Severity::Hint,
    summary: "A key is in the singular where the site's other posts have the plural, or the other way round.",
    example: concat!(
        "//- /_posts/2024-01-15-a.md\n---\ntag: AI\n---\nText\n",
        "//- /_posts/2024-01-01-b.md\n---\ntags: [AI]\n---\nText\n//- /_posts/2024-01-02-b.md\n---\ntags: [AI]\n---\nText\n",
        "//- /_posts/2024-01-03-b.md\n---\ntags: [AI]\n---\nText\n//- /_posts/2024-01-04-b.md\n---\ntags: [AI]\n---\nText\n",
        "//- /_posts/2024-01-05-b.md\n---\ntags: [AI]\n---\nText\n//- /_posts/2024-01-06-b.md\n---\ntags: [AI]\n---\nText\n",
        "//- /_posts/2024-01-07-b.md\n---\ntags: [AI]\n---\nText\n//- /_posts/2024-01-08-b.md\n---\ntags: [AI]\n---\nText\n",
        "//- /_posts/2024-01-09-b.md\n---\ntags: [AI]\n---\nText\n//- /_posts/2024-01-10-b.md\n---\ntags: [AI]\n---\nText\n",
    ),
    check,
};

const NUMBERS: &[(&str, &str)] =
    &[("tag", "tags"), ("category", "categories"), ("author", "authors"), ("image", "images")];

/// How many times the habit is used for one use of the other.
const HABIT: usize = 10;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_document(input) {
        return;
    }
    for (singular, plural) in NUMBERS {
        for (key, habit) in [(singular, plural), (plural, singular)] {
            let Some(pair) = pair(input, key).filter(|_| self::pair(input, habit).is_none()) else {
                continue;
            };
            let (here, there) = (uses(input.site, key), uses(input.site, habit));
            if there >= FEWEST_OWN.max(HABIT * here) {
                let message = format!("{there} posts of this site write `{habit}`, and {here} `{key}`.");
                found.push(finding(&RULE, pair.key.span, message));
            }
        }
    }
}
