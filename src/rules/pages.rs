//! Where Jekyll 3.9 and 3.10, with which GitHub Pages builds, do otherwise than Jekyll 4: said where a rule is explained,
//! and with each finding on a site that is built so.

/// The codes of rules, and what is otherwise there. Source: the sources of Jekyll v3.9.5 against v4.3.1.
const DIFFERENCES: &[(&[&str], &str)] = &[
    (
        &["bad-file-name"],
        "GitHub Pages (Jekyll 3.9) takes a file in a folder with a post's name for a post too: `_posts/2024-01-15-trip/notes.md`.",
    ),
    (
        &["bad-permalink", "config-permalink", "unknown-placeholder"],
        "GitHub Pages (Jekyll 3.9) knows neither the style `weekdate` nor `:slugified_categories`, `:long_month`, `:w_year`, `:week`, `:w_day`, `:short_day` and `:long_day`: it stops the build at them.",
    ),
    (
        &["config-defaults"],
        "GitHub Pages (Jekyll 3.9) takes a scope's `path` by whole folders, where Jekyll 4 takes it for the beginning of the path: in Jekyll 4 alone `_posts/ja` is for `_posts/jazz` as well.",
    ),
    (
        &["config-type"],
        "In GitHub Pages (Jekyll 3.9) an `exclude` of your own replaces the default one, to which Jekyll 4 adds it.",
    ),
    (
        &["crlf-excerpt", "shared-summary"],
        "GitHub Pages (Jekyll 3.9) adds all link definitions of the body to an excerpt, Jekyll 4 only those that it uses.",
    ),
    (
        &["empty-slug"],
        "GitHub Pages (Jekyll 3.9) does not warn of it, and leaves dots at the end of a name in the slug.",
    ),
    (&["future-date"], "GitHub Pages (Jekyll 3.9) leaves it out without a word; Jekyll 4 warns."),
    (
        &["hidden-target", "inexact-post-url", "missing-post"],
        "In GitHub Pages (Jekyll 3.9) `post_url` gives the URL without the site's `baseurl`.",
    ),
    (
        &["missing-linked-file"],
        "In GitHub Pages (Jekyll 3.9) `link` gives the URL without the site's `baseurl`, and takes no Liquid in its path.",
    ),
    (
        &["not-utf-8", "yaml-post"],
        "GitHub Pages (Jekyll 3.9) does not leave out a file of which it has no content, such as one in UTF-16.",
    ),
    (&["same-url"], "GitHub Pages (Jekyll 3.9) overwrites one of the two without a warning; Jekyll 4 warns."),
];

/// What GitHub Pages does otherwise where the rule with this code finds something.
pub fn difference(code: &str) -> Option<&'static str> {
    DIFFERENCES.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::example::Example;
    use crate::rules::explain::{explain, rows};

    #[test]
    fn every_difference_is_of_a_rule_and_is_explained_with_it() {
        for (codes, text) in DIFFERENCES {
            for code in *codes {
                assert!(rows().iter().any(|row| row.code == *code), "{code}");
                assert!(explain(code).is_some_and(|page| page.contains(text)), "{code}");
            }
        }
    }

    #[test]
    fn a_site_of_the_gem_is_told_with_the_finding() {
        let post = "//- /_posts/2030-01-15-a.md\n---\ntitle: a\n---\n";
        let message = |files: &str| {
            let found = Example::new(&format!("{post}{files}")).check();
            found.into_iter().map(|it| it.message).collect::<String>()
        };
        assert!(!message("").contains("GitHub Pages"));
        assert!(
            message("//- /Gemfile\ngem \"github-pages\", group: :jekyll_plugins\n")
                .contains("without a word")
        );
    }
}
