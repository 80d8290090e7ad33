//! `missing-post`: `post_url` names no post of the site, at which the build stops. Source: Jekyll `tags/post_url.rb`.

use super::{is_published, keep, tags, why_hidden};
use crate::limits::MAX_NEAR_NAMES;
use crate::post::name::{PostName, base_name};
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::site::paths::exact_name;
use crate::site::targets::PostUrl;
use crate::site::{FileKind, PostRecord};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-post",
    severity: Severity::Error,
    summary: "`post_url` names no post of the site, at which the build stops.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[京都]({% post_url 2024-01-10-kyoto.md %})\n\
              //- /_posts/2024-01-10-kyoto.md\n---\nlayout: post\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let searches = Searches::default();
    let told = tags(input, LinkKind::PostUrl).filter_map(|(link, name)| match input.post_url(link) {
        PostUrl::Exact(_) | PostUrl::ByDay(_) => None,
        PostUrl::Hidden(post) if is_published(input) => {
            let why = why_hidden(post);
            let message =
                format!("The post {} is not in the site: {why}. Jekyll stops the build here.", quoted(name));
            let related = vec![Related::file(post.path.clone(), "The post")];
            Some(Diagnostic { related, ..finding(&RULE, link.target, message) })
        }
        PostUrl::Hidden(_) => None,
        PostUrl::Nothing => Some(missing(input, &searches, link, name)),
    });
    keep(found, told);
}

fn missing(input: &Input<'_>, searches: &Searches, link: &Link, name: &str) -> Diagnostic {
    let meant = meant(input, searches, name);
    let (bare, fragment) = bare(name);
    let form = match () {
        () if meant.as_deref() != Some(bare) => "",
        () if fragment.is_some() => " The `#` goes behind the tag.",
        () => " It takes a file's name bare: no quotes, no extension.",
    };
    let message = match PostName::parse(&format!("{name}.md")) {
        None => format!(
            "`post_url` needs the name of a post's file, `YYYY-MM-DD-slug`, and {} is none: Jekyll stops the build \
             here.{}",
            quoted(name),
            did_you_mean(meant.as_deref())
        ),
        Some(_) => format!(
            "No post has the file name {}: Jekyll stops the build here.{form}{}",
            quoted(name),
            did_you_mean(meant.as_deref())
        ),
    };
    let fix = meant.map(|meant| {
        let mut edits = vec![TextEdit::replace(link.target, meant.clone())];
        let behind = input.post.text.get(link.target.end..).and_then(|rest| rest.find("%}"));
        if let (Some(fragment), Some(behind)) = (fragment, behind) {
            edits.push(TextEdit::insert(link.target.end + behind + 2, fragment));
        }
        Fix::choice(format!("Write `{meant}`"), edits)
    });
    Diagnostic { fix, ..finding(&RULE, link.target, message) }
}

/// A name without quotes, extension and fragment; the fragment with its `#`.
fn bare(name: &str) -> (&str, Option<&str>) {
    let name = name.trim_matches(['"', '\'']);
    let (name, fragment) = match name.find('#') {
        Some(at) => (&name[..at], Some(&name[at..])),
        None => (name, None),
    };
    let name = name.strip_prefix("_posts/").unwrap_or(name);
    let known = [".md", ".markdown", ".html"].iter().find_map(|it| name.strip_suffix(it));
    (known.unwrap_or(name), fragment)
}

