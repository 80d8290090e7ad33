//! What `masthead.toml` says of the rules, and what is wrong in the file itself. The file is read in
//! [`crate::site::settings`], which knows no rules.

use super::nearest::{did_you_mean, nearest};
use super::{Diagnostic, Fix, Input, Rule, Severity, all};
use crate::site::settings::{FILE, KEYS, Level, Mistake, MistakeKind, parse};
use crate::site::{Levels, Settings};
use crate::text::{Span, TextEdit};

/// The rules that look at `masthead.toml`.
pub const RULES: &[Rule] = &[
    Rule {
        code: "bad-settings",
        severity: Severity::Error,
        summary: "`masthead.toml` is no TOML.",
        example: "//- /masthead.toml\nallowed-tags = [\"AI\" \"Rust\"]\n",
        check: check_syntax,
    },
    Rule {
        code: "unknown-setting",
        severity: Severity::Warning,
        summary: "`masthead.toml` has a key that is no setting.",
        example: "//- /masthead.toml\nallow-tags = [\"AI\"]\n",
        check: check_keys,
    },
    Rule {
        code: "unknown-rule",
        severity: Severity::Warning,
        summary: "`masthead.toml` sets a rule that there is not.",
        example: "//- /masthead.toml\n[rules]\nduplicate-keys = \"off\"\n",
        check: check_codes,
    },
    Rule {
        code: "bad-setting-value",
        severity: Severity::Warning,
        summary: "A setting in `masthead.toml` has a value of the wrong type.",
        example: "//- /masthead.toml\n[rules]\nduplicate-key = \"warn\"\n",
        check: check_values,
    },
];

/// Gives each finding the severity that the site wants, else the one that the editor asks for, and takes those away that
/// are turned off. The site comes first: what an author sees is then what `masthead check` says of it.
pub(super) fn apply(settings: &Settings, levels: &Levels, found: &mut Vec<Diagnostic>) {
    if settings.rules.is_empty() && levels.is_empty() {
        return;
    }
    found.retain_mut(|finding| {
        let own = settings.rules.get(finding.code).map(|setting| setting.level);
        let Some(level) = own.or_else(|| levels.get(finding.code).copied()) else { return true };
        finding.severity = match level {
            Level::Off => return false,
            Level::Hint => Severity::Hint,
            Level::Information => Severity::Information,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        };
        true
    });
}

fn check_syntax(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for mistake in mistakes(input) {
        let MistakeKind::Syntax(why) = mistake.kind else { continue };
        let message =
            format!("{FILE} cannot be read here: {why}. The rest of it counts as far as it makes sense.");
        found.push(finding(&RULES[0], visible(input, mistake.span), message, None));
    }
}

fn check_keys(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for mistake in mistakes(input) {
        let MistakeKind::UnknownKey(name, known) = mistake.kind else { continue };
        let near = nearest(&name, known.iter().copied());
        let message = if all().any(|rule| rule.code == name) {
            format!("`{name}` is a rule: set it below a line `[rules]`.")
        } else {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            let advice = match near {
                Some(_) => did_you_mean(near),
                None => format!(" There are {}.", names.join(", ")),
            };
            format!("`{name}` is no setting, so it does nothing.{advice}")
        };
        found.push(finding(&RULES[1], mistake.span, message, near.map(|near| respell(mistake.span, near))));
    }
}

fn check_codes(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for (name, setting) in &parse(&input.post.text).0.rules {
        if is_code(name) {
            continue;
        }
        let is_setting = KEYS.contains(&name.as_str());
        let near = nearest(name, all().map(|rule| rule.code)).filter(|_| !is_setting);
        let message = if is_setting {
            format!("`{name}` is a setting, not a rule: move it above the line `[rules]`.")
        } else {
            let more = if near.is_some() { "" } else { " The command `masthead rules` lists them." };
            format!("There is no rule `{name}`.{}{more}", did_you_mean(near))
        };
        found.push(finding(&RULES[2], setting.code, message, near.map(|near| respell(setting.code, near))));
    }
}

