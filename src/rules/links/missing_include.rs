//! `missing-include`: the tag `include` names no file of `_includes`, or names it in a form that it does not take; the
//! build stops. Source: Jekyll `tags/include.rb`.

use super::{keep, tags};
use crate::post::LinkKind;
use crate::rules::loaded::finding;
use crate::rules::nearest::{did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-include",
    severity: Severity::Error,
    summary: "The tag `include` names no file of `_includes`, at which the build stops.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{% include notes.html %}\n\
              //- /_includes/note.html\nText\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for kind in [LinkKind::Include, LinkKind::IncludeRelative] {
        let includes = input.site.includes();
        // A site without any has them from somewhere else, or is not read to the end.
        let is_open = includes.is_empty()
            || input.site.config().theme.is_some()
            || input.site.has_templates_elsewhere();
        let missing = tags(input, kind).filter_map(|(link, name)| {
            let known = |name: &str| includes.iter().any(|include| **include == *name);
            let relative = kind == LinkKind::IncludeRelative;
            let message = if !is_valid(name) {
                format!(
                    "Jekyll takes ASCII letters, digits and `_/.-()+~#@` in the name of an included file, without `./` \
                     and `../`, so it stops the build at {}.",
                    quoted(name)
                )
            } else if relative || known(name.trim_start_matches('/')) || is_open {
                return None;
            } else {
                format!("No file in `_includes` is {}: Jekyll stops the build here.", quoted(name))
            };
            let bare = name.trim_matches(['"', '\'', ',']).trim_start_matches("./");
            let meant = match relative {
                true => (bare != name && is_valid(bare)).then_some(bare),
                false if known(bare) => Some(bare),
                false => nearest(bare, includes.iter().map(|it| &**it)).filter(|name| is_valid(name)),
            };
            let message = format!("{message}{}", did_you_mean(meant));
            let fix = meant.map(|meant| {
                Fix::choice(format!("Write `{meant}`"), vec![TextEdit::replace(link.target, meant)])
            });
            Some(Diagnostic { fix, ..finding(&RULE, link.target, message) })
        });
        keep(found, missing);
    }
}

/// Whether Jekyll takes the name.
fn is_valid(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || "_/.-()+~#@".contains(c))
        && !name.contains("./")
        && !name.contains("//")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(tag: &str, expected: Expect) {
        let site = "//- /_includes/a/note.html\nText\n";
        let fixture = format!("//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n🎉 {tag}\n{site}");
        crate::rules::testing::check(&fixture, expected);
    }

    #[test]
    fn the_name_is_exact_and_in_ascii() {
        check(
            "{% include a/note.html x=\"1\" %} {% include /a/note.html %} {% include {{ x }} %}",
            expect![""],
        );
        check(
            "{% include a/nota.html %}",
            expect![[r#"
              🎉 {% include a/nota.html %}
                            ^^^^^^^^^^^
            error missing-include: No file in `_includes` is `a/nota.html`: Jekyll stops the build here. Did you mean `a/note.html`?
            fix: Write `a/note.html`
              🎉 {% include a/note.html %}
        "#]],
        );
        check(
            "{% include 'a/note.html' %}",
            expect![[r#"
              🎉 {% include 'a/note.html' %}
                            ^^^^^^^^^^^^^
            error missing-include: Jekyll takes ASCII letters, digits and `_/.-()+~#@` in the name of an included file, without `./` and `../`, so it stops the build at `'a/note.html'`. Did you mean `a/note.html`?
            fix: Write `a/note.html`
              🎉 {% include a/note.html %}
        "#]],
        );
        check(
            "{% include 注.html %}",
            expect![[r#"
              🎉 {% include 注.html %}
                            ^^^^^^^
            error missing-include: Jekyll takes ASCII letters, digits and `_/.-()+~#@` in the name of an included file, without `./` and `../`, so it stops the build at `注.html`.
        "#]],
        );
        check(
            "{% include_relative ../x.md %} {% include_relative x.md %}",
            expect![[r#"
              🎉 {% include_relative ../x.md %} {% include_relative x.md %}
                                     ^^^^^^^
            error missing-include: Jekyll takes ASCII letters, digits and `_/.-()+~#@` in the name of an included file, without `./` and `../`, so it stops the build at `../x.md`.
        "#]],
        );
    }

    #[test]
    fn a_theme_may_have_it() {
        let site = "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{% include a.html %}\n\
                    //- /_includes/b.html\n//- /_config.yml\ntheme: minima\n";
        crate::rules::testing::check(site, expect![""]);
    }
}
