//! `shared-summary`: several posts have the same excerpt or description, word for word.

use super::{finding, is_post};
use crate::rules::{Diagnostic, Input, Related, Rule, Severity, loaded};
use crate::site::record::summary_hash;

/// The rule. Information: a site's boilerplate may be meant.
pub const RULE: Rule = Rule {
    code: "shared-summary",
    severity: Severity::Information,
    summary: "Several posts have the same excerpt or description, word for word.",
    example: "//- /_posts/2024-01-15-a.md\n---\ntitle: A\ndescription: What there is to know about ropes\n---\nText\n//- /_posts/2024-01-16-b.md\n---\ntitle: B\ndescription: What there is to know about ropes\n---\nText\n",
    check,
};

/// How many other posts are named.
const NAMED: usize = 3;

/// How many other posts are counted: whole sites have one sentence everywhere.
const COUNTED: usize = 100;

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if !is_post(input) {
        return;
    }
    for key in ["excerpt", "description"] {
        let Some(pair) = loaded::pair(input, key) else { continue };
        let Some(hash) = pair.value.value.as_str().and_then(summary_hash) else { continue };
        let mut others = input.site.with_summary(hash).filter(|path| &***path != input.path);
        let named: Vec<_> = others.by_ref().take(NAMED).cloned().collect();
        let count = named.len() + others.take(COUNTED + 1 - named.len()).count();
        if count == 0 {
            continue;
        }
        let posts = match count {
            1 => "Another post has".to_owned(),
            _ if count > COUNTED => format!("More than {COUNTED} other posts have"),
            _ => format!("{count} other posts have"),
        };
        let message = format!(
            "{posts} this {key} word for word: a reader cannot tell them apart in a list. Write one for this post."
        );
        let related = named.into_iter().map(|path| Related::file(path, "It is here as well")).collect();
        found.push(Diagnostic { related, ..finding(&RULE, pair.value.span, message, None) });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn in_japanese_posts() {
        let post = |name: &str, text: &str| {
            format!("//- /_posts/2024-01-{name}.md\n---\ntitle: 題\n{text}\n---\n本文\n")
        };
        let same = "excerpt: 東京の桜が咲き始めた日のことを書きました。";
        let other = "description: \"東京の桜が咲き始めた日のことを書きました。\"";
        let site = [post("15-a", same), post("16-b", other), post("17-c", same), post("18-d", "excerpt: 別")]
            .concat();
        check(
            &site,
            expect![[r#"
              excerpt: 東京の桜が咲き始めた日のことを書きました。
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            information shared-summary: 2 other posts have this excerpt word for word: a reader cannot tell them apart in a list. Write one for this post.
            see: It is here as well
              _posts/2024-01-16-b.md
            see: It is here as well
              _posts/2024-01-17-c.md
        "#]],
        );
        check(&[post("15-a", "excerpt: 短い"), post("16-b", "excerpt: 短い")].concat(), expect![[""]]);
    }
}