/// The exact name of the post that is most likely meant: the bare name's, one of the same slug, one of a similar name.
fn meant(input: &Input<'_>, searches: &Searches, name: &str) -> Option<String> {
    let (bare, _) = bare(name);
    let site = input.site;
    let dir = &site.config().collections_dir;
    let exact = |post: &PostRecord| exact_name(&post.path, dir);
    if let PostUrl::Exact(post) | PostUrl::ByDay(post) = site.find_post_url(bare, input.zone()) {
        return exact(post);
    }
    let dated = format!("{bare}.md");
    let (slug, month) = match PostName::parse(&dated) {
        Some(name) => (name.slug, name.date.get(..7).unwrap_or_default()),
        None => (base_name(bare), ""),
    };
    let own = |post: &PostRecord| post.kind == FileKind::Post && *post.path != *input.path;
    if let Some(post) = site.with_slug(slug).find(|post| own(post)) {
        return exact(post);
    }
    let few = site.post_count() <= MAX_NEAR_NAMES;
    let prefix = if few { String::new() } else { format!("_posts/{month}") };
    let place = format!("_posts/{}", base_name(bare));
    let (mut before, mut behind) = site.posts_around(&prefix, &place);
    let near = searches.around([(&mut before, &mut behind)]);
    let names: Vec<String> =
        near.into_iter().filter(|post| own(post)).filter_map(|post| exact(post)).collect();
    nearest(bare, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(tag: &str, expected: Expect) {
        let site = "//- /_posts/旅/2024-01-10-京都.md\n---\nlayout: post\n---\n# 宿\n\
                    //- /_posts/2027-01-01-next.md\n---\nlayout: post\n---\nText\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n🎉 [題]({tag})\n{site}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn what_is_meant_is_offered() {
        check("{% post_url 旅/2024-01-10-京都 %}", expect![""]);
        check("{% raw %}{% post_url x %}{% endraw %}", expect![""]);
        check(
            "{% post_url 旅/2024-01-11-京都 %}",
            expect![[r#"
              🎉 [題]({% post_url 旅/2024-01-11-京都 %})
                                  ^^^^^^^^^^^^^^^^^^
            error missing-post: No post has the file name `旅/2024-01-11-京都`: Jekyll stops the build here. Did you mean `旅/2024-01-10-京都`?
            fix: Write `旅/2024-01-10-京都`
              🎉 [題]({% post_url 旅/2024-01-10-京都 %})
        "#]],
        );
        check(
            "{% post_url 京都 %}",
            expect![[r#"
              🎉 [題]({% post_url 京都 %})
                                  ^^^^
            error missing-post: `post_url` needs the name of a post's file, `YYYY-MM-DD-slug`, and `京都` is none: Jekyll stops the build here. Did you mean `旅/2024-01-10-京都`?
            fix: Write `旅/2024-01-10-京都`
              🎉 [題]({% post_url 旅/2024-01-10-京都 %})
        "#]],
        );
        check(
            "{% post_url \"2024-01-15-a\" %}",
            expect![[r#"
              🎉 [題]({% post_url "2024-01-15-a" %})
                                  ^^^^^^^^^^^^^^
            error missing-post: `post_url` needs the name of a post's file, `YYYY-MM-DD-slug`, and `"2024-01-15-a"` is none: Jekyll stops the build here. Did you mean `2024-01-15-a`?
            fix: Write `2024-01-15-a`
              🎉 [題]({% post_url 2024-01-15-a %})
        "#]],
        );
        check(
            "{% post_url 旅/2024-01-10-京都#宿 %}",
            expect![[r#"
              🎉 [題]({% post_url 旅/2024-01-10-京都#宿 %})
                                  ^^^^^^^^^^^^^^^^^^^^^
            error missing-post: No post has the file name `旅/2024-01-10-京都#宿`: Jekyll stops the build here. The `#` goes behind the tag. Did you mean `旅/2024-01-10-京都`?
            fix: Write `旅/2024-01-10-京都`
              🎉 [題]({% post_url 旅/2024-01-10-京都 %}#宿)
        "#]],
        );
        check(
            "{% post_url 2027-01-01-next %}",
            expect![[r#"
              🎉 [題]({% post_url 2027-01-01-next %})
                                  ^^^^^^^^^^^^^^^
            error missing-post: The post `2027-01-01-next` is not in the site: its date is in the future. Jekyll stops the build here.
            see: The post
              _posts/2027-01-01-next.md
        "#]],
        );
        check(
            "{% post_url 2019-05-05-something-else %}",
            expect![[r#"
              🎉 [題]({% post_url 2019-05-05-something-else %})
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^
            error missing-post: No post has the file name `2019-05-05-something-else`: Jekyll stops the build here.
        "#]],
        );
    }

    #[test]
    fn a_draft_may_name_what_is_as_hidden_as_itself() {
        let draft = "//- /_drafts/a.md\n---\nlayout: post\n---\n{% post_url 2027-01-01-b %}\n\
                     //- /_posts/2027-01-01-b.md\n---\nlayout: post\n---\nText\n";
        crate::rules::testing::check(draft, expect![""]);
    }
}
