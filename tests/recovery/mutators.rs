//! Mistakes to plant: each breaks one line, as people and scripts do.

/// Breaks a line; nothing where the line is of no such kind.
pub(crate) type Mutator = fn(&str) -> Option<String>;

/// Key, and value behind the colon and its blank.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    (!key.trim().is_empty() && !key.contains('#')).then_some((key, value))
}

fn value(line: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (key, value) = parts(line)?;
    Some(format!("{key}: {}", change(value)?))
}

fn single(v: &str) -> Option<&str> {
    v.strip_prefix('\'')?.strip_suffix('\'')
}

fn double(v: &str) -> Option<&str> {
    v.strip_prefix('"')?.strip_suffix('"')
}

fn list(v: &str) -> Option<&str> {
    v.strip_prefix('[')?.strip_suffix(']')
}

fn plain(v: &str) -> Option<&str> {
    (!v.starts_with(['"', '\'', '[', '{', '>', '|', '#']) && !v.contains(" #")).then_some(v)
}

/// Indentation and content of a list's line.
fn item(line: &str) -> Option<(&str, &str)> {
    let (indent, content) = line.split_once("- ")?;
    indent.trim().is_empty().then_some((indent, content))
}

fn halves(text: &str) -> (String, String) {
    let middle = text.chars().count() / 2;
    (text.chars().take(middle).collect(), text.chars().skip(middle).collect())
}

fn top(line: &str) -> Option<(&str, &str)> {
    parts(line).filter(|(key, _)| !key.starts_with(' '))
}

