//! `near-duplicate-term`: a tag or a category that a reader takes for another, more frequent one of the site.

use std::cmp::Reverse;

use crate::jekyll::slug::slugify;
use crate::post::front_matter::ProblemKind;
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::site::near::differences;
use crate::site::occurrences::in_post;
use crate::site::renaming::{Renaming, Respelt};
use crate::site::{FileKind, Site, Term, TermKind, Vocabulary};
use crate::text::Span;

/// The rule.
pub const RULE: Rule = Rule {
    code: "near-duplicate-term",
    severity: Severity::Information,
    summary: "A tag or a category differs only in case, width, kana, spaces, hyphens or number from one that the site uses more.",
    example: "//- /_posts/2024-01-15-post.md\n---\ntitle: Hello\ntags: [ai]\n---\nText\n//- /_posts/2024-01-16-a.md\n---\ntitle: A\ntags: [AI]\n---\nA\n//- /_posts/2024-01-17-b.md\n---\ntitle: B\ntags: [AI]\n---\nB\n//- /_posts/2024-01-18-c.md\n---\ntitle: C\ntags: [AI]\n---\nC\n",
    check,
};

/// From how many posts on a term is the site's habit; below it, nobody knows which of two is meant to be.
const HABIT: usize = 3;

/// How many terms of one slug are looked at, the first by name: all Japanese tags of a site have one where slugs are ASCII.
const MAX_AT_SLUG: usize = 200;

/// The term that an author should write instead of one with this name: of those that a reader takes for it one without
/// a comma at its end, which nobody means, then the most used one, then the older. None where it is that one itself, or
/// alone.
pub fn better<'s>(site: &'s Site, kind: TermKind, name: &str) -> Option<&'s Term> {
    let vocabulary = site.vocabulary(kind);
    better_than(vocabulary, vocabulary.get(name)?)
}

fn better_than<'s>(vocabulary: &'s Vocabulary, own: &'s Term) -> Option<&'s Term> {
    let rank = |term: &Term| {
        let by_use = (Reverse(term.count()), term.first_use().is_none(), term.first_use());
        (ends_with_comma(&term.name), by_use, term.name.clone())
    };
    let best = vocabulary.alike(own).min_by_key(|term| rank(term))?;
    (rank(best) < rank(own)).then_some(best)
}

/// Whether a name has a comma at its end, as one has that stood in `tags: a, b`.
fn ends_with_comma(name: &str) -> bool {
    name.trim_end().ends_with([',', '，', '、'])
}

