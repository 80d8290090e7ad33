//! `missing-image`: an image, a sound or a film that is not there.

use super::absent_files::{absent, is_plain, same_but_case};
use super::{keep, place};
use crate::post::links::is_media;
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, nearest};
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-image",
    severity: Severity::Warning,
    summary: "An image, a sound or a film of the site is not there.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](/assets/haru.png)\n\
              //- /assets/hare.png\n//- /assets/natsu.png\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let missing = absent(input).filter(|(_, path)| same_but_case(input, path).is_none());
    let searches = Searches::default();
    let told = missing.map(|(link, path)| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let prefix = format!("{folder}/");
        let (mut before, mut behind) = input.site.files_around(&prefix, &path);
        let beside = searches.around([(&mut before, &mut behind)]);
        let names = beside.into_iter().filter_map(|path| path.strip_prefix(&prefix));
        let beside = names.filter(|name| is_media(name) && !name.contains('/'));
        // One letter for another is no misspelling in a name of one or two.
        let is_long = crate::post::name::stem(name).chars().nth(2).is_some();
        let near = nearest(name, beside).filter(|_| is_long);
        let message = match near {
            Some(near) => format!("The site has no file {}. Did you mean `{near}`?", quoted(&path)),
            None => format!("The site has no file {}.", quoted(&path)),
        };
        let written = link.target.of(&input.post.text);
        // The name alone is put right, in the form in which it is written.
        let fix = near.filter(|near| written.ends_with(name) && is_plain(near)).map(|near| {
            let span = crate::text::Span::new(link.target.end - name.len(), link.target.end);
            Fix::choice(format!("Write `{near}`"), vec![TextEdit::replace(span, near)])
        });
        Diagnostic { fix, ..finding(&RULE, place(&link), message) }
    });
    keep(found, told);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    fn check(body: &str, expected: Expect) {
        let site = "//- /assets/図/春.png\n//- /assets/図/京都の春.png\n//- /assets/図/a b.jpg\n//- /_config.yml\nbaseurl: /blog\n";
        crate::rules::testing::check(&format!("//- /_posts/2024-01-15-a.md\n{body}\n{site}"), expected);
    }

    #[test]
    fn images_in_folders_of_the_site() {
        check(
            "---\nimage: /assets/図/春.png\n---\n![](/blog/assets/図/春.png) ![]({{ site.baseurl }}/assets/図/a%20b.jpg)",
            expect![""],
        );
        check(
            "---\nimage: /assets/図/夏.png\n---\n🎉 ![春](/assets/%E5%9B%B3/京都の夏.png)",
            expect![[r#"
                  image: /assets/図/夏.png
                         ^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/夏.png`.
                  🎉 ![春](/assets/%E5%9B%B3/京都の夏.png)
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/京都の夏.png`. Did you mean `京都の春.png`?
                fix: Write `京都の春.png`
                  🎉 ![春](/assets/%E5%9B%B3/京都の春.png)
            "#]],
        );
        check(
            "---\nlayout: post\n---\n<img src='{{ \"/assets/図/haru.png\" | relative_url }}'>",
            expect![[r#"
                  <img src='{{ "/assets/図/haru.png" | relative_url }}'>
                                ^^^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/図/haru.png`.
            "#]],
        );
    }

    #[test]
    fn a_folder_of_thousands_is_searched_around_the_name() {
        let mut site =
            "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![](/assets/pic-2321-夏.png)\n".to_owned();
        site.extend((0..2_500).map(|number| format!("//- /assets/pic-{number:04}-春.png\n")));
        let found = crate::rules::testing::Fixture::new(&site).check();
        assert!(found[0].message.ends_with("Did you mean `pic-2321-春.png`?"), "{found:?}");
    }

    #[test]
    fn what_may_come_from_elsewhere_is_left_alone() {
        check(
            "---\nimage: 夏.png\n---\n![](夏.png) ![](/made/夏.png) ![](https://e.jp/assets/図/夏.png) `![](/assets/図/夏.png)` \
             ![]({{ page.x }}/assets/図/夏.png) ![](/assets/図/夏.heic)",
            expect![""],
        );
    }
}
