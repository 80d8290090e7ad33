//! `hidden-target`: a link leads to a post that is not in the site: a draft, a future or an unpublished one.

use super::{is_published, keep, place, why_hidden};
use crate::limits::MAX_LINKS;
use crate::post::LinkKind;
use crate::post::links::distinct;
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Input, Related, Rule, Severity};
use crate::site::targets::is_built;

/// The rule.
pub const RULE: Rule = Rule {
    code: "hidden-target",
    severity: Severity::Warning,
    summary: "A link leads to a post that is not in the site: a draft, a future or an unpublished one.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[次](/2027/01/01/next.html)\n\
              //- /_posts/2027-01-01-next.md\n---\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_published(input) {
        return;
    }
    let links = input.post.body().links.iter().copied().filter(|link| link.kind == LinkKind::Url);
    let hidden = distinct(links).take(MAX_LINKS).filter_map(|link| {
        let target = input.target(&link)?;
        let post = target.post().filter(|post| !is_built(post) && *post.path != *input.path)?;
        let message = format!("{} is not in the site: {}.", quoted(&post.title), why_hidden(post));
        let related = vec![Related::file(post.path.clone(), "The post")];
        Some(Diagnostic { related, ..finding(&RULE, place(&link), message) })
    });
    keep(found, hidden);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::testing::check;

    #[test]
    fn a_draft_may_link_to_another() {
        let draft = "//- /_drafts/b.md\n---\ntitle: 題\n---\n# x\n";
        check(&format!("//- /_drafts/a.md\n---\nlayout: post\n---\n[b](b.md)\n{draft}"), expect![""]);
        check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n🎉[b](../_drafts/b.md#x)\n{draft}"
            ),
            expect![[r#"
                  🎉[b](../_drafts/b.md#x)
                        ^^^^^^^^^^^^^^^
                warning hidden-target: `題` is not in the site: it is a draft.
                see: The post
                  _drafts/b.md
            "#]],
        );
    }
}
