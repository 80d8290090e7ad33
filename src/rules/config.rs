//! What is wrong in `_config.yml` where its form is right; [`super::syntax`] says where that is wrong.
//! Source: Jekyll `configuration.rb`, `url.rb`, `frontmatter_defaults.rb`.

use jiff::tz::TimeZone;

use super::loaded::{finding, is_plain, pair, source};
use super::spots::{blank_before, content};
use super::terms::edit::flow_list;
use super::urls::unknown_placeholder::{KNOWN, nearest};
use super::words::quoted;
use super::{Diagnostic, Fix, Input, Rule, Severity};
use crate::jekyll::Config;
use crate::jekyll::url::style_template;
use crate::post::front_matter::{Load, Node, Value};
use crate::text::{Span, TextEdit};

/// The rules that look at `_config.yml`.
pub const RULES: &[Rule] = &[
    Rule {
        code: "config-type",
        severity: Severity::Warning,
        summary: "A key of `_config.yml` has a value of another type than Jekyll wants.",
        example: "//- /_config.yml\ntitle: My blog\nfuture: sometimes\n",
        check: check_types,
    },
    Rule {
        code: "config-timezone",
        severity: Severity::Warning,
        summary: "The `timezone` of `_config.yml` is no time zone, so Jekyll takes UTC.",
        example: "//- /_config.yml\ntimezone: Asia/Tokio\n",
        check: check_timezone,
    },
    Rule {
        code: "config-permalink",
        severity: Severity::Error,
        summary: "The `permalink` of `_config.yml` has a placeholder that Jekyll does not know, or is no style.",
        example: "//- /_config.yml\npermalink: /:yaer/:title/\n",
        check: check_permalink,
    },
    Rule {
        code: "config-defaults",
        severity: Severity::Warning,
        summary: "A set of `defaults` in `_config.yml` gives nothing to any file, or stops Jekyll.",
        example: "//- /_config.yml\ndefaults:\n  - scope: {path: /_posts}\n    values: {layout: post}\n",
        check: check_defaults,
    },
];

fn check_types(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Ok(config) = Config::parse(&input.post.text) else { return };
    for problem in config.problems {
        let severity = if problem.stops { Severity::Error } else { Severity::Warning };
        let fix = as_list(input, &problem.key);
        found.push(Diagnostic { severity, fix, ..finding(&RULES[0], problem.span, problem.message) });
    }
}

/// Makes a list of what stands alone: of each part of a plain text with commas.
fn as_list(input: &Input<'_>, key: &str) -> Option<Fix> {
    if !["exclude", "include", "plugins"].contains(&key) {
        return None;
    }
    let text = &*input.post.text;
    let node = &pair(input, key)?.value;
    let list = match &node.value {
        Value::Null if node.span.is_empty() => "[]".to_owned(),
        Value::String(word) if is_plain(input, node) => {
            flow_list(word.split(',').map(str::trim).filter(|word| !word.is_empty()))
        }
        Value::String(_) if content(node, text).is_some() => format!("[{}]", source(input, node)),
        _ => return None,
    };
    let edit = TextEdit::replace(node.span, format!("{}{list}", blank_before(node, text)));
    Some(Fix::new("Make it a list", vec![edit]))
}

fn check_timezone(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = value(input, "timezone") else { return };
    let Some(name) = node.value.as_str() else { return };
    if TimeZone::get(name).is_ok_and(|zone| zone.iana_name().is_none_or(|known| known == name))
        || TimeZone::posix(name).is_ok()
    {
        return;
    }
    let message = format!(
        "There is no time zone {}, so Jekyll takes UTC. Write a name such as `Asia/Tokyo`.",
        quoted(name)
    );
    found.push(finding(&RULES[1], node.span, message));
}

/// The styles that have a name.
const STYLES: &[&str] = &["date", "none", "ordinal", "pretty", "weekdate"];

