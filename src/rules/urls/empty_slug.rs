//! `empty-slug`: nothing of the slug is left in the URL, because it is empty or has no letter and no digit.
//! Source: Jekyll `utils.rb` slugify.

use super::template;
use crate::jekyll::Status;
use crate::jekyll::slug::{Mode, slugify_cased};
use crate::rules::spots::{head, is_document, own, said};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Rule, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: "empty-slug",
    severity: Severity::Warning,
    summary: "Nothing of the post's slug is left in its URL.",
    example: "---\ntitle: Hello\nslug: \"\"\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let reading = said(input);
    // No mode takes an ASCII letter or digit away.
    let is_plain = |slug: &str| slug.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let slug = reading.slug.as_deref().filter(|slug| !is_plain(slug));
    let lost = |mode| slug.is_some_and(|slug| slugify_cased(slug, mode).is_empty());
    if !is_document(input)
        || reading.status == Status::Dropped
        || !(lost(Mode::Pretty) || lost(Mode::Default))
    {
        return;
    }
    let Some(template) = template(input) else { return };
    let asks = |placeholder: &str, mode| template.contains(placeholder) && lost(mode);
    let Some(url) =
        reading.url.as_deref().filter(|_| asks(":title", Mode::Pretty) || asks(":slug", Mode::Default))
    else {
        return;
    };
    let own = own(input, "slug");
    let what = match reading.slug.as_deref() {
        Some("") if own.is_some() => "The slug is empty".to_owned(),
        Some("") => "The file's name has nothing after its date".to_owned(),
        Some(slug) => format!("The slug {} has no letter and no digit", quoted(slug)),
        None => return,
    };
    found.push(Diagnostic {
        span: own.map_or_else(|| head(input), |node| node.span),
        severity: RULE.severity,
        code: RULE.code,
        message: format!("{what}: the URL is {url}. Give the post a `slug` of letters."),
        related: Vec::new(),
        fix: None,
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn a_name_of_signs_only() {
        check(
            "//- /_posts/2024-01-15-🎉.md\n---\ntitle: 祝\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            warning empty-slug: The slug `🎉` has no letter and no digit: the URL is /2024/01/15/.html. Give the post a `slug` of letters.
        "#]],
        );
        check(
            "//- /_posts/2024-01-15-.md\n---\ntitle: 祝\n---\n本文\n",
            expect![[r#"
              ---
              ^^^
            warning empty-slug: The file's name has nothing after its date: the URL is /2024/01/15/.html. Give the post a `slug` of letters.
        "#]],
        );
    }

    #[test]
    fn a_permalink_that_does_not_ask_for_it_is_fine() {
        check("---\ntitle: a\nslug: \"\"\npermalink: /:year/a/\n---\n", expect![""]);
        check("---\ntitle: a\nslug: 京都\n---\n", expect![""]);
    }
}
