//! `inexact-post-url`: `post_url` finds its post by day and slug only, of which Jekyll warns. Source: Jekyll
//! `tags/post_url.rb`.

use super::{keep, tags};
use crate::post::LinkKind;
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::paths::exact_name;
use crate::site::targets::PostUrl;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "inexact-post-url",
    severity: Severity::Warning,
    summary: "`post_url` finds its post by day and slug only, which Jekyll calls deprecated.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[京都]({% post_url 2024-01-10-京都 %})\n\
              //- /_posts/trips/2024-01-10-京都.md\n---\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let inexact = tags(input, LinkKind::PostUrl).filter_map(|(link, _)| {
        let PostUrl::ByDay(post) = input.post_url(link) else { return None };
        let exact = exact_name(&post.path, &input.site.config().collections_dir)?;
        let message = format!(
            "The post's file is {}. Jekyll finds it by its day and slug, and warns that it may not for long.",
            quoted(&exact)
        );
        let edit = TextEdit::replace(link.target, exact.clone());
        let fix = Some(Fix::new(format!("Write `{exact}`"), vec![edit]));
        Some(Diagnostic { fix, ..finding(&RULE, link.target, message) })
    });
    keep(found, inexact);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::testing::check;

    #[test]
    fn the_file_s_name_is_the_exact_one() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{% post_url 2024-3-9-b %} {% post_url 2024-03-01-b %}\n\
             //- /_posts/2024-03-01-b.md\n---\ndate: 2024-03-09 10:00\n---\nText\n",
            expect![[r#"
                  {% post_url 2024-3-9-b %} {% post_url 2024-03-01-b %}
                              ^^^^^^^^^^
                warning inexact-post-url: The post's file is `2024-03-01-b`. Jekyll finds it by its day and slug, and warns that it may not for long.
                fix: Write `2024-03-01-b`
                  {% post_url 2024-03-01-b %} {% post_url 2024-03-01-b %}
            "#]],
        );
    }
}
