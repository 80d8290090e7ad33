//! `layout-type`: the layout is no text.

use crate::post::front_matter::Value;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::rules::loaded::{finding, is_alias, is_liquid, is_plain, pair, place, source};
use crate::rules::words::kind_of;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "layout-type",
    severity: Severity::Warning,
    summary: "The layout is no text, and Jekyll finds none.",
    example: "---\nlayout: 1\ntitle: Hello\n---\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(pair) = pair(input, "layout") else { return };
    let node = &pair.value;
    // Null and false mean none.
    let fine = matches!(node.value, Value::Null | Value::Bool(false) | Value::String(_));
    if fine || is_alias(input, node) || is_liquid(input, node) || is_found(input, &node.value) {
        return;
    }
    let message = format!(
        "Jekyll reads {} here, which is no layout, and prints the text bare. Write the name of a file in `_layouts`, or `null` for none.",
        kind_of(&node.value)
    );
    let quoted = write(source(input, node), Context::Block, Quote::Double);
    let mend = Fix::choice("Put it in quotes", vec![TextEdit::replace(node.span, quoted)]);
    found.push(Diagnostic {
        fix: Some(mend).filter(|_| is_plain(input, node)),
        ..finding(&RULE, place(input, pair), message)
    });
}

/// Whether a file is the layout all the same: of a post or a page Jekyll takes the value's text, so that `404` finds
/// `_layouts/404.html`; of a layout it does not. Source: Jekyll `renderer.rb` place_in_layouts.
fn is_found(input: &Input<'_>, value: &Value) -> bool {
    let name = value.display();
    *input.kind != FileKind::Layout && input.site.layouts().iter().any(|layout| **layout == *name)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{Fixture, check, codes};
    use expect_test::expect;

    #[test]
    fn layouts_that_are_none() {
        check(
            "---\nlayout: yes\n---\n本文\n",
            expect![[r#"
              layout: yes
                      ^^^
            warning layout-type: Jekyll reads the boolean true here, which is no layout, and prints the text bare. Write the name of a file in `_layouts`, or `null` for none.
            fix: Put it in quotes
              layout: "yes"
        "#]],
        );
        check(
            "---\nlayout:\n- post\n---\n本文\n",
            expect![[r#"
              layout:
              ^^^^^^
            warning layout-type: Jekyll reads a list here, which is no layout, and prints the text bare. Write the name of a file in `_layouts`, or `null` for none.
        "#]],
        );
    }

    #[test]
    fn a_number_that_is_the_name_of_a_layout() {
        let at = |path| {
            let site =
                format!("//- /{path}\n---\nlayout: 404\n---\n//- /_layouts/404.html\n{{{{ content }}}}\n");
            codes(&Fixture::new(&site).check())
        };
        assert_eq!(at("_posts/2024-01-15-a.md"), [""; 0]);
        assert_eq!(at("404.html"), [""; 0]);
        assert_eq!(at("_layouts/error.html"), [RULE.code]);
    }

    #[test]
    fn no_layout_on_purpose() {
        for layout in ["null", "", "false", "none", "post", "no"] {
            let found = Fixture::new(&format!("---\nlayout: {layout}\n---\nText\n")).check();
            assert_eq!(codes(&found), [""; 0], "{layout}");
        }
    }
}
