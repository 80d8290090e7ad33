//! `lone-cr`: the file's lines end with carriage returns alone.

use super::consequence;
use crate::post::front_matter::fence::FenceState;
use crate::rules::{Diagnostic, Fix, Input, Rule, Severity};
use crate::text::{Span, TextEdit};

/// The rule.
pub const RULE: Rule = Rule {
    code: "lone-cr",
    severity: Severity::Error,
    summary: "The lines end with carriage returns alone, which Jekyll does not take for line ends.",
    example: "---\rtitle: Hello\r---\rText\r",
    check,
};

fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let text = &*input.post.text;
    let fence = &input.post.front_matter.fence;
    if fence.state != FenceState::LoneCr {
        return;
    }
    let message = format!(
        "The lines of this file end with a lone CR (old Mac style), so Jekyll sees one long line and no front matter. {}",
        consequence(input, false)
    );
    let all = Span::new(0, text.len());
    let mended = text.replace("\r\n", "\n").replace('\r', "\n");
    found.push(Diagnostic {
        span: fence.opening,
        severity: RULE.severity,
        code: RULE.code,
        message,
        related: Vec::new(),
        fix: Some(Fix::new("End the lines with LF", vec![TextEdit::replace(all, mended)])),
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;
    use expect_test::expect;

    #[test]
    fn the_whole_file_is_mended() {
        check(
            "---\rtitle: 題名\r---\r本文",
            expect![[r#"
              ---
              ^^^
            error lone-cr: The lines of this file end with a lone CR (old Mac style), so Jekyll sees one long line and no front matter. Jekyll prints the block as text and uses this post without its title.
            fix: End the lines with LF
              ---
              title: 題名
              ---
              本文
        "#]],
        );
    }
}
