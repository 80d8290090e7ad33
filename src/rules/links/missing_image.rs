//! `missing-image`: an image, a sound or a film that is not there.

use super::{image_case, is_rendered, place};
use crate::post::links::{is_external, is_media};
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::nearest::nearest;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::files::is_watched;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-image",
    severity: Severity::Warning,
    summary: "An image, a sound or a film of the site is not there.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](/assets/haru.png)\n\
              //- /assets/hare.png\n//- /assets/natsu.png\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for (link, path) in absent(input) {
        if image_case::same_but_case(input, &path).is_some() {
            continue;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let prefix = format!("{folder}/");
        let names = input.site.files_from(&prefix).filter_map(|(path, _)| path.strip_prefix(&prefix));
        let beside = names.filter(|name| is_media(name) && !name.contains('/')).take(super::MAX_COMPARED);
        // One letter for another is no misspelling in a name of one or two.
        let is_long = crate::post::name::stem(name).chars().nth(2).is_some();
        let near = nearest(name, beside).filter(|_| is_long);
        let message = match near {
            Some(near) => format!("The site has no file {}. Did you mean `{near}`?", quoted(&path)),
            None => format!("The site has no file {}.", quoted(&path)),
        };
        let written = link.target.of(&input.post.text);
        // The name alone is put right, in the form in which it is written.
        let fix = near.filter(|near| written.ends_with(name) && is_plain(near)).map(|near| {
            let span = crate::text::Span::new(link.target.end - name.len(), link.target.end);
            Fix::choice(format!("Write `{near}`"), vec![TextEdit::replace(span, near)])
        });
        found.push(Diagnostic { fix, ..finding(&RULE, place(&link), message) });
    }
}

/// Whether a name can stand in an address as it is.
pub(super) fn is_plain(name: &str) -> bool {
    !name.contains(|c: char| c.is_whitespace() || c.is_control() || "%()<>\"'#?\\".contains(c))
}

/// The links to images, sounds and films that are surely not there, with the paths that they name. Sure is one from
/// the site's root whose folder has such files: others may be made by a plugin or be put there by a script.
pub(super) fn absent(input: &Input<'_>) -> Vec<(Link, String)> {
    if !is_rendered(input) {
        return Vec::new();
    }
    let text = &*input.post.text;
    let zone = super::zone(input);
    let mut seen = Vec::new();
    let links = input.post.links().into_iter().filter(|link| {
        let written = link.target.of(text);
        let rooted = written.starts_with('/') || link.from_root;
        let kind = matches!(link.kind, LinkKind::Embed | LinkKind::Url | LinkKind::Field);
        let first = !seen.contains(&link.target);
        seen.push(link.target);
        kind && rooted && first && is_media(written) && !is_external(written)
    });
    let missing = links.filter(|link| input.site.target(input.path, text, link, &zone).is_none());
    missing
        .filter_map(|link| Some((link, path_of(input, &link)?)))
        .filter(|(_, path)| is_sure(input, path))
        .collect()
}

fn path_of(input: &Input<'_>, link: &Link) -> Option<String> {
    let written = link.target.of(&input.post.text);
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    let base = input.site.config().baseurl.trim_end_matches('/');
    let below = decoded.strip_prefix(base).filter(|rest| !link.from_root && rest.starts_with('/'));
    let path = below.unwrap_or(&decoded).trim_start_matches('/');
    crate::site::paths::join("", path)
}

fn is_sure(input: &Input<'_>, path: &str) -> bool {
    let Some((folder, _)) = path.rsplit_once('/') else { return false };
    let prefix = format!("{folder}/");
    is_watched(path, input.site.config())
        && input
            .site
            .files_from(&prefix)
            .any(|(path, _)| is_media(path) && !path[prefix.len()..].contains('/'))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        let site = "//- /assets/図/春.png\n//- /assets/図/京都の春.png\n//- /assets/図/a b.jpg\n//- /_config.yml\nbaseurl: /blog\n";
        crate::rules::testing::check(&format!("//- /_posts/2024-01-15-a.md\n{body}\n{site}"), expected);
    }

    #[test]
    fn images_in_folders_of_the_site() {
        check(
            "---\nimage: /assets/図/春.png\n---\n![](/blog/assets/図/春.png) ![]({{ site.baseurl }}/assets/図/a%20b.jpg)",
            expect![""],
        );
        check(
            "---\nimage: /assets/図/夏.png\n---\n🎉 ![春](/assets/%E5%9B%B3/京都の夏.png)",
            expect![[r#"
                  image: /assets/図/夏.png
                         ^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/夏.png`.
                  🎉 ![春](/assets/%E5%9B%B3/京都の夏.png)
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/京都の夏.png`. Did you mean `京都の春.png`?
                fix: Write `京都の春.png`
                  🎉 ![春](/assets/%E5%9B%B3/京都の春.png)
            "#]],
        );
        check(
            "---\nlayout: post\n---\n<img src='{{ \"/assets/図/haru.png\" | relative_url }}'>",
            expect![[r#"
                  <img src='{{ "/assets/図/haru.png" | relative_url }}'>
                                ^^^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/haru.png`.
            "#]],
        );
    }

    #[test]
    fn what_may_come_from_elsewhere_is_left_alone() {
        check(
            "---\nimage: 夏.png\n---\n![](夏.png) ![](/made/夏.png) ![](https://e.jp/assets/図/夏.png) `![](/assets/図/夏.png)` \
             ![]({{ page.x }}/assets/図/夏.png) ![](/assets/図/夏.heic)",
            expect![""],
        );
    }
}