/// The places, in order, at which the mark of a list's item is not what YAML takes for one.
fn slips(input: &Input<'_>) -> Vec<Span> {
    use ProblemKind::{IdeographicSpace, MissingDash, NoSpaceAfterDash};
    let problems = input.post.front_matter.problems.iter();
    let is_slip = |kind| matches!(kind, IdeographicSpace | MissingDash | NoSpaceAfterDash);
    let mut slips: Vec<Span> =
        problems.filter(|problem| is_slip(problem.kind)).map(|problem| problem.span).collect();
    slips.sort_unstable_by_key(|slip| (slip.start, slip.end));
    slips
}

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !matches!(input.kind, FileKind::Post | FileKind::Draft) {
        return;
    }
    let vocabularies = [TermKind::Tag, TermKind::Category].map(|kind| input.site.vocabulary(kind));
    if vocabularies.iter().all(|vocabulary| vocabulary.is_without_rivals()) {
        return;
    }
    let settings = input.site.settings();
    // What is no term but a line with a slip in it is told there.
    let slips = slips(input);
    for used in in_post(input.post) {
        let vocabulary = input.site.vocabulary(used.kind);
        if !vocabulary.has_rival(&used.name) {
            continue;
        }
        let after = slips.partition_point(|slip| slip.end <= used.span.start);
        if slips.get(after).is_some_and(|slip| slip.overlaps(used.span)) {
            continue;
        }
        // Where there is a closed list, what is not in it is another rule's, and what is in it is meant.
        let list = match used.kind {
            TermKind::Tag => &settings.allowed_tags,
            TermKind::Category => &settings.allowed_categories,
        };
        if list.is_some() {
            continue;
        }
        let Some(own) = vocabulary.get(&used.name) else { continue };
        // That is `comma-in-terms`.
        if ends_with_comma(&own.name) {
            continue;
        }
        let noun = if used.kind == TermKind::Tag { "tag" } else { "category" };
        if let Some(best) = better_than(vocabulary, own) {
            let aspects: Vec<_> = differences(&own.name, &best.name).iter().map(|it| it.words()).collect();
            let message = format!(
                "The {noun} {} ({}) stands beside {} ({}), which differs only in {}. Write one name, so that readers find all of its posts together.",
                quoted(&own.name),
                posts(own.count()),
                quoted(&best.name),
                posts(best.count()),
                joined(&aspects),
            );
            let sure = best.count() >= HABIT && best.count() >= 2 * own.count();
            let severity = if sure { RULE.severity } else { Severity::Hint };
            let fix = here(input, &Renaming { kind: used.kind, old: &used.name, new: Some(&best.name) });
            let related = shown_in(input, best);
            found.push(Diagnostic { severity, fix, related, ..finding(&RULE, used.span, message) });
        } else if let Some(other) = at_one_url(vocabulary, own) {
            let message = format!(
                "The {noun} {} ({}) and {} ({}) have the same slug, `{}`: both get one page. Give one of them another name.",
                quoted(&own.name),
                posts(own.count()),
                quoted(&other.name),
                posts(other.count()),
                slugify(&own.name, input.site.config().archives_slugs),
            );
            found.push(Diagnostic { related: shown_in(input, other), ..finding(&RULE, used.span, message) });
        }
    }
}

/// The most used term that has its page at the same URL, of equal ones the first by name; none where this one is used
/// more.
fn at_one_url<'s>(vocabulary: &'s Vocabulary, own: &'s Term) -> Option<&'s Term> {
    let others = vocabulary.at_its_slug(own).take(MAX_AT_SLUG).filter(|term| term.count() >= own.count());
    others.min_by_key(|term| (Reverse(term.count()), &term.name))
}

fn here(input: &Input<'_>, renaming: &Renaming<'_>) -> Option<Fix> {
    match renaming.of_post(&input.post.text, &input.post.front_matter) {
        Respelt::Edits(edits) => {
            Some(Fix::choice(format!("Write {} here", quoted(renaming.new.unwrap_or_default())), edits))
        }
        Respelt::Nothing | Respelt::Unsure => None,
    }
}

fn shown_in(input: &Input<'_>, term: &Term) -> Vec<Related> {
    let newest = term.newest().find(|post| *post.path != *input.path);
    newest
        .map(|post| Related::file(post.path.clone(), format!("{} is used here", quoted(&term.name))))
        .into_iter()
        .collect()
}

fn posts(count: usize) -> String {
    if count == 1 { "1 post".to_owned() } else { format!("{count} posts") }
}