fn check_values(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for Mistake { span, kind } in mistakes(input) {
        let (message, fix) = match kind {
            MistakeKind::UnknownLevel(name) => {
                let near = nearest(&name, Level::ALL.iter().map(|level| level.0));
                let near = near.or(Some("warning").filter(|_| name == "warn"));
                let names: Vec<String> = Level::ALL.iter().map(|level| format!("`{}`", level.0)).collect();
                let message = format!(
                    "`{name}` is no severity, so the rule keeps its own. There are {}.",
                    names.join(", ")
                );
                (message, near.map(|near| Fix::choice(format!("Write `{near}`"), quoted(span, near))))
            }
            MistakeKind::WrongType(wanted) => {
                (format!("This counts for nothing: {wanted} belongs here."), None)
            }
            MistakeKind::Syntax(_) | MistakeKind::UnknownKey(..) => continue,
        };
        found.push(finding(&RULES[3], span, message, fix));
    }
}

/// Whether findings can have this code: that of a rule, or of a file that is not text.
pub(super) fn is_code(name: &str) -> bool {
    name == super::encoding::CODE || all().any(|rule| rule.code == name)
}

fn mistakes(input: &Input<'_>) -> Vec<Mistake> {
    parse(&input.post.text).1
}

fn respell(span: Span, name: &str) -> Fix {
    Fix::choice(format!("Write `{name}`"), vec![TextEdit::replace(span, name)])
}

fn quoted(span: Span, text: &str) -> Vec<TextEdit> {
    vec![TextEdit::replace(span, format!("\"{text}\""))]
}

/// At least one character, where there is one: the parser's places may lie between two.
fn visible(input: &Input<'_>, span: Span) -> Span {
    let text = &*input.post.text;
    let rest = text.get(span.start..).unwrap_or_default();
    match rest.chars().next() {
        Some(c) if span.is_empty() && c != '\n' => Span::new(span.start, span.start + c.len_utf8()),
        _ => span,
    }
}

fn finding(rule: &Rule, span: Span, message: String, fix: Option<Fix>) -> Diagnostic {
    Diagnostic { span, severity: rule.severity, code: rule.code, message, related: Vec::new(), fix }
}

#[cfg(test)]
mod tests {
    use expect_test::{expect, expect_file};
    use serde_json::{Value, json};

    use super::*;

    use crate::rules::testing::check;
    use crate::site::settings::SPEED_KEYS;

