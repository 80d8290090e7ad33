//! `missing-image`: an image, a sound or a film that is not there.

use super::absent_files::{Absent, alike, is_plain, same_but_case};
use super::{keep, place, root_address};
use crate::post::links::has_extension;
use crate::rules::loaded::finding;
use crate::rules::nearest::{Searches, did_you_mean, nearest};
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::site::FileKind;
use crate::site::paths::{classify, join};
use crate::site::targets::folder_of;
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "missing-image",
    severity: Severity::Warning,
    summary: "An image, a sound, a film or a download of the site is not there.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](/assets/haru.png)\n\
              //- /assets/hare.png\n//- /assets/natsu.png\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let missing = input.absent().iter().filter(|absent| same_but_case(input, &absent.path).is_none());
    let searches = Searches::default();
    let told = missing.map(|absent| match &absent.sought {
        Some(sought) => beside_the_page(input, absent, sought),
        None => in_a_folder(input, &searches, absent),
    });
    keep(found, told);
}

/// A file in a folder that has such.
fn in_a_folder(
    input: &Input<'_>,
    searches: &Searches,
    Absent { link, path, by_file, .. }: &Absent,
) -> Diagnostic {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let prefix = format!("{folder}/");
    let (mut before, mut behind) = input.site.files_around(&prefix, path);
    let beside = searches.around([(&mut before, &mut behind)]);
    let names = beside.into_iter().filter_map(|path| path.strip_prefix(&prefix));
    let kind = alike(path).unwrap_or_default();
    let beside = names.filter(|name| has_extension(name, kind) && !name.contains('/'));
    // One letter for another is no misspelling in a name of one or two.
    let is_long = crate::post::name::stem(name).chars().nth(2).is_some();
    let near = nearest(name, beside).filter(|_| is_long);
    let message = format!("The site has no file {}.{}", quoted_path(path), did_you_mean(near));
    let written = link.target.of(&input.post.text);
    let fix = near.filter(|near| written.ends_with(name) && is_plain(near)).map(|near| {
        // The name alone is put right, in the form in which it is written, but for one that is none of the page.
        let (span, new) = if *by_file {
            (link.target, root_address(input, &format!("{prefix}{near}")))
        } else {
            (Span::new(link.target.end - name.len(), link.target.end), near.to_owned())
        };
        Fix::choice(format!("Write `{new}`"), vec![TextEdit::replace(span, new)])
    });
    Diagnostic { fix, ..finding(&RULE, place(link), message) }
}

