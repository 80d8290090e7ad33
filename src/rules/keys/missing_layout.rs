//! `missing-layout`: no file of the site is the layout that the post names.

use crate::rules::loaded::{finding, pair};
use crate::rules::nearest::{did_you_mean, nearest};
use crate::rules::spots::content;
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
    let unseen = match () {
        () if input.site.config().theme.is_some() => Some(": the theme must have it"),
        () if input.site.has_templates_elsewhere() => Some(": a git submodule that is not here may have it"),
        () => None,
    };
    let message = format!(
        "No file in `{}` is the layout {}{}.{}",
        input.site.config().layouts_dir,
        quoted(layout),
        unseen.unwrap_or(", and Jekyll prints the text bare"),
        did_you_mean(near)
    );
    let text = &*input.post.text;
    let inside = content(&pair.value, text).filter(|inside| inside.of(text) == layout);
    let mend = near
        .zip(inside)
        .map(|(near, inside)| Fix::choice(format!("Write `{near}`"), vec![TextEdit::replace(inside, near)]));
    found.push(Diagnostic {
        severity: if unseen.is_some() { Severity::Hint } else { RULE.severity },
        fix: mend,
        ..finding(&RULE, pair.value.span, message)
    });
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::testing::check;

    const LAYOUTS: &str =
        "//- /_layouts/post.html\n{{ content }}\n//- /_layouts/日記/写真.html\n{{ content }}\n";

    #[test]
    fn in_each_spelling() {
        for layout in ["post", "'post'", "\"日記/写真\" # ある", "none", "", "~", "null"] {
            check(
                &format!("//- /_posts/2024-01-15-a.md\n---\nlayout: {layout}\n---\n{LAYOUTS}"),
                expect![[""]],
            );
        }
        check(
            &format!("//- /_posts/2024-01-15-a.md\n---\nlayout: 日記/写眞 # 題\n---\n{LAYOUTS}"),
            expect![[r#"
                  layout: 日記/写眞 # 題
                          ^^^^^^^^^
                warning missing-layout: No file in `_layouts` is the layout `日記/写眞`, and Jekyll prints the text bare. Did you mean `日記/写真`?
                fix: Write `日記/写真`
                  layout: 日記/写真 # 題
            "#]],
        );
        check(
            &format!("//- /_posts/2024-01-15-a.md\n---\nlayout: \"psot\"\n---\n{LAYOUTS}"),
            expect![[r#"
                  layout: "psot"
                          ^^^^^^
                warning missing-layout: No file in `_layouts` is the layout `psot`, and Jekyll prints the text bare. Did you mean `post`?
                fix: Write `post`
                  layout: "post"
            "#]],
        );
    }

    #[test]
    fn a_theme_may_have_it_and_without_layouts_nothing_is_known() {
        check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: home\n---\n{LAYOUTS}//- /_config.yml\ntheme: minima\n"
            ),
            expect![[r#"
                  layout: home
                          ^^^^
                hint missing-layout: No file in `_layouts` is the layout `home`: the theme must have it.
            "#]],
        );
        check("//- /_posts/2024-01-15-a.md\n---\nlayout: home\n---\n", expect![[""]]);
        check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: home\n---\n{LAYOUTS}//- /.gitmodules\n\tpath = _layouts/主題\n"
            ),
            expect![[r#"
                  layout: home
                          ^^^^
                hint missing-layout: No file in `_layouts` is the layout `home`: a git submodule that is not here may have it.
            "#]],
        );
        for config in ["layouts_dir: _theme/layouts", "source: build/src"] {
            check(
                &format!(
                    "//- /_posts/2024-01-15-a.md\n---\nlayout: home\n---\n{LAYOUTS}//- /_config.yml\n{config}\n"
                ),
                expect![[""]],
            );
        }
    }
}
