//! `value-type`: YAML takes a value for a number or a boolean, and Jekyll prints something else than is written.

use super::{has_own_rules, is_text};
use crate::post::front_matter::scalar::Style;
use crate::post::front_matter::write::Context;
use crate::post::front_matter::{Node, Value};
use crate::rules::loaded::{each_value, finding, in_quotes, is_plain, pairs, source};
use crate::rules::words::{kind_of, quoted};
use crate::rules::{Diagnostic, Input, Rule, Severity};
use crate::site::Site;

/// The rule.
pub const RULE: Rule = Rule {
    code: "value-type",
    severity: Severity::Warning,
    summary: "YAML takes a text for a number or a boolean, and Jekyll prints something else than is written.",
    example: "---\ntitle: Hello\nstart: 12:30\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for pair in pairs(input) {
        let Some(key) = pair.key.value.as_str().filter(|key| !has_own_rules(key)) else { continue };
        each_value(input, &pair.value, &mut |node, context| {
            let item = if std::ptr::eq(node, &pair.value) { Item::Own } else { Item::Nested };
            if is_plain(input, node) && is_misread(input.site, key, item, node, source(input, node)) {
                found.push(misread(input, node, context));
            } else if let Value::List(items) = &node.value {
                let context = if node.style == Style::Flow { Context::Flow } else { context };
                for odd in odd_words(input, items) {
                    found.push(misread(input, odd, context));
                }
            }
        });
    }
}