    #[test]
    fn the_file_is_held_to_its_own_rules() {
        check(
            "//- /masthead.toml\nallow-tags = [\"AI\"]\nduplicate-key = \"off\"\n[rules]\nduplicate-kye = \"warning\"\nlone-cr = \"warn\"\nrequired-keys = \"off\"\n[reading-speed]\nwords = \"fast\"\n[other]\n",
            expect![[r#"
                  allow-tags = ["AI"]
                  ^^^^^^^^^^
                warning unknown-setting: `allow-tags` is no setting, so it does nothing. Did you mean `allowed-tags`?
                fix: Write `allowed-tags`
                  allowed-tags = ["AI"]
                  duplicate-key = "off"
                  ^^^^^^^^^^^^^
                warning unknown-setting: `duplicate-key` is a rule: set it below a line `[rules]`.
                  duplicate-kye = "warning"
                  ^^^^^^^^^^^^^
                warning unknown-rule: There is no rule `duplicate-kye`. Did you mean `duplicate-key`?
                fix: Write `duplicate-key`
                  duplicate-key = "warning"
                  lone-cr = "warn"
                            ^^^^^^
                warning bad-setting-value: `warn` is no severity, so the rule keeps its own. There are `off`, `hint`, `information`, `warning`, `error`.
                fix: Write `warning`
                  lone-cr = "warning"
                  required-keys = "off"
                  ^^^^^^^^^^^^^
                warning unknown-rule: `required-keys` is a setting, not a rule: move it above the line `[rules]`.
                  words = "fast"
                          ^^^^^^
                warning bad-setting-value: This counts for nothing: a whole number from 1 to 100000 belongs here.
                  [other]
                   ^^^^^
                warning unknown-setting: `other` is no setting, so it does nothing. There are `allowed-categories`, `allowed-tags`, `reading-speed`, `required-keys`, `rules`.
            "#]],
        );
        check(
            "//- /masthead.toml\n[rules\nx = 1\n",
            expect![[r#"
              [rules
                    ^
            error bad-settings: masthead.toml cannot be read here: unclosed table, expected `]`. The rest of it counts as far as it makes sense.
              x = 1
              ^
            warning unknown-setting: `x` is no setting, so it does nothing. There are `allowed-categories`, `allowed-tags`, `reading-speed`, `required-keys`, `rules`.
        "#]],
        );
    }

    /// What the file may hold, for editors that know JSON Schema.
    fn schema() -> String {
        let texts = json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true });
        let of_key = |key: &str| match key {
            "allowed-tags" => described(&texts, "The only tags that posts may have."),
            "allowed-categories" => described(&texts, "The only categories that posts may have."),
            "required-keys" => described(&texts, "The front matter keys that every post must have."),
            "reading-speed" => {
                let speed = json!({ "type": "integer", "minimum": 1, "maximum": 100_000 });
                let keys: serde_json::Map<_, _> = SPEED_KEYS
                    .iter()
                    .map(|key| ((*key).to_owned(), described(&speed, &format!("{key} a minute."))))
                    .collect();
                json!({ "type": "object", "description": "How fast the site's readers read.", "additionalProperties": false, "properties": keys })
            }
            "rules" => {
                let level = json!({ "enum": Level::ALL.map(|level| level.0) });
                let mut codes: Vec<_> = all().collect();
                codes.sort_by_key(|rule| rule.code);
                let codes: serde_json::Map<_, _> = codes
                    .iter()
                    .map(|rule| (rule.code.to_owned(), described(&level, rule.summary)))
                    .collect();
                json!({ "type": "object", "description": "How bad the findings of each rule are.", "additionalProperties": false, "properties": codes })
            }
            other => panic!("the schema does not know {other}"),
        };
        let keys: serde_json::Map<_, _> = KEYS.iter().map(|key| ((*key).to_owned(), of_key(key))).collect();
        let schema =
            json!({ "title": FILE, "type": "object", "additionalProperties": false, "properties": keys });
        serde_json::to_string_pretty(&schema).unwrap() + "\n"
    }

    fn described(schema: &Value, description: &str) -> Value {
        let mut schema = schema.clone();
        schema["description"] = description.into();
        schema
    }

    /// `UPDATE_EXPECT=1 cargo test` writes the schema anew.
    #[test]
    fn the_schema_is_not_stale() {
        expect_file!["../../masthead.schema.json"].assert_eq(&schema());
    }

    #[test]
    fn a_rule_is_turned_off_or_made_another_severity() {
        let post = "//- /_posts/2024-01-15-a.md\n---\ntitle: a\ntitle: b\n---\n//- /masthead.toml\n[rules]\nduplicate-key = ";
        check(&format!("{post}\"off\"\n"), expect![[r#""#]]);
        check(
            &format!("{post}\"hint\"\n"),
            expect![[r#"
              title: b
              ^^^^^
            hint duplicate-key: The key `title` is there twice, and Jekyll keeps only the last value.
            see: It is here as well
              title: a
              ^^^^^
        "#]],
        );
        check(
            &format!("{post}\"loud\"\n"),
            expect![[r#"
              title: b
              ^^^^^
            warning duplicate-key: The key `title` is there twice, and Jekyll keeps only the last value.
            see: It is here as well
              title: a
              ^^^^^
        "#]],
        );
    }
}
