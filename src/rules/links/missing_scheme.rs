//! `missing-scheme`: an address of the web or of mail without what says that it is one. Browsers take it for a path below
//! the page. Source: the URL standard, in which an address without a scheme is a relative one.

use super::{is_rendered, keep};
use crate::limits::MAX_LINKS;
use crate::post::links::{distinct, is_external};
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::paths::join;
use crate::site::targets::folder_of;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-scheme",
    severity: Severity::Warning,
    summary: "An address of the web or of mail lacks `https://` or `mailto:`, so that browsers look for it in the site.",
    example: "---\nlayout: post\n---\n[Jekyll](jekyllrb.com/docs/)\n",
    check,
};

/// The ends of host names that are no extension of a file.
const ENDS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "info", "io", "dev", "jp", "kr", "cn", "tw", "de", "fr", "uk", "us",
    "eu", "ca", "au", "co", "me", "tv",
];

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_rendered(input) {
        return;
    }
    let text = &*input.post.text;
    let kinds = |link: &Link| matches!(link.kind, LinkKind::Url | LinkKind::Embed) && !link.from_root;
    let links = input.post.body().links.iter().copied().filter(kinds);
    let told = distinct(links).take(MAX_LINKS).filter_map(|link| {
        let written = link.target.of(text);
        let scheme = scheme(written).filter(|_| !is_in_site(input, &link, written))?;
        let message = format!("{} lacks `{scheme}`: browsers look for it in this site.", quoted(written));
        let fix = Fix::choice(
            format!("Write `{scheme}` before it"),
            vec![TextEdit::insert(link.target.start, scheme)],
        );
        Some(Diagnostic { fix: Some(fix), ..finding(&RULE, link.target, message) })
    });
    keep(found, told);
}

/// Whether an address is one of the web or of mail: what its path names is not looked for.
pub(super) fn is_elsewhere(written: &str) -> bool {
    scheme(written).is_some()
}

/// What an address lacks that begins with the name of a host, or is one of mail.
fn scheme(written: &str) -> Option<&'static str> {
    if is_external(written) {
        return None;
    }
    let (host, path) = written.split_once('/').map_or((written, None), |(host, path)| (host, Some(path)));
    match host.split_once('@') {
        Some((name, host)) => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
            (path.is_none() && !name.is_empty() && name.chars().all(plain) && is_host(host))
                .then_some("mailto:")
        }
        None => is_host(host).then_some("https://"),
    }
}

