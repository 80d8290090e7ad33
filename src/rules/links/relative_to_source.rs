//! `relative-to-source`: a relative address leads to a file from where its text lies in the source, as editors and GitHub read it, and to
//! nothing from the page that readers get. Source: RFC 3986, 5.2; Jekyll leaves addresses alone.

use super::absent_files::is_plain;
use super::{is_rendered, keep, root_address};
use crate::jekyll::page::copied_url;
use crate::limits::MAX_LINKS;
use crate::post::links::{distinct, is_external};
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::Target;
use crate::site::paths::join;
use crate::site::targets::{folder_of, is_built};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "relative-to-source",
    severity: Severity::Warning,
    summary: "A relative address leads to a file from where the text lies, and to nothing from its page.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](../assets/haru.png)\n//- /assets/haru.png\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let site = input.site;
    let is_plain = site.has_known_plugins() && site.leaves_links(input.kind);
    if !is_plain || !is_rendered(input) || site.templates().move_addresses() {
        return;
    }
    let links = input.post.body().links.iter().copied();
    let links = links.filter(|link| matches!(link.kind, LinkKind::Url | LinkKind::Embed));
    keep(found, distinct(links).take(MAX_LINKS).filter_map(|link| misled(input, &link)));
}

fn misled(input: &Input<'_>, link: &Link) -> Option<Diagnostic> {
    let (site, config) = (input.site, input.site.config());
    let written = link.target.of(&input.post.text);
    let is_relative =
        !written.is_empty() && !written.starts_with('/') && !link.from_root && !is_external(written);
    // Of a link to a Markdown file `source-link` tells.
    if !is_relative || config.is_markdown(written) {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    let by_file = join(folder_of(input.path), &decoded)?;
    let url = match input.target(link)? {
        Target::Post(post) if *post.path == *by_file && is_built(post) => post.url.as_deref()?.to_owned(),
        Target::File(path) if **path == *by_file => match site.file(path)?.1 {
            Some(page) => page.url.as_deref()?.to_owned(),
            None => copied_url(path, config),
        },
        _ => return None,
    };
    let led = site.beside_page(input.path, &decoded)?;
    if site.at_any_url(&led).is_some() {
        return None;
    }
    let url = percent_encoding::percent_decode_str(&url).decode_utf8_lossy();
    let right = root_address(input, url.trim_start_matches('/'));
    let message = format!(
        "From the page this leads to {}, and the site has no such file. It is at {}.",
        quoted_path(&led),
        quoted_path(&right)
    );
    let fix = is_plain(&right).then(|| {
        Fix::choice(format!("Write `{right}`"), vec![TextEdit::replace(link.target, right.clone())])
    });
    Some(Diagnostic { fix, ..finding(&RULE, link.target, message) })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, more: &str, expected: Expect) {
        let site = "//- /assets/図/春.png\n//- /about.html\n---\n---\n//- /2024/01/15/夏.png\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{body}\n{site}{more}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn addresses_that_lead_where_the_text_lies() {
        check(
            "🎉 ![](../assets/%E5%9B%B3/春.png) <a href='../about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)",
            "",
            expect![[r#"
                  🎉 ![](../assets/%E5%9B%B3/春.png) <a href='../about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning relative-to-source: From the page this leads to `/2024/01/assets/図/春.png`, and the site has no such file. It is at `/assets/図/春.png`.
                fix: Write `/assets/図/春.png`
                  🎉 ![](/assets/図/春.png) <a href='../about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)
                  🎉 ![](../assets/%E5%9B%B3/春.png) <a href='../about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)
                                                              ^^^^^^^^^^^^^
                warning relative-to-source: From the page this leads to `/2024/01/about.html`, and the site has no such file. It is at `/about.html`.
                fix: Write `/about.html`
                  🎉 ![](../assets/%E5%9B%B3/春.png) <a href='/about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)
                  🎉 ![](../assets/%E5%9B%B3/春.png) <a href='../about.html#会社'>会社</a> ![](夏.png) ![](../../../assets/図/春.png)
                                                                            ^^^^
                warning missing-anchor: `about.html` has no heading or anchor `会社`.
                see: The page
                  about.html
            "#]],
        );
    }

    #[test]
    fn with_a_baseurl_and_urls_that_end_in_a_slash() {
        check(
            "![](../assets/図/春.png) ![](../../../../assets/図/春.png) ![](../../../../../assets/図/春.png)",
            "//- /_config.yml\nbaseurl: /blog\npermalink: pretty\n",
            expect![[r#"
                  ![](../assets/図/春.png) ![](../../../../assets/図/春.png) ![](../../../../../assets/図/春.png)
                      ^^^^^^^^^^^^^^^^^^^
                warning relative-to-source: From the page this leads to `/2024/01/15/assets/図/春.png`, and the site has no such file. It is at `/blog/assets/図/春.png`.
                fix: Write `/blog/assets/図/春.png`
                  ![](/blog/assets/図/春.png) ![](../../../../assets/図/春.png) ![](../../../../../assets/図/春.png)
            "#]],
        );
    }

    #[test]
    fn what_a_plugin_or_a_layout_may_set_right() {
        for more in [
            "//- /_config.yml\nrelative_links: {collections: true}\n",
            "//- /_plugins/links.rb\n",
            "//- /Gemfile\ngem 'jekyll'\ngem 'jekyll-postfiles'\n",
            "//- /_layouts/post.html\n<base href='{{ site.baseurl }}/'>\n",
        ] {
            check("![](../assets/図/春.png)", more, expect![[""]]);
        }
    }
}
