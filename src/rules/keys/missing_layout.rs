//! `missing-layout`: no file of the site is the layout that the post names.

use crate::post::front_matter::scalar::Style;
use crate::rules::loaded::{finding, pair, source};
use crate::rules::nearest::{did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-layout",
    severity: Severity::Warning,
    summary: "No file in `_layouts` is the layout that the post names.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: posts\n---\nText\n//- /_layouts/post.html\n{{ content }}\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(pair) = pair(input, "layout") else { return };
    let Some(layout) = pair.value.value.as_str() else { return };
    let layouts = input.site.layouts();
    // A site without any layout has them from somewhere else, or is not read to the end.
    if layouts.is_empty() || layout.is_empty() || layout == "none" || layouts.iter().any(|it| **it == *layout)
    {
        return;
    }
    let near = nearest(layout, layouts.iter().map(|it| &**it));
    let theme = input.site.config().theme.is_some();
    let message = match theme {
        true => format!(
            "No file in `_layouts` is the layout {}: the theme must have it.{}",
            quoted(layout),
            did_you_mean(near)
        ),
        false => format!(
            "No file in `_layouts` is the layout {}, and Jekyll prints the text bare.{}",
            quoted(layout),
            did_you_mean(near)
        ),
    };
    let plain = pair.value.style == Style::Plain && source(input, &pair.value) == layout;
    let mend = near
        .filter(|_| plain)
        .map(|near| Fix::choice(format!("Write `{near}`"), vec![TextEdit::replace(pair.value.span, near)]));
    found.push(Diagnostic {
        severity: if theme { Severity::Hint } else { RULE.severity },
        fix: mend,
        ..finding(&RULE, pair.value.span, message)
    });
}