fn joined(words: &[&str]) -> String {
    match words {
        [] => "how it is typed".to_owned(),
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        [word, ..] => (*word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::expect;

    use crate::rules::testing::{Fixture, check, codes};

    /// A post with a `tags` line, beside others with one tag each.
    fn site(line: &str, others: &[(&str, usize)], config: &str) -> String {
        let mut text = format!("//- /_posts/2024-01-15-post.md\n---\ntitle: 題\n{line}\n---\n本文\n");
        let mut day = 0;
        for (tag, count) in others {
            for _ in 0..*count {
                day += 1;
                write!(
                    text,
                    "//- /_posts/2023-01-{day:02}-x.md\n---\ntitle: x{day}\ntags: [{tag}]\n---\n{day}\n"
                )
                .unwrap();
            }
        }
        write!(text, "//- /_config.yml\n{config}\n").unwrap();
        text
    }

    #[test]
    fn the_rarer_one_is_told() {
        check(
            &site("tags: ['ai', 東京]", &[("AI", 4), ("東京", 1)], ""),
            expect![[r#"
              tags: ['ai', 東京]
                      ^^
            information near-duplicate-term: The tag `ai` (1 post) stands beside `AI` (4 posts), which differs only in case. Write one name, so that readers find all of its posts together.
            see: `AI` is used here
              _posts/2023-01-04-x.md
            fix: Write `AI` here
              tags: ['AI', 東京]
        "#]],
        );
        check(
            &site("tags: machine-learning x", &[("Machine Learning", 3)], ""),
            expect![[r#"
              tags: machine-learning x
                    ^^^^^^^^^^^^^^^^
            information near-duplicate-term: The tag `machine-learning` (1 post) stands beside `Machine Learning` (3 posts), which differs only in case and spaces or hyphens. Write one name, so that readers find all of its posts together.
            see: `Machine Learning` is used here
              _posts/2023-01-03-x.md
            fix: Write `Machine Learning` here
              tags: [Machine Learning, x]
        "#]],
        );
        check(
            &site("tags:\n  - さーばー # 注\n  - サーバー", &[("サーバー", 1)], ""),
            expect![[r#"
                - さーばー # 注
                  ^^^^^^^^
            hint near-duplicate-term: The tag `さーばー` (1 post) stands beside `サーバー` (2 posts), which differs only in kana. Write one name, so that readers find all of its posts together.
            see: `サーバー` is used here
              _posts/2023-01-01-x.md
            fix: Write `サーバー` here
                # 注
        "#]],
        );
    }

    #[test]
    fn the_more_used_and_the_older_one_is_not() {
        let found = |line: &str, others: &[(&str, usize)]| {
            let found = Fixture::new(&site(line, others, "")).check();
            found.iter().map(|it| it.severity.name()).collect::<Vec<_>>()
        };
        assert_eq!(found("tags: [AI]", &[("ai", 1), ("AI", 3)]), [""; 0]);
        assert_eq!(found("tags: [ai]", &[("AI", 1)]), ["hint"]);
        assert_eq!(found("tags: [ai]", &[("AI", 3), ("ai", 2)]), ["hint"]);
        assert_eq!(found("tags: [ai]", &[("AI", 6), ("ai", 2)]), ["information"]);
        assert_eq!(found("tags: [\"ai,\"]", &[("ai", 1)]), ["warning"]);
        assert_eq!(found("tags: [ai]", &[("\"ai,\"", 9)]), [""; 0]);
        assert_eq!(found("tags: [ai, C]", &[("AI Lab", 6), ("C#", 6)]), [""; 0]);
    }

    #[test]
    fn a_closed_list_knows_better() {
        let text = format!(
            "{}//- /masthead.toml\nallowed-tags = [\"ai\", \"AI\"]\n",
            site("tags: [ai]", &[("AI", 4)], "")
        );
        assert_eq!(codes(&Fixture::new(&text).check()), [""; 0]);
    }

    #[test]
    fn one_slug_is_told_where_pages_are_made() {
        check(
            &site("tags: [C#]", &[("C++", 2)], "plugins: [jekyll-archives]"),
            expect![[r#"
              tags: [C#]
                     ^^
            information near-duplicate-term: The tag `C#` (1 post) and `C++` (2 posts) have the same slug, `c`: both get one page. Give one of them another name.
            see: `C++` is used here
              _posts/2023-01-02-x.md
        "#]],
        );
        check(&site("tags: [C#]", &[("C++", 2)], ""), expect![[""]]);
        let others = |line: &str| {
            let text = site(line, &[("C++", 2), ("C+", 2), ("C!", 1)], "plugins: [jekyll-archives]");
            let found = Fixture::new(&text).check();
            found
                .iter()
                .map(|it| it.message.split(" and ").nth(1).unwrap()[..5].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(others("tags: [C#]"), ["`C+` "]);
        assert_eq!(others("tags: [C+]"), [""; 0]);
        assert_eq!(others("tags: [C++]"), [""; 0]);
    }
}
