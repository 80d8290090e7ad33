//! `unlisted-tag`: a tag that the site's closed list does not have.

use super::unlisted;
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::TermKind;

/// The rule.
pub const RULE: Rule = Rule {
    code: "unlisted-tag",
    severity: Severity::Warning,
    summary: "A tag is not among those that `masthead.toml` allows.",
    example: "//- /_posts/2024-01-15-a.md\n---\ntitle: Hello\ntags: [aix]\n---\nText\n//- /masthead.toml\nallowed-tags = [\"ai\"]\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let allowed = input.site.settings().allowed_tags.as_ref();
    unlisted(&RULE, TermKind::Tag, allowed, input, found);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    const LIST: &str = "//- /masthead.toml\nallowed-tags = [\"AI\", \"Web\", \"c#\", \"機械学習\"]\n";

    fn post(tags: &str) -> String {
        format!("//- /_posts/2024-01-15-a.md\n---\ntitle: 題\n{tags}\n---\n本文\n{LIST}")
    }

    #[test]
    fn in_every_spelling() {
        check(
            &post("tags: [AI, 'ai', \"機械学習\", 機械 学習]"),
            expect![[r#"
                  tags: [AI, 'ai', "機械学習", 機械 学習]
                             ^^^^
                warning unlisted-tag: `ai` is not among the tags that masthead.toml allows. Did you mean `AI`?
                fix: Write `AI`
                  tags: [AI, "機械学習", 機械 学習]
                  tags: [AI, 'ai', "機械学習", 機械 学習]
                                               ^^^^^^^^^
                warning unlisted-tag: `機械 学習` is not among the tags that masthead.toml allows. Did you mean `機械学習`?
                fix: Write `機械学習`
                  tags: [AI, 'ai', "機械学習"]
            "#]],
        );
        check(
            &post("tags: AI web 2024"),
            expect![[r#"
              tags: AI web 2024
                       ^^^
            warning unlisted-tag: `web` is not among the tags that masthead.toml allows. Did you mean `Web`?
            fix: Write `Web`
              tags: AI Web 2024
              tags: AI web 2024
                           ^^^^
            warning unlisted-tag: `2024` is not among the tags that masthead.toml allows.
        "#]],
        );
        check(
            &post("tags:\n- Wbe\n- C#"),
            expect![[r#"
                  - Wbe
                    ^^^
                warning unlisted-tag: `Wbe` is not among the tags that masthead.toml allows. Did you mean `Web`?
                fix: Write `Web`
                  - Web
                  - C#
                    ^^
                warning unlisted-tag: `C#` is not among the tags that masthead.toml allows. Did you mean `c#`?
                fix: Write `c#`
                  - c#
            "#]],
        );
    }

    #[test]
    fn pages_have_no_tags_and_no_list_allows_all() {
        check(&format!("//- /about.md\n---\ntags: [x]\n---\n{LIST}"), expect![""]);
        check("---\ntitle: x\ntags: [x]\n---\n", expect![""]);
    }
}