fn check_permalink(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(node) = value(input, "permalink")
        && let Some(permalink) = node.value.as_str()
    {
        if style_template(permalink) == permalink && is_word(permalink) {
            let styles: Vec<_> = STYLES.iter().map(|style| format!("`{style}`")).collect();
            let message = format!(
                "{} is no style, so every post gets the URL `/{permalink}`. The styles are {}.",
                quoted(permalink),
                styles.join(", ")
            );
            found.push(finding(&RULES[2], node.span, message));
        } else {
            check_placeholders(input, node, found);
        }
    }
    let collections = value(input, "collections").and_then(|node| node.value.as_mapping());
    for collection in collections.into_iter().flat_map(|collections| collections.iter()) {
        let settings = collection.value.value.as_mapping();
        let Some(node) = settings.and_then(|settings| settings.get("permalink")) else { continue };
        match &node.value {
            // The name of a style means nothing here. Source: `collection.rb` url_template.
            Value::String(permalink) if is_word(permalink) => {
                let message = format!(
                    "A collection takes no style's name: every document of it gets the URL `/{permalink}`. Write a template such as `/:collection/:path/`."
                );
                found.push(finding(&RULES[2], node.span, message));
            }
            Value::String(_) => check_placeholders(input, node, found),
            Value::Null | Value::Bool(false) => {}
            _ => {
                let message =
                    "This permalink is no text, and Jekyll stops the whole build at it. Put it in quotes.";
                found.push(finding(&RULES[2], node.span, message));
            }
        }
    }
}

fn is_word(permalink: &str) -> bool {
    !permalink.is_empty() && permalink.chars().all(|c| c.is_ascii_alphabetic())
}

/// The placeholders of a template that Jekyll does not know.
fn check_placeholders(input: &Input<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    for span in placeholders(source(input, node), node.span.start) {
        let word = span.of(&input.post.text).trim_start_matches(':').trim_end_matches('_');
        if KNOWN.contains(&word) || word.is_empty() {
            continue;
        }
        let known = nearest(word);
        let how = match known {
            Some(known) => format!("Did you mean `:{known}`?"),
            None => "Such words are `:year`, `:month`, `:day`, `:title`, `:categories`.".to_owned(),
        };
        let message =
            format!("Jekyll does not know `:{word}` in a permalink and stops the whole build at it. {how}");
        let span = Span::new(span.start, span.start + 1 + word.len());
        let fix = known.map(|known| {
            Fix::choice(format!("Write `:{known}`"), vec![TextEdit::replace(span, format!(":{known}"))])
        });
        found.push(Diagnostic { fix, ..finding(&RULES[2], span, message) });
    }
}

/// The places of the `:word`s in a template as it is written at byte `start`.
fn placeholders(template: &str, start: usize) -> impl Iterator<Item = Span> {
    template.match_indices(':').map(move |(at, _)| {
        let word = template.get(at + 1..).unwrap_or_default();
        let length = word.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(word.len());
        Span::new(start + at, start + at + 1 + length)
    })
}

fn check_defaults(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let items = value(input, "defaults").and_then(|node| node.value.as_list()).unwrap_or_default();
    let mut has_scope = false;
    for item in items {
        if let Some((span, message)) = fatal(item, has_scope) {
            found.push(Diagnostic { severity: Severity::Error, ..finding(&RULES[3], span, message) });
        } else if let Some((span, message)) = useless(item) {
            found.push(finding(&RULES[3], span, message));
        }
        has_scope |= item.value.as_mapping().is_some_and(|set| set.get("scope").is_some());
    }
}

/// A set at which Ruby raises. Source: `frontmatter_defaults.rb` applies?, has_precedence?.
fn fatal(item: &Node, behind_a_scope: bool) -> Option<(Span, &'static str)> {
    let set = item.value.as_mapping()?;
    let values = set.iter().find(|pair| pair.key.value.as_str() == Some("values"))?;
    let given = values.value.value.as_mapping()?;
    let categories = given
        .get("categories")
        .filter(|node| !matches!(node.value, Value::String(_) | Value::List(_) | Value::Null));
    if let Some(node) = categories {
        return Some((
            node.span,
            "Jekyll fails at these categories and leaves out every post that the set applies to. Write a list.",
        ));
    }
    let Some(scope) = set.get("scope") else {
        return behind_a_scope.then_some((
            values.key.span,
            "This set has no `scope`, and Jekyll cannot tell whether it goes before the sets above it: it leaves out every post that one of them applies to. Add `scope: {path: \"\"}`.",
        ));
    };
    let kind = scope.value.as_mapping().map(|scope| scope.get("type"));
    match kind {
        Some(None) => None,
        Some(Some(kind)) if matches!(kind.value, Value::String(_)) => None,
        _ => Some((
            scope.span,
            "Jekyll stops the whole build at this scope: it has to be a mapping with `path` and `type`, which are texts.",
        )),
    }
}

