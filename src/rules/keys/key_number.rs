//! `key-number`: a key in the singular where the site has the plural, or the other way round.

use super::uses;
use crate::rules::loaded::{finding, pair};
use crate::rules::spots::is_document;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::FEWEST_OWN;

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

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, codes};

    /// A post before so many others of these front matters.
    fn found(own: &str, others: &[(&str, usize)]) -> Vec<&'static str> {
        let mut site = format!("//- /_posts/2024-01-15-a.md\n---\n{own}\n---\n本文\n");
        for (at, (other, count)) in others.iter().enumerate() {
            for day in 0..*count {
                let (month, day) = (at * 2 + day / 20 + 1, day % 20 + 1);
                site += &format!("//- /_posts/2023-{month:02}-{day:02}-b.md\n---\n{other}\n---\n本文\n");
            }
        }
        let mut found = codes(&Fixture::new(&site).check());
        found.retain(|code| *code == "key-number");
        found
    }

    #[test]
    fn a_habit_is_ten_times_as_frequent() {
        for (own, others, expected) in [
            ("tag: 生成AI", vec![("tags: [生成AI]", 10)], 1),
            ("tag: 生成AI", vec![("tags: [生成AI]", 9)], 0),
            ("tag: 生成AI", vec![("tags: [生成AI]", 19), ("tag: 東京", 1)], 0),
            ("tag: 生成AI", vec![("tags: [生成AI]", 20), ("tag: 東京", 1)], 1),
            ("categories: [日記]", vec![("category: 日記", 12)], 1),
            ("author: 花子", vec![("authors: [花子]", 12)], 1),
            ("images: [a.png]", vec![("image: b.png", 12)], 1),
            // With both there is no choice of one for the other.
            ("author: 花子\nauthors: [花子]", vec![("authors: [花子]", 12)], 0),
            ("題: x", vec![("tags: [a]", 12)], 0),
        ] {
            assert_eq!(found(own, &others).len(), expected, "{own} {others:?}");
        }
    }

    #[test]
    fn the_key_is_marked() {
        let site = (1..=10).map(|day| format!("//- /_posts/2023-01-{day:02}-b.md\n---\ntags: [a]\n---\n"));
        let site =
            format!("//- /_posts/2024-01-15-a.md\n---\n題: 😀\ntag: 東京\n---\n{}", site.collect::<String>());
        let fixture = Fixture::new(&site);
        let found = fixture.check();
        let found = found.iter().find(|found| found.code == "key-number").unwrap();
        assert_eq!(found.span.of(fixture.text()), "tag");
        assert_eq!(found.message, "10 posts of this site write `tags`, and 1 `tag`.");
    }
}
