//! `image-case`: the case of an image's path differs from the file's. It is seen on the author's disk, and not on a
//! server.

use super::absent_files::{absent, is_plain, same_but_case};
use super::{keep, place};
use crate::rules::loaded::finding;
use crate::rules::words::quoted;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::TextEdit;

/// The rule.
pub const RULE: Rule = Rule {
    code: "image-case",
    severity: Severity::Warning,
    summary: "The path of an image differs from the file's in case, which counts on most servers.",
    example: "//- /_posts/2024-01-15-a.md\n---\nlayout: post\n---\n![春](/assets/haru.png)\n//- /assets/Haru.PNG\n",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let other = absent(input).filter_map(|(link, path)| {
        let file = same_but_case(input, &path)?;
        let message = format!("The file is {}. Most servers tell upper case from lower case.", quoted(&file));
        let written = link.target.of(&input.post.text);
        let fix = written.ends_with(&path).then(|| {
            let span = crate::text::Span::new(link.target.end - path.len(), link.target.end);
            Fix::new(format!("Write `{file}`"), vec![TextEdit::replace(span, file.clone())])
        });
        let fix = fix.filter(|_| is_plain(&file));
        Some(Diagnostic { fix, ..finding(&RULE, place(&link), message) })
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
}