/// Why a set gives nothing to any file.
fn useless(item: &Node) -> Option<(Span, &'static str)> {
    let Some(set) = item.value.as_mapping() else {
        return Some((item.span, "This is no set with `scope` and `values`, so Jekyll leaves it out."));
    };
    if set.get("values").is_none_or(|values| values.value.as_mapping().is_none()) {
        let pair = set.iter().next();
        let span = set.get("values").map(|values| values.span).filter(|span| !span.is_empty());
        let span = span.or(pair.map(|pair| pair.key.span)).unwrap_or(item.span);
        return Some((
            span,
            "This set has no `values` with keys of their own, so Jekyll leaves it out. Put what it should give below `values:`.",
        ));
    }
    let scope = set.get("scope")?.value.as_mapping()?;
    let path = scope.get("path").filter(|path| path.value.as_str().is_some_and(|path| path.starts_with('/')));
    if let Some(path) = path {
        return Some((
            path.span,
            "A path with `/` in front never matches, so this set gives nothing. Leave the first `/` out.",
        ));
    }
    let kind = scope.get("type").filter(|kind| kind.value.as_str() == Some("drafts"));
    kind.map(|kind| {
        (
            kind.span,
            "The type `drafts` never matches, so this set gives nothing: drafts are of the type `posts`.",
        )
    })
}

