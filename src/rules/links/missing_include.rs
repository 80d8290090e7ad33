//! `missing-include`: the tag `include` names no file of `_includes`, or names it in a form that it does not take; the
//! build stops. Source: Jekyll `tags/include.rb`.

use super::{keep, nearest_path, tags};
use crate::limits::MAX_NEAR_INCLUDES;
use crate::post::{Link, LinkKind};
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
use crate::site::files::is_watched;
use crate::site::paths::{classify, join};
use crate::site::targets::folder_of;
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
    let searches = Searches::of(MAX_NEAR_INCLUDES);
    let of_site =
        tags(input, LinkKind::Include).filter_map(|(link, name)| included(input, &searches, link, name));
    keep(found, of_site);
    let (beside, searches) = (tags(input, LinkKind::IncludeRelative), Searches::default());
    keep(found, beside.filter_map(|(link, name)| included_beside(input, &searches, link, name)));
}

/// What is wrong with an `include`.
fn included(input: &Input<'_>, searches: &Searches, link: &Link, name: &str) -> Option<Diagnostic> {
    let includes = input.site.includes();
    let known = |name: &str| input.site.include(name).is_some();
    // A site without any has them from somewhere else, or is not read to the end.
    let is_open =
        includes.is_empty() || input.site.config().theme.is_some() || input.site.has_templates_elsewhere();
    let message = if !is_valid(name) {
        invalid(name)
    } else if known(name.trim_start_matches('/')) || is_open {
        return None;
    } else {
        let folder = &input.site.config().includes_dir;
        format!("No file in `{folder}` is {}: Jekyll stops the build here.", quoted(name))
    };
    let bare = bare(name);
    let meant = match known(bare) {
        true => Some(bare),
        false => {
            let near = searches.around_in(includes, bare);
            nearest(bare, near.into_iter().map(|it| &**it)).filter(|name| is_valid(name))
        }
    };
    Some(told(link, &message, meant))
}

/// What is wrong with an `include_relative`: that its file is not there is told only of what is known at any moment.
fn included_beside(input: &Input<'_>, searches: &Searches, link: &Link, name: &str) -> Option<Diagnostic> {
    if !is_valid(name) {
        let bare = bare(name);
        return Some(told(link, &invalid(name), (bare != name && is_valid(bare)).then_some(bare)));
    }
    // Of a layout or an include it is the page that counts.
    let of_page = matches!(input.kind, FileKind::Post | FileKind::Page | FileKind::Draft);
    let path = join(folder_of(input.path), name).filter(|path| of_page && !path.is_empty())?;
    let config = input.site.config();
    let is_known = match classify(&path, config) {
        FileKind::Post | FileKind::Draft | FileKind::BadPostName | FileKind::Page => true,
        _ => is_watched(&path, config),
    };
    if !is_known || input.site.at_path(&path).is_some() {
        return None;
    }
    let message = format!("The site has no file {}: Jekyll stops the build here.", quoted(&path));
    let near = nearest_path(input, searches, &path, |_| true);
    let folder = folder_of(input.path);
    let below = |near: &String| match folder {
        "" => Some(near.clone()),
        _ => Some(near.strip_prefix(folder)?.strip_prefix('/')?.to_owned()),
    };
    let near = near.as_ref().and_then(below).filter(|near| is_valid(near));
    Some(told(link, &message, near.as_deref()))
}

fn invalid(name: &str) -> String {
    format!(
        "Jekyll takes ASCII letters, digits and `_/.-()+~#@` in the name of an included file, without `./` and `../`, \
         so it stops the build at {}.",
        quoted(name)
    )
}

fn bare(name: &str) -> &str {
    name.trim_matches(['"', '\'', ',']).trim_start_matches("./")
}

fn told(link: &Link, message: &str, meant: Option<&str>) -> Diagnostic {
    let message = format!("{message}{}", did_you_mean(meant));
    let fix = meant
        .map(|meant| Fix::choice(format!("Write `{meant}`"), vec![TextEdit::replace(link.target, meant)]));
    Diagnostic { fix, ..finding(&RULE, link.target, message) }
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
                  🎉 {% include_relative ../x.md %} {% include_relative x.md %}
                                                                        ^^^^
                error missing-include: The site has no file `_posts/x.md`: Jekyll stops the build here.
            "#]],
        );
    }

    #[test]
    fn a_theme_may_have_it() {
        let site = "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n{% include a.html %}\n\
                    //- /_includes/b.html\n//- /_config.yml\ntheme: minima\n";
        crate::rules::testing::check(site, expect![""]);
    }

    #[test]
    fn what_lies_beside_a_post() {
        let site = "//- /_posts/旅/2024-01-15-a.md\n---\nlayout: post\n---\n\
                    {% include_relative part/bits.md %} {% include_relative part/bit.md %} {% include_relative _x.html %} {% include_relative x.rb %}\n\
                    //- /_posts/旅/part/bit.md\nText\n";
        crate::rules::testing::check(
            site,
            expect![[r#"
              {% include_relative part/bits.md %} {% include_relative part/bit.md %} {% include_relative _x.html %} {% include_relative x.rb %}
                                  ^^^^^^^^^^^^
            error missing-include: The site has no file `_posts/旅/part/bits.md`: Jekyll stops the build here. Did you mean `part/bit.md`?
            fix: Write `part/bit.md`
              {% include_relative part/bit.md %} {% include_relative part/bit.md %} {% include_relative _x.html %} {% include_relative x.rb %}
              {% include_relative part/bits.md %} {% include_relative part/bit.md %} {% include_relative _x.html %} {% include_relative x.rb %}
                                                                                                                                        ^^^^
            error missing-include: The site has no file `_posts/旅/x.rb`: Jekyll stops the build here.
        "#]],
        );
        let page = "//- /about.md\n---\n---\n{% include_relative haru.png %} {% include_relative _x.md %}\n//- /hare.png\n";
        crate::rules::testing::check(
            page,
            expect![[r#"
              {% include_relative haru.png %} {% include_relative _x.md %}
                                  ^^^^^^^^
            error missing-include: The site has no file `haru.png`: Jekyll stops the build here. Did you mean `hare.png`?
            fix: Write `hare.png`
              {% include_relative hare.png %} {% include_relative _x.md %}
        "#]],
        );
    }

    #[test]
    fn the_folder_has_the_name_that_the_site_gives_it() {
        let site = "//- /_posts/2024-01-15-a.md\n---\nlayout: wide\n---\n{% include b.html %} {% include c.html %}\n\
                    //- /_config.yml\nlayouts_dir: ./_theme/layouts/\nincludes_dir: parts\n\
                    //- /parts/b.html\nText\n//- /_theme/layouts/wide.html\n{{ content }}\n";
        crate::rules::testing::check(
            site,
            expect![[r#"
              {% include b.html %} {% include c.html %}
                                              ^^^^^^
            error missing-include: No file in `parts` is `c.html`: Jekyll stops the build here. Did you mean `b.html`?
            fix: Write `b.html`
              {% include b.html %} {% include b.html %}
        "#]],
        );
    }
}