fn is_host(name: &str) -> bool {
    let Some((start, end)) = name.rsplit_once('.') else { return false };
    let is_www = start.split_once('.').is_some_and(|(first, _)| first.eq_ignore_ascii_case("www"));
    let is_label = |label: &str| {
        let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    (is_www || ENDS.iter().any(|known| end.eq_ignore_ascii_case(known))) && name.split('.').all(is_label)
}

/// Whether the site has such a file, or a folder of the host's name.
fn is_in_site(input: &Input<'_>, link: &Link, written: &str) -> bool {
    let host = written.split('/').next().unwrap_or_default();
    let has_folder = || {
        let folder = join(folder_of(input.path), host).map(|folder| format!("{folder}/"));
        folder.is_some_and(|folder| input.site.files_from(&folder).next().is_some())
    };
    input.target(link).is_some() || has_folder()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        let site = "//- /about.com\n//- /notes/example.org/a.txt\n//- /notes/kyoto.jp\n";
        crate::rules::testing::check(
            &format!("//- /notes/x.md\n---\nlayout: post\n---\n{body}\n{site}"),
            expected,
        );
    }

    #[test]
    fn hosts_and_mail() {
        check(
            "🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)\n\n[r]\n\n[r]: erlang.org/doc/gen_server.html",
            expect![[r#"
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                        ^^^^^^^^^^^^^^^^^^^^
                warning missing-scheme: `www.example.co.jp/図` lacks `https://`: browsers look for it in this site.
                fix: Write `https://` before it
                  🎉[x](https://www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                                                  ^^^^^^^^^^^^
                warning missing-scheme: `jekyllrb.com` lacks `https://`: browsers look for it in this site.
                fix: Write `https://` before it
                  🎉[x](www.example.co.jp/図) [y](https://jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                                                                     ^^^^^^^^^^^^^^^^^
                warning missing-scheme: `i.imgur.com/a.png` lacks `https://`: browsers look for it in this site.
                fix: Write `https://` before it
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](https://i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](a.b@example.jp)
                                                                                                ^^^^^^^^^^^^^^
                warning missing-scheme: `a.b@example.jp` lacks `mailto:`: browsers look for it in this site.
                fix: Write `mailto:` before it
                  🎉[x](www.example.co.jp/図) [y](jekyllrb.com) ![z](i.imgur.com/a.png?b#c) [m](mailto:a.b@example.jp)
                  [r]: erlang.org/doc/gen_server.html
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-scheme: `erlang.org/doc/gen_server.html` lacks `https://`: browsers look for it in this site.
                fix: Write `https://` before it
                  [r]: https://erlang.org/doc/gen_server.html
            "#]],
        );
    }

    #[test]
    fn hosts_by_their_beginning_or_their_end_in_any_case() {
        check(
            "[a](www.example.xyz) [b](GitHub.COM)",
            expect![[r#"
              [a](www.example.xyz) [b](GitHub.COM)
                  ^^^^^^^^^^^^^^^
            warning missing-scheme: `www.example.xyz` lacks `https://`: browsers look for it in this site.
            fix: Write `https://` before it
              [a](https://www.example.xyz) [b](GitHub.COM)
              [a](www.example.xyz) [b](GitHub.COM)
                                       ^^^^^^^^^^
            warning missing-scheme: `GitHub.COM` lacks `https://`: browsers look for it in this site.
            fix: Write `https://` before it
              [a](www.example.xyz) [b](https://GitHub.COM)
        "#]],
        );
    }

    #[test]
    fn what_is_no_host_and_no_mail() {
        check(
            "[a](com) [b](www.xyz) [c](-a.com) [d](a-.com) [e](a@example.jp/b) [f](山@example.jp) [g](a@b)",
            expect![""],
        );
    }

    #[test]
    fn what_is_only_copied() {
        let post = "//- /notes/x.md\n[x](www.example.com)\n";
        crate::rules::testing::check(post, expect![""]);
    }

    #[test]
    fn what_is_a_path() {
        check(
            "[a](kyoto.jp) [b](example.org/a.txt) [c](example.org/b.txt) [d](a.png) [e](a.md) [f](https://example.com) [g](/example.com) \
             [h](./example.com) [i](v1.0) [j](a.b.c) [k](.com) [l](京都.jp) [m](@a.com) [n](a/b@example.com) [o]({{ site.baseurl }}example.com) \
             `[p](www.example.com)` [q](//example.com) [r](mailto:a@example.com) [s](#example.com) <a@example.com>",
            expect![[r#"
                  [a](kyoto.jp) [b](example.org/a.txt) [c](example.org/b.txt) [d](a.png) [e](a.md) [f](https://example.com) [g](/example.com) [h](./example.com) [i](v1.0) [j](a.b.c) [k](.com) [l](京都.jp) [m](@a.com) [n](a/b@example.com) [o]({{ site.baseurl }}example.com) `[p](www.example.com)` [q](//example.com) [r](mailto:a@example.com) [s](#example.com) <a@example.com>
                                                                                  ^^^^^
                warning missing-image: From the page this leads to `/notes/a.png`, and the site has no such file.
                  [a](kyoto.jp) [b](example.org/a.txt) [c](example.org/b.txt) [d](a.png) [e](a.md) [f](https://example.com) [g](/example.com) [h](./example.com) [i](v1.0) [j](a.b.c) [k](.com) [l](京都.jp) [m](@a.com) [n](a/b@example.com) [o]({{ site.baseurl }}example.com) `[p](www.example.com)` [q](//example.com) [r](mailto:a@example.com) [s](#example.com) <a@example.com>
                                                                                             ^^^^
                warning missing-page: The site has no file `notes/a.md`. Did you mean `notes/x.md`?
                fix: Write `x.md`
                  [a](kyoto.jp) [b](example.org/a.txt) [c](example.org/b.txt) [d](a.png) [e](x.md) [f](https://example.com) [g](/example.com) [h](./example.com) [i](v1.0) [j](a.b.c) [k](.com) [l](京都.jp) [m](@a.com) [n](a/b@example.com) [o]({{ site.baseurl }}example.com) `[p](www.example.com)` [q](//example.com) [r](mailto:a@example.com) [s](#example.com) <a@example.com>
                  [a](kyoto.jp) [b](example.org/a.txt) [c](example.org/b.txt) [d](a.png) [e](a.md) [f](https://example.com) [g](/example.com) [h](./example.com) [i](v1.0) [j](a.b.c) [k](.com) [l](京都.jp) [m](@a.com) [n](a/b@example.com) [o]({{ site.baseurl }}example.com) `[p](www.example.com)` [q](//example.com) [r](mailto:a@example.com) [s](#example.com) <a@example.com>
                                                                                                                                                                                                                                                                                                                                                          ^^^^^^^^^^^
                warning missing-anchor: This page has no heading or anchor `example.com`.
            "#]],
        );
    }
}