/// A file of which an address says only where it is from the page, and where the site has no such folder.
fn beside_the_page(input: &Input<'_>, Absent { link, .. }: &Absent, sought: &str) -> Diagnostic {
    let written = link.target.of(&input.post.text);
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    // Often it was meant from the root of the site.
    let meant = decoded.trim_start_matches("../").trim_start_matches("./");
    let meant = input.site.file(meant).map(|(path, _)| root_address(input, path));
    let by_file = join(folder_of(input.path), &decoded);
    let is_among_posts =
        by_file.is_some_and(|path| classify(&path, input.site.config()) == FileKind::BadPostName);
    let home = if is_among_posts && meant.is_none() {
        " Jekyll takes nothing but posts from the folders of posts."
    } else {
        ""
    };
    let message = format!(
        "From the page this leads to {}, and the site has no such file.{}{home}",
        quoted_path(sought),
        did_you_mean(meant.as_deref())
    );
    let fix = meant
        .filter(|meant| is_plain(meant))
        .map(|meant| Fix::choice(format!("Write `{meant}`"), vec![TextEdit::replace(link.target, meant)]));
    Diagnostic { fix, ..finding(&RULE, place(link), message) }
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
            "---\nimage: 夏.png\n---\n![](/made/夏.png) ![](https://e.jp/assets/図/夏.png) `![](夏.png)` \
             ![]({{ page.x }}夏.png) ![](夏.heic) ![](\\assets\\夏.png) ![](../../../../../夏.png) ![](example.com/夏.png)",
            expect![[r#"
                  ![](/made/夏.png) ![](https://e.jp/assets/図/夏.png) `![](夏.png)` ![]({{ page.x }}夏.png) ![](夏.heic) ![](\assets\夏.png) ![](../../../../../夏.png) ![](example.com/夏.png)
                                                                                                                                                                             ^^^^^^^^^^^^^^^^^^
                warning missing-scheme: `example.com/夏.png` lacks `https://`: browsers look for it in this site.
                fix: Write `https://` before it
                  ![](/made/夏.png) ![](https://e.jp/assets/図/夏.png) `![](夏.png)` ![]({{ page.x }}夏.png) ![](夏.heic) ![](\assets\夏.png) ![](../../../../../夏.png) ![](https://example.com/夏.png)
            "#]],
        );
    }

    #[test]
    fn from_the_page_and_from_the_file() {
        // Beside the page there is nothing, and no plugin puts anything there.
        check(
            "---\nlayout: post\n---\n🎉 ![](夏.png) ![](assets/%E5%9B%B3/春.png) <audio src='./a.mp3'> [要項](../a.pdf)",
            expect![[r#"
                  🎉 ![](夏.png) ![](assets/%E5%9B%B3/春.png) <audio src='./a.mp3'> [要項](../a.pdf)
                         ^^^^^^
                warning missing-image: From the page this leads to `/2024/01/15/夏.png`, and the site has no such file. Jekyll takes nothing but posts from the folders of posts.
                  🎉 ![](夏.png) ![](assets/%E5%9B%B3/春.png) <audio src='./a.mp3'> [要項](../a.pdf)
                                     ^^^^^^^^^^^^^^^^^^^^^^^
                warning missing-image: From the page this leads to `/2024/01/15/assets/図/春.png`, and the site has no such file. Did you mean `/blog/assets/図/春.png`?
                fix: Write `/blog/assets/図/春.png`
                  🎉 ![](夏.png) ![](/blog/assets/図/春.png) <audio src='./a.mp3'> [要項](../a.pdf)
                  🎉 ![](夏.png) ![](assets/%E5%9B%B3/春.png) <audio src='./a.mp3'> [要項](../a.pdf)
                                                                          ^^^^^^^
                warning missing-image: From the page this leads to `/2024/01/15/a.mp3`, and the site has no such file. Jekyll takes nothing but posts from the folders of posts.
                  🎉 ![](夏.png) ![](assets/%E5%9B%B3/春.png) <audio src='./a.mp3'> [要項](../a.pdf)
                                                                                           ^^^^^^^^
                warning missing-image: From the page this leads to `/2024/01/a.pdf`, and the site has no such file.
            "#]],
        );
        // The folder is one of the site, from the page or from the file.
        let files = "//- /2024/01/15/京都の春.png\n//- /assets/大阪の春.png\n";
        crate::rules::testing::check(
            &format!(
                "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![](京都の夏.png) ![](../assets/大阪の夏.png)\n{files}"
            ),
            expect![[r#"
                  ![](京都の夏.png) ![](../assets/大阪の夏.png)
                      ^^^^^^^^^^^^
                warning missing-image: The site has no file `2024/01/15/京都の夏.png`. Did you mean `京都の春.png`?
                fix: Write `京都の春.png`
                  ![](京都の春.png) ![](../assets/大阪の夏.png)
                  ![](京都の夏.png) ![](../assets/大阪の夏.png)
                                        ^^^^^^^^^^^^^^^^^^^^^^
                warning missing-image: The site has no file `assets/大阪の夏.png`. Did you mean `大阪の春.png`?
                fix: Write `/assets/大阪の春.png`
                  ![](京都の夏.png) ![](/assets/大阪の春.png)
            "#]],
        );
    }

    #[test]
    fn one_rule_tells_of_one_link() {
        let post = "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n[夏](/2024/01/10/夏の京都.pdf)\n";
        let site = "//- /2024/01/10/春.pdf\n//- /_posts/2024-01-10-b.md\n---\nlayout: post\n---\n";
        let found = crate::rules::testing::Fixture::new(&format!("{post}{site}")).check();
        assert_eq!(crate::rules::testing::codes(&found), ["missing-image"]);
    }

    #[test]
    fn whether_anything_else_may_put_a_file_there() {
        for (more, expected) in [
            ("//- /_config.yml\ntitle: x\n", true),
            ("//- /Gemfile\ngem 'jekyll-feed'\n", true),
            ("//- /Gemfile\ngem 'jekyll-postfiles'\n", false),
            ("//- /_config.yml\nplugins: [jekyll-assets]\n", false),
            ("//- /_config.yml\nkeep_files: ['2024/01']\n", false),
            ("//- /_plugins/images.rb\n", false),
            ("//- /.gitmodules\npath = 2024\n", false),
            ("//- /_layouts/post.html\n<base href='/'>\n", false),
        ] {
            let post = "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![](夏.png)\n";
            let found = crate::rules::testing::Fixture::new(&format!("{post}{more}")).check();
            assert_eq!(crate::rules::testing::codes(&found).contains(&"missing-image"), expected, "{more}");
        }
    }
}