/// All of them, by name.
pub(crate) const MUTATORS: &[(&str, Mutator)] = &[
    ("closing double quote deleted", |l| value(l, |v| Some(format!("\"{}", double(v)?)))),
    ("opening double quote deleted", |l| value(l, |v| Some(format!("{}: x\"", double(v)?)))),
    ("closing single quote deleted", |l| value(l, |v| Some(format!("'{}", single(v)?)))),
    ("quotes swapped at the end", |l| value(l, |v| Some(format!("\"{}'", double(v)?)))),
    ("quotes swapped at the start", |l| value(l, |v| Some(format!("'{}\"", double(v)?)))),
    ("closing bracket deleted", |l| value(l, |v| Some(format!("[{}", list(v)?)))),
    ("closing bracket deleted after a comma", |l| value(l, |v| Some(format!("[{}, ", list(v)?)))),
    ("opening bracket deleted", |l| value(l, |v| Some(format!("{}]", list(v)?)))),
    ("brace for a bracket", |l| value(l, |v| Some(format!("[{}}}", list(v)?)))),
    ("full-width closing bracket", |l| value(l, |v| Some(format!("[{}］", list(v)?)))),
    ("bracket doubled at the end", |l| value(l, |v| Some(format!("[{}]]", list(v)?)))),
    ("bracket doubled at the start", |l| value(l, |v| Some(format!("[[{}]", list(v)?)))),
    ("brace after a list", |l| value(l, |v| Some(format!("[{}]}}", list(v)?)))),
    ("text after a list", |l| value(l, |v| Some(format!("[{}] など", list(v)?)))),
    ("comma deleted between quoted items", |l| value(l, |v| Some(v.replacen("\", \"", "\" \"", 1)))),
    ("comma and blank deleted between quoted items", |l| value(l, |v| Some(v.replacen("\", \"", "\"\"", 1)))),
    ("full-width comma", |l| value(l, |v| Some(v.replacen("\", \"", "\"、\"", 1)))),
    ("full-width commas and spaces", |l| value(l, |v| Some(v.replace("\", \"", "\"，　\"")))),
    ("closing quote of an item deleted", |l| value(l, |v| Some(v.replacen("\", \"", ", \"", 1)))),
    ("last closing quote of a list deleted", |l| value(l, |v| Some(v.replacen("\"]", "]", 1)))),
    ("hash at an item's start", |l| value(l, |v| Some(format!("[#{}]", list(v)?)))),
    ("star at an item's start", |l| value(l, |v| Some(format!("[{}, *all*]", list(v)?)))),
    ("comma doubled", |l| value(l, |v| Some(v.replacen(", ", ",, ", 1)))),
    ("space after the colon deleted", |l| Some(l.replacen(": ", ":", 1))),
    ("full-width colon", |l| parts(l).map(|(k, v)| format!("{k}：{v}"))),
    ("full-width colon and space", |l| parts(l).map(|(k, v)| format!("{k}：　{v}"))),
    ("ideographic space after the colon", |l| parts(l).map(|(k, v)| format!("{k}:　{v}"))),
    ("no-break space after the colon", |l| parts(l).map(|(k, v)| format!("{k}:\u{a0}{v}"))),
    ("colon deleted", |l| top(l).map(|(k, v)| format!("{k} {v}"))),
    ("colon in a plain value", |l| value(l, |v| plain(v).map(halves).map(|(a, b)| format!("{a}: {b}")))),
    ("colon at the end of a plain value", |l| value(l, |v| plain(v).map(|v| format!("{v}:")))),
    ("at sign first", |l| value(l, |v| plain(v).map(|v| format!("@{v}")))),
    ("backtick first", |l| value(l, |v| plain(v).map(|v| format!("`{v}`")))),
    ("percent first", |l| value(l, |v| plain(v).map(|v| format!("%{v}")))),
    ("star first", |l| value(l, |v| plain(v).map(|v| format!("*{v}*")))),
    ("ampersand first", |l| value(l, |v| plain(v).map(|v| format!("& {v}")))),
    ("bar first", |l| value(l, |v| plain(v).map(|v| format!("| {v}")))),
    ("greater first", |l| value(l, |v| plain(v).map(|v| format!("> {v}")))),
    ("bracketed word first", |l| value(l, |v| plain(v).map(|v| format!("[速報] {v}")))),
    ("quoted word first", |l| value(l, |v| plain(v).map(|v| format!("\"速報\" {v}")))),
    ("curly quotes and a colon", |l| value(l, |v| plain(v).map(|v| format!("“{v}: x”")))),
    ("dash first", |l| value(l, |v| plain(v).map(|v| format!("- {v}")))),
    ("question mark first", |l| value(l, |v| plain(v).map(|v| format!("? {v}")))),
    ("liquid and text", |l| value(l, |v| plain(v).map(|v| format!("{{{{ site.name }}}} {v}")))),
    ("liquid tag", |l| value(l, |v| plain(v).map(|v| format!("{{% include x %}} {v}")))),
    ("apostrophe in single quotes", |l| {
        value(l, |v| single(v).map(halves).map(|(a, b)| format!("'{a}'{b}'")))
    }),
    ("quote in double quotes", |l| value(l, |v| double(v).map(halves).map(|(a, b)| format!("\"{a}\"{b}\"")))),
    ("quoted word in double quotes", |l| {
        value(l, |v| double(v).map(halves).map(|(a, b)| format!("\"{a} \"x\" {b}\"")))
    }),
    ("backslash in double quotes", |l| {
        value(l, |v| double(v).map(halves).map(|(a, b)| format!("\"{a}\\d{b}\"")))
    }),
    ("windows path in double quotes", |l| value(l, |v| double(v).map(|v| format!("\"C:\\Projects\\{v}\"")))),
    ("backslash before the closing quote", |l| value(l, |v| double(v).map(|v| format!("\"{v}\\\"")))),
    ("text after a quoted value", |l| value(l, |v| double(v).map(|v| format!("\"{v}\" です")))),
    ("value cut inside its quotes", |l| value(l, |v| double(v).map(halves).map(|(a, _)| format!("\"{a}")))),
    ("value cut inside its list", |l| value(l, |v| list(v).map(halves).map(|(a, _)| format!("[{a}")))),
    ("control character", |l| value(l, |v| Some(format!("{}\u{8}{}", halves(v).0, halves(v).1)))),
    ("line separator", |l| value(l, |v| plain(v).map(halves).map(|(a, b)| format!("{a}\u{2028}{b}")))),
    ("key indented by one", |l| top(l).map(|(k, v)| format!(" {k}: {v}"))),
    ("key indented by two", |l| top(l).map(|(k, v)| format!("  {k}: {v}"))),
    ("key indented by a tab", |l| top(l).map(|(k, v)| format!("\t{k}: {v}"))),
    ("key with a reserved first character", |l| top(l).map(|(k, v)| format!("@{k}: {v}"))),
    ("key without its opening quote", |l| top(l).map(|(k, v)| format!("\"{k}: {v}"))),
    ("nested key indented more", |l| {
        parts(l).filter(|(k, _)| k.starts_with(' ')).map(|(k, v)| format!(" {k}: {v}"))
    }),
    ("item indented more", |l| item(l).map(|(i, v)| format!("{i} - {v}"))),
    ("item indented less", |l| item(l).and_then(|(i, v)| Some(format!("{}- {v}", i.strip_prefix(' ')?)))),
    ("item indented by a tab", |l| item(l).map(|(_, v)| format!("\t- {v}"))),
    ("item indented by no-break spaces", |l| item(l).map(|(_, v)| format!("\u{a0}\u{a0}- {v}"))),
    ("item indented by an ideographic space", |l| item(l).map(|(_, v)| format!("　- {v}"))),
    ("dash deleted", |l| item(l).map(|(i, v)| format!("{i}{v}"))),
    ("space after the dash deleted", |l| item(l).map(|(i, v)| format!("{i}-{v}"))),
    ("ideographic space after the dash", |l| item(l).map(|(i, v)| format!("{i}-　{v}"))),
    ("item's closing quote deleted", |l| item(l).and_then(|(i, v)| Some(format!("{i}- \"{}", double(v)?)))),
    ("at sign first in an item", |l| item(l).map(|(i, v)| format!("{i}- @{v}"))),
    ("text after a quoted item", |l| item(l).map(|(i, v)| format!("{i}- \"{}\" x", v.trim_matches('"')))),
    ("two colons in an item", |l| item(l).map(|(i, v)| format!("{i}- {v}: a: b"))),
];
