//! The closed lists of `masthead.toml`.

use toml::de::{DeTable, DeValue};

use super::{Mention, Role, Spelling};
use crate::site::TermKind;
use crate::text::Span;

pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let (table, _) = DeTable::parse_recoverable(text);
    let lists = [("allowed-tags", TermKind::Tag), ("allowed-categories", TermKind::Category)];
    let mut found = Vec::new();
    for (key, kind) in lists {
        let Some(DeValue::Array(items)) = table.get_ref().get(key).map(toml::Spanned::get_ref) else {
            continue;
        };
        for item in items.iter() {
            let DeValue::String(name) = item.get_ref() else { continue };
            let whole = Span::from(item.span());
            let quote =
                if whole.of(text).starts_with("\"\"\"") || whole.of(text).starts_with("'''") { 3 } else { 1 };
            let span = Span::new(whole.start + quote, whole.end.saturating_sub(quote));
            let spelling = Spelling::Toml { whole };
            found.push(Mention { kind, name: name.to_string(), span, role: Role::Use, spelling });
        }
    }
    found
}

/// A basic string. Source: TOML 1.0, String.
pub(super) fn write(name: &str) -> String {
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
