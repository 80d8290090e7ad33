//! `image-case`: the case of an image's path differs from the file's. It is seen on the author's disk, and not on a
//! server.

use super::absent_files::{Absent, is_plain, same_but_case};
use super::{keep, place, root_address};
use crate::rules::loaded::finding;
use crate::rules::words::quoted_path;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "image-case",
    severity: Severity::Warning,
    summary: "The path of an image differs from the file's in case, which counts on most servers.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](/assets/haru.png)\n//- /assets/Haru.PNG\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let other = input.absent().iter().filter_map(|Absent { link, path, by_file, .. }| {
        let file = same_but_case(input, path)?;
        let message =
            format!("The file is {}. Most servers tell upper case from lower case.", quoted_path(&file));
        let written = link.target.of(&input.post.text);
        // From the folder or name on that differs: what is before it may be written otherwise.
        let same = path.bytes().zip(file.bytes()).take_while(|(own, other)| own == other).count();
        let from =
            path.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let fix = (written.ends_with(&path[from..]) && is_plain(&file)).then(|| {
            let (span, new) = if *by_file {
                (link.target, root_address(input, &file))
            } else {
                (Span::new(link.target.end - (path.len() - from), link.target.end), file[from..].to_owned())
            };
            let title = if !by_file && written.ends_with(path) { &file } else { &new };
            Fix::new(format!("Write `{title}`"), vec![TextEdit::replace(span, new.clone())])
        });
        Some(Diagnostic { fix, ..finding(&RULE, place(link), message) })
    });
    keep(found, other);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::rules::testing::check;

    #[test]
    fn the_file_s_spelling_is_the_right_one() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\nimage: /図/Ａ-Haru.png\n---\n![🎉]({{ site.baseurl }}/図/Ａ-haru.png)\n//- /図/Ａ-haru.PNG\n",
            expect![[r#"
                  image: /図/Ａ-Haru.png
                         ^^^^^^^^^^^^^^^
                warning image-case: The file is `図/Ａ-haru.PNG`. Most servers tell upper case from lower case.
                fix: Write `図/Ａ-haru.PNG`
                  image: /図/Ａ-haru.PNG
                  ![🎉]({{ site.baseurl }}/図/Ａ-haru.png)
                                          ^^^^^^^^^^^^^^^
                warning image-case: The file is `図/Ａ-haru.PNG`. Most servers tell upper case from lower case.
                fix: Write `図/Ａ-haru.PNG`
                  ![🎉]({{ site.baseurl }}/図/Ａ-haru.PNG)
            "#]],
        );
    }

    #[test]
    fn folders_and_relative_addresses() {
        check(
            "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![](/Assets/図/haru.png) ![](../assets/図/Haru.png) ![](natsu.png)\n\
             //- /assets/図/haru.png\n//- /2024/01/15/Natsu.png\n",
            expect![[r#"
                  ![](/Assets/図/haru.png) ![](../assets/図/Haru.png) ![](natsu.png)
                      ^^^^^^^^^^^^^^^^^^^
                warning image-case: The file is `assets/図/haru.png`. Most servers tell upper case from lower case.
                fix: Write `assets/図/haru.png`
                  ![](/assets/図/haru.png) ![](../assets/図/Haru.png) ![](natsu.png)
                  ![](/Assets/図/haru.png) ![](../assets/図/Haru.png) ![](natsu.png)
                                               ^^^^^^^^^^^^^^^^^^^^^
                warning image-case: The file is `assets/図/haru.png`. Most servers tell upper case from lower case.
                fix: Write `/assets/図/haru.png`
                  ![](/Assets/図/haru.png) ![](/assets/図/haru.png) ![](natsu.png)
                  ![](/Assets/図/haru.png) ![](../assets/図/Haru.png) ![](natsu.png)
                                                                          ^^^^^^^^^
                warning image-case: The file is `2024/01/15/Natsu.png`. Most servers tell upper case from lower case.
                fix: Write `Natsu.png`
                  ![](/Assets/図/haru.png) ![](../assets/図/Haru.png) ![](Natsu.png)
            "#]],
        );
    }
}