fn misread(input: &Input<'_>, node: &Node, context: Context) -> Diagnostic {
    let written = source(input, node);
    let message =
        format!("Jekyll reads {} here, not {}. Put it in quotes.", kind_of(&node.value), quoted(written));
    Diagnostic { fix: in_quotes(&input.post.text, node.span, context), ..finding(&RULE, node.span, message) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    /// The key's own value.
    Own,
    /// Inside of it.
    Nested,
}

/// Whether the text was plainly meant as text, or as another number than YAML makes of it.
fn is_misread(site: &Site, key: &str, item: Item, node: &Node, written: &str) -> bool {
    let digits = written.trim_start_matches(['+', '-']);
    match &node.value {
        Value::Integer(_) => {
            let octal = digits.len() > 1 && digits.starts_with('0');
            let long = written.starts_with('+') && digits.len() > 4;
            let signed = written.starts_with('+') && item == Item::Own && is_text(key);
            octal || long || signed || !is_grouped(digits)
        }
        // Base 60, or a version such as `1.10`.
        Value::Float(_) => written.contains(':') || (is_version(written) && !is_quantity(key)),
        Value::Bool(_) if is_yes_no(written) => {
            item == Item::Own && (is_text(key) || is_used_for_words(site, key))
        }
        _ => false,
    }
}

/// Whether commas and underscores part groups of three digits, if there are any.
fn is_grouped(digits: &str) -> bool {
    let mut groups = digits.split([',', '_']);
    groups.next().is_some_and(|first| !first.is_empty()) && groups.all(|group| group.len() == 3)
}

/// `1.10`, `2.0` not: two decimals of which the last is lost.
fn is_version(written: &str) -> bool {
    let Some((whole, decimals)) = written.split_once('.') else { return false };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty()
        && decimals.len() == 2
        && decimals.ends_with('0')
        && decimals != "00"
        && all_digits(whole)
        && all_digits(decimals)
}

/// Keys whose value is a quantity: a zero at its end means nothing.
fn is_quantity(key: &str) -> bool {
    let words =
        ["price", "cost", "amount", "rating", "score", "priority", "weight", "lat", "lng", "lon", "distance"];
    words.iter().any(|word| key.contains(word)) || matches!(key, "geo" | "location" | "sitemap" | "map")
}

fn is_yes_no(written: &str) -> bool {
    ["yes", "no", "on", "off"].iter().any(|word| written.eq_ignore_ascii_case(word))
}

/// Whether the site's posts have texts under a key, and booleans nowhere but here.
fn is_used_for_words(site: &Site, key: &str) -> bool {
    site.field(key).is_some_and(|field| {
        let booleans = field.values.count("true") + field.values.count("false");
        field.posts >= 5 && booleans <= 1 && field.values.len() > booleans
    })
}

/// `no` or `null` among words: `[se, no, dk]`.
fn odd_words<'a>(input: &Input<'_>, items: &'a [Node]) -> impl Iterator<Item = &'a Node> {
    let words = items.iter().filter(|item| matches!(item.value, Value::String(_))).count();
    let odd: Vec<&Node> = items
        .iter()
        .filter(|item| match &item.value {
            Value::Bool(_) => is_yes_no(source(input, item)),
            Value::Null => source(input, item).eq_ignore_ascii_case("null"),
            _ => false,
        })
        .collect();
    odd.into_iter().filter(move |_| words > 0)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn values_that_print_as_something_else() {
        check(
            "---\n版: 1.10\n番号: 010\n色: 0x1F\n年: 2023,2024\n電話: +819012345678\n---\n本文\n",
            expect![[r#"
                  版: 1.10
                      ^^^^
                warning value-type: Jekyll reads the number 1.1 here, not `1.10`. Put it in quotes.
                fix: Put it in quotes
                  版: "1.10"
                  番号: 010
                        ^^^
                warning value-type: Jekyll reads the number 8 here, not `010`. Put it in quotes.
                fix: Put it in quotes
                  番号: "010"
                  色: 0x1F
                      ^^^^
                warning value-type: Jekyll reads the number 31 here, not `0x1F`. Put it in quotes.
                fix: Put it in quotes
                  色: "0x1F"
                  年: 2023,2024
                      ^^^^^^^^^
                warning value-type: Jekyll reads the number 20232024 here, not `2023,2024`. Put it in quotes.
                fix: Put it in quotes
                  年: "2023,2024"
                  電話: +819012345678
                        ^^^^^^^^^^^^^
                warning value-type: Jekyll reads the number 819012345678 here, not `+819012345678`. Put it in quotes.
                fix: Put it in quotes
                  電話: "+819012345678"
            "#]],
        );
        check(
            "---\nauthor: No\nlang: no\n---\n本文\n",
            expect![[r#"
              author: No
                      ^^
            warning value-type: Jekyll reads the boolean false here, not `No`. Put it in quotes.
            fix: Put it in quotes
              author: "No"
              lang: no
                    ^^
            warning value-type: Jekyll reads the boolean false here, not `no`. Put it in quotes.
            fix: Put it in quotes
              lang: "no"
        "#]],
        );
        check(
            "---\ncountries: [se, no, dk]\ntimes:\n- 9:00\n- from: 10:30\n---\n本文\n",
            expect![[r#"
              countries: [se, no, dk]
                              ^^
            warning value-type: Jekyll reads the boolean false here, not `no`. Put it in quotes.
            fix: Put it in quotes
              countries: [se, "no", dk]
              - 9:00
                ^^^^
            warning value-type: Jekyll reads the number 540.0 here, not `9:00`. Put it in quotes.
            fix: Put it in quotes
              - "9:00"
              - from: 10:30
                      ^^^^^
            warning value-type: Jekyll reads the number 630.0 here, not `10:30`. Put it in quotes.
            fix: Put it in quotes
              - from: "10:30"
        "#]],
        );
    }

    #[test]
    fn values_that_are_what_they_look_like() {
        for value in
            ["8", "true", "yes", "1.5", "1,000", "1_000_000", "0", "-1", "2024-01-15", "'010'", "~", "2.0"]
        {
            let found = Fixture::new(&format!("---\nreading_time: {value}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{value}");
        }
        for block in ["price: 1.50", "author: true", "description: 2024", "flags: [yes, no]"] {
            let found = Fixture::new(&format!("---\n{block}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{block}");
        }
    }

    #[test]
    fn a_word_where_the_site_has_words() {
        let others: String = (1..6)
            .map(|n| format!("//- /_posts/2024-02-0{n}-b.md\n---\nanswer: w{n}\n---\nText\n"))
            .collect();
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nanswer: no\n---\nText\n{others}");
        assert_eq!(codes(&Fixture::new(&fixture).check()), ["value-type"]);
    }
}