/// The value of a key, where the whole loads.
fn value<'a>(input: &Input<'a>, key: &str) -> Option<&'a Node> {
    let loads = input.post.front_matter.load == Load::Mapping;
    pair(input, key).map(|pair| &pair.value).filter(|node| loads && node.value != Value::Null)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::testing::check;

    #[test]
    fn sets_at_which_jekyll_fails() {
        check(
            "//- /_config.yml\ndefaults:\n  - values: {layout: a}\n  - scope: {path: _posts}\n    values: {layout: b}\n  - values: {layout: c}\n  - scope: {path: '', type: 1}\n    values: {a: 1}\n  - scope: {path: ''}\n    values: {categories: 7}\n",
            expect![[r#"
                    - values: {layout: c}
                      ^^^^^^
                error config-defaults: This set has no `scope`, and Jekyll cannot tell whether it goes before the sets above it: it leaves out every post that one of them applies to. Add `scope: {path: ""}`.
                    - scope: {path: '', type: 1}
                             ^^^^^^^^^^^^^^^^^^^
                error config-defaults: Jekyll stops the whole build at this scope: it has to be a mapping with `path` and `type`, which are texts.
                      values: {categories: 7}
                                           ^
                error config-defaults: Jekyll fails at these categories and leaves out every post that the set applies to. Write a list.
            "#]],
        );
    }

    #[test]
    fn mistakes_of_form_are_named_with_what_they_cost() {
        check(
            "//- /_config.yml\ntitle: \"ブログ\nexclude: [a, b\nurl: x\n",
            expect![[r#"
              title: "ブログ
                     ^^^^^^^
            error unclosed-quote: This quote is never closed: `"ブログ`. Jekyll does not build the site.
            fix: Close the quote
              title: "ブログ"
              exclude: [a, b
                       ^
            error unclosed-bracket: This list is never closed: `[` has no `]`. Jekyll does not build the site.
            fix: Close the list
              exclude: [a, b]
        "#]],
        );
        check(
            "//- /_config.yml\n---\ntitle: a\ntitle: b\n",
            expect![[r#"
              title: b
              ^^^^^
            warning duplicate-key: The key `title` is there twice, and Jekyll keeps only the last value.
            see: It is here as well
              title: a
              ^^^^^
        "#]],
        );
        check(
            "//- /_config.yml\n- a\n- b\n",
            expect![[r#"
                  - a
                  ^^^
                error not-a-mapping: A configuration is made of lines `key: value`, and this file has none. Jekyll leaves all of it out and builds the site with its own defaults.
            "#]],
        );
    }

    #[test]
    fn values_that_jekyll_cannot_use() {
        check(
            "//- /_config.yml\ntimezone: JST9\npermalink: \"/:category/:year_:mon/\"\nfuture: 1\nexclude: x\n",
            expect![[r#"
                  permalink: "/:category/:year_:mon/"
                               ^^^^^^^^^
                error config-permalink: Jekyll does not know `:category` in a permalink and stops the whole build at it. Did you mean `:categories`?
                fix: Write `:categories`
                  permalink: "/:categories/:year_:mon/"
                  permalink: "/:category/:year_:mon/"
                                               ^^^^
                error config-permalink: Jekyll does not know `:mon` in a permalink and stops the whole build at it. Did you mean `:month`?
                fix: Write `:month`
                  permalink: "/:category/:year_:month/"
                  future: 1
                          ^
                warning config-type: `future` should be true or false, but this is a number.
                  exclude: x
                           ^
                error config-type: `exclude` should be a list, but this is a text. Jekyll does not build the site.
                fix: Make it a list
                  exclude: [x]
            "#]],
        );
        check(
            "//- /_config.yml\npermalink: prety\ntimezone: Tokyo\n",
            expect![[r#"
              permalink: prety
                         ^^^^^
            error config-permalink: `prety` is no style, so every post gets the URL `/prety`. The styles are `date`, `none`, `ordinal`, `pretty`, `weekdate`.
              timezone: Tokyo
                        ^^^^^
            warning config-timezone: There is no time zone `Tokyo`, so Jekyll takes UTC. Write a name such as `Asia/Tokyo`.
        "#]],
        );
    }

    #[test]
    fn lists_without_which_jekyll_does_not_begin() {
        check(
            "//- /_config.yml\nexclude: README.md, 下書き # 後で\nplugins:\ninclude: \".well-known\"\n",
            expect![[r#"
                  exclude: README.md, 下書き # 後で
                           ^^^^^^^^^^^^^^^^^
                error config-type: `exclude` should be a list, but this is a text. Jekyll does not build the site.
                fix: Make it a list
                  exclude: [README.md, 下書き] # 後で
                  plugins:
                          ^
                error config-type: `plugins` should be a list, but this is nothing. Jekyll does not build the site.
                fix: Make it a list
                  plugins: []
                  include: ".well-known"
                           ^^^^^^^^^^^^^
                error config-type: `include` should be a list, but this is a text. Jekyll does not build the site.
                fix: Make it a list
                  include: [".well-known"]
            "#]],
        );
        check(
            "//- /_config.yml\nplugins: {a: 1}\npermalink: 7\nlimit_posts: -1\n",
            expect![[r#"
              plugins: {a: 1}
                       ^^^^^^
            error config-type: `plugins` should be a list, but this is a mapping. Jekyll does not build the site.
              permalink: 7
                         ^
            error config-type: `permalink` should be a style's name or a template, but this is a number. Jekyll does not build the site.
              limit_posts: -1
                           ^^
            error config-type: `limit_posts` should be a whole number, 0 for all posts, but this is a number. Jekyll does not build the site.
        "#]],
        );
    }

    #[test]
    fn permalinks_of_collections() {
        check(
            "//- /_config.yml\ncollections:\n  trips:\n    permalink: pretty\n  recipes: {permalink: '/:colection/:path'}\n  posts: {permalink: [a]}\n  x: {permalink: /:collection/:name/}\n",
            expect![[r#"
                      permalink: pretty
                                 ^^^^^^
                error config-permalink: A collection takes no style's name: every document of it gets the URL `/pretty`. Write a template such as `/:collection/:path/`.
                    recipes: {permalink: '/:colection/:path'}
                                           ^^^^^^^^^^
                error config-permalink: Jekyll does not know `:colection` in a permalink and stops the whole build at it. Did you mean `:collection`?
                fix: Write `:collection`
                    recipes: {permalink: '/:collection/:path'}
                    posts: {permalink: [a]}
                                       ^^^
                error config-permalink: This permalink is no text, and Jekyll stops the whole build at it. Put it in quotes.
            "#]],
        );
    }

    #[test]
    fn defaults_that_give_nothing() {
        check(
            "//- /_config.yml\ndefaults:\n  - scope: {path: '', type: drafts}\n    values: {a: 1}\n  - scope: {path: /_posts}\n    values: {a: 1}\n  - scope: {path: ''}\n    layout: post\n  - text\n",
            expect![[r#"
                    - scope: {path: '', type: drafts}
                                              ^^^^^^
                warning config-defaults: The type `drafts` never matches, so this set gives nothing: drafts are of the type `posts`.
                    - scope: {path: /_posts}
                                    ^^^^^^^
                warning config-defaults: A path with `/` in front never matches, so this set gives nothing. Leave the first `/` out.
                    - scope: {path: ''}
                      ^^^^^
                warning config-defaults: This set has no `values` with keys of their own, so Jekyll leaves it out. Put what it should give below `values:`.
                    - text
                      ^^^^
                warning config-defaults: This is no set with `scope` and `values`, so Jekyll leaves it out.
            "#]],
        );
    }

    #[test]
    fn a_healthy_config_has_no_finding() {
        for text in [
            "",
            "# nothing\n",
            "title: 日記\ntimezone: Asia/Tokyo\npermalink: pretty\ndefaults:\n  - scope: {path: _posts, type: posts}\n    values: {layout: post}\n",
            "---\n# a comment\nurl: https://example.org\npermalink: /:categories/:title_:year/\n",
            "description: >-\n  two\n  lines\nplugins:\n- jekyll-feed\n- jekyll-seo-tag\n",
        ] {
            check(&format!("//- /_config.yml\n{text}"), expect![[r#""#]]);
        }
    }
}
