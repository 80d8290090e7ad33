//! `missing-linked-file`: the tag `link` names no file of the site, at which the build stops. Source: Jekyll
//! `tags/link.rb`.

use super::{is_published, keep, nearest_path, tags, why_hidden};
use crate::post::name::base_name;
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean};
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::site::FileKind;
use crate::site::paths::classify;
use crate::site::targets::is_built;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-linked-file",
    severity: Severity::Error,
    summary: "The tag `link` names no file of the site, at which the build stops.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[京都]({% link _posts/2024-01-10-kyoto %})\n\
              //- /_posts/2024-01-10-kyoto.md\n---\nlayout: post\n---\nText\n",
    check,
};

/// Files that plugins write, which the tag finds too.
const GENERATED: &[&str] =
    &["feed.xml", "atom.xml", "rss.xml", "sitemap.xml", "robots.txt", "redirects.json"];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let searches = Searches::default();
    let told = tags(input, LinkKind::LinkTag).filter_map(|(link, path)| {
        let Some(target) = input.target(link) else {
            let may_be_there = GENERATED.contains(&base_name(path)) || input.site.is_in_submodule(path);
            return (!may_be_there).then(|| missing(input, &searches, link, path));
        };
        let hidden = |why: &str, related: Related| {
            let message =
                format!("{} is not in the site: {why}. Jekyll stops the build here.", quoted_path(path));
            Diagnostic { related: vec![related], ..finding(&RULE, link.target, message) }
        };
        let file = target.path(input.path);
        if let FileKind::Collection(name) = classify(&file, input.site.config())
            && !input.site.config().is_written(&name)
        {
            let why = format!("the collection `{name}` has no `output: true` in `_config.yml`");
            return Some(hidden(&why, Related::file(file.into(), "The document")));
        }
        let post = target.post().filter(|post| !is_built(post) && is_published(input))?;
        Some(hidden(why_hidden(post), Related::file(post.path.clone(), "The post")))
    });
    keep(found, told);
}

fn missing(input: &Input<'_>, searches: &Searches, link: &Link, path: &str) -> Diagnostic {
    let bare = path.trim_matches(['"', '\'']).trim_start_matches("./");
    let (bare, fragment) = bare.split_at(bare.find('#').unwrap_or(bare.len()));
    let rootless = bare.trim_start_matches('/');
    let counts = |path: &str| input.site.post(path).is_none_or(|post| is_built(post));
    let meant = match input.site.at_path(rootless) {
        Some(_) => Some(rootless.to_owned()),
        None => nearest_path(input, searches, rootless, counts),
    };
    let form = match () {
        () if meant.as_deref() != Some(rootless) => "",
        () if !fragment.is_empty() => " The `#` goes behind the tag.",
        () => " It takes the path from the site's root bare: no quotes, no `/` or `./` before it.",
    };
    let message = format!(
        "The site has no file {}: Jekyll stops the build here.{form}{}",
        quoted_path(path),
        did_you_mean(meant.as_deref())
    );
    let fix = meant.map(|meant| {
        let mut edits = vec![TextEdit::replace(link.target, meant.clone())];
        let behind = input.post.text.get(link.target.end..).and_then(|rest| rest.find("%}"));
        if let (false, Some(behind)) = (fragment.is_empty(), behind) {
            edits.push(TextEdit::insert(link.target.end + behind + 2, fragment));
        }
        Fix::choice(format!("Write `{meant}`"), edits)
    });
    Diagnostic { fix, ..finding(&RULE, link.target, message) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(tag: &str, expected: Expect) {
        let site = "//- /about.md\n---\ntitle: x\n---\n# 会社\n//- /assets/図.png\n\
                    //- /_posts/2024-01-10-b.md\n---\npublished: false\n---\nText\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n🎉 [題]({tag})\n{site}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn the_path_is_exact() {
        check("{% link about.md %} {% link /assets/図.png %} {% link feed.xml %}", expect![""]);
        crate::rules::testing::check(
            "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{% link lib/図.png %}\n//- /.gitmodules\npath = lib\n",
            expect![""],
        );
        check(
            "{% link /about.md %}",
            expect![[r#"
              🎉 [題]({% link /about.md %})
                              ^^^^^^^^^
            error missing-linked-file: The site has no file `/about.md`: Jekyll stops the build here. It takes the path from the site's root bare: no quotes, no `/` or `./` before it. Did you mean `about.md`?
            fix: Write `about.md`
              🎉 [題]({% link about.md %})
        "#]],
        );
        check(
            "{% link about.md#会社 %}",
            expect![[r#"
              🎉 [題]({% link about.md#会社 %})
                              ^^^^^^^^^^^^^
            error missing-linked-file: The site has no file `about.md#会社`: Jekyll stops the build here. The `#` goes behind the tag. Did you mean `about.md`?
            fix: Write `about.md`
              🎉 [題]({% link about.md %}#会社)
        "#]],
        );
        check(
            "{% link assets/圖.png %}",
            expect![[r#"
              🎉 [題]({% link assets/圖.png %})
                              ^^^^^^^^^^^^^
            error missing-linked-file: The site has no file `assets/圖.png`: Jekyll stops the build here. Did you mean `assets/図.png`?
            fix: Write `assets/図.png`
              🎉 [題]({% link assets/図.png %})
        "#]],
        );
        check(
            "{% link _posts/2024-01-10-b.md %}",
            expect![[r#"
              🎉 [題]({% link _posts/2024-01-10-b.md %})
                              ^^^^^^^^^^^^^^^^^^^^^^
            error missing-linked-file: `_posts/2024-01-10-b.md` is not in the site: it is not published. Jekyll stops the build here.
            see: The post
              _posts/2024-01-10-b.md
        "#]],
        );
    }

    #[test]
    fn a_collection_that_is_not_written() {
        let tags = "{% link _steps/a.md %} {% link _notes/b.md %} {% link _steps/図.png %}";
        let config = "collections:\n  steps:\n  notes:\n    output: true\n";
        crate::rules::testing::check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{tags}\n//- /_config.yml\n{config}\
                 //- /_steps/a.md\n---\n---\n//- /_notes/b.md\n---\n---\n//- /_steps/図.png\n"
            ),
            expect![[r#"
                  {% link _steps/a.md %} {% link _notes/b.md %} {% link _steps/図.png %}
                          ^^^^^^^^^^^
                error missing-linked-file: `_steps/a.md` is not in the site: the collection `steps` has no `output: true` in `_config.yml`. Jekyll stops the build here.
                see: The document
                  _steps/a.md
                  {% link _steps/a.md %} {% link _notes/b.md %} {% link _steps/図.png %}
                                                                        ^^^^^^^^^^^^^
                error missing-linked-file: `_steps/図.png` is not in the site: the collection `steps` has no `output: true` in `_config.yml`. Jekyll stops the build here.
                see: The document
                  _steps/図.png
            "#]],
        );
    }
}
