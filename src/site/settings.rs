//! `masthead.toml`: what a site's authors ask of us. Where it is silent, or wrong, the default counts; what is wrong
//! in it is told apart from the rest, so that one slip never turns the others off.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::allowed::Allowed;
use crate::text::{LineIndex, Span};

/// The file's name, at the site's source.
pub const FILE: &str = "masthead.toml";

/// A site's settings. `masthead.schema.json` describes the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `[rules]`: how bad the findings of a rule are, by its code. Codes that no rule has are kept; `rules/` says so.
    pub rules: BTreeMap<String, RuleSetting>,
    /// `allowed-tags`: the only tags that posts may have; none for any.
    pub allowed_tags: Option<Allowed>,
    /// `allowed-categories`, likewise.
    pub allowed_categories: Option<Allowed>,
    /// `required-keys`: the front matter keys that every post must have.
    pub required_keys: Vec<String>,
    /// `[reading-speed]`: how fast the site's readers read; none where the file says nothing of it.
    pub reading_speed: Option<ReadingSpeed>,
}

/// What is asked of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// How bad its findings are.
    pub level: Level,
    /// The code's bytes in the file.
    pub code: Span,
}

/// How bad the findings of a rule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// They are not shown.
    Off,
    /// A habit.
    Hint,
    /// Good to know.
    Information,
    /// Jekyll reads something else than was meant.
    Warning,
    /// Jekyll loses something or fails.
    Error,
}

/// Severities by the code of a rule, as one author's editor asks for them. They count where the site's file is silent.
pub type Levels = BTreeMap<String, Level>;

/// How fast is read, a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingSpeed {
    /// Japanese, Chinese and Korean characters.
    pub characters: usize,
    /// Words of other scripts.
    pub words: usize,
}

impl Default for ReadingSpeed {
    /// Japanese: adults read 400 to 600 characters of plain prose a minute; this is the middle, and what Japanese
    /// blogs commonly reckon with. English: about 240 words a minute in novels, fewer in technical texts.
    fn default() -> Self {
        ReadingSpeed { characters: 500, words: 200 }
    }
}

impl ReadingSpeed {
    /// The whole minutes that a text takes, rounded up; one in two scripts takes the time of both. 0 for no text.
    pub fn minutes(self, characters: usize, words: usize) -> usize {
        let (per_character, per_word) = (self.words.max(1), self.characters.max(1));
        let shares = characters.saturating_mul(per_character).saturating_add(words.saturating_mul(per_word));
        shares.div_ceil(per_character.saturating_mul(per_word))
    }
}

impl Level {
    /// All levels with the names that the file has for them.
    pub const ALL: [(&'static str, Level); 5] = [
        ("off", Level::Off),
        ("hint", Level::Hint),
        ("information", Level::Information),
        ("warning", Level::Warning),
        ("error", Level::Error),
    ];

    /// The level of a name.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.iter().find(|level| level.0 == name).map(|level| level.1)
    }
}

/// The keys of the file's top level.
pub const KEYS: [&str; 5] = ["allowed-categories", "allowed-tags", "reading-speed", "required-keys", "rules"];

/// The keys of `[reading-speed]`.
pub const SPEED_KEYS: [&str; 2] = ["characters", "words"];

/// Something wrong in the file. Spans are bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: MistakeKind,
}

/// What is wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// It is no TOML here: what the parser says.
    Syntax(String),
    /// No such key: its name, and those that could stand here.
    UnknownKey(String, &'static [&'static str]),
    /// No such level.
    UnknownLevel(String),
    /// A value of the wrong type: what is wanted.
    WrongType(&'static str),
}

/// Reads the file's text. Never fails: what cannot be used is a mistake, and all else counts.
pub fn parse(text: &str) -> (Settings, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { settings: Settings::default(), mistakes: Vec::new() };
    reader.top(table.get_ref());
    let lines = LineIndex::new(text);
    let mut broken = HashSet::new();
    for error in errors {
        let span = error.span().map_or(Span::empty(text.len()), Span::from);
        // One slip makes the parser stumble over the rest of its line.
        if broken.insert(lines.line_of(span.start)) {
            reader.wrong(span, MistakeKind::Syntax(error.message().to_owned()));
        }
    }
    reader.mistakes.retain(|mistake| {
        matches!(mistake.kind, MistakeKind::Syntax(_)) || !broken.contains(&lines.line_of(mistake.span.start))
    });
    reader.mistakes.sort_by_key(|mistake| mistake.span);
    (reader.settings, reader.mistakes)
}

struct Reader {
    settings: Settings,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match &**key.get_ref() {
                "rules" => self.rules(value),
                "allowed-tags" => self.settings.allowed_tags = self.texts(value).map(Allowed::new),
                "allowed-categories" => {
                    self.settings.allowed_categories = self.texts(value).map(Allowed::new)
                }
                "required-keys" => self.settings.required_keys = self.texts(value).unwrap_or_default(),
                "reading-speed" => self.reading_speed(value),
                other => self.unknown(key, other, &KEYS),
            }
        }
    }

    fn rules(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = self.table(value) else { return };
        for (code, level) in table {
            let Some(name) = level.get_ref().as_str() else {
                self.wrong(level.span().into(), MistakeKind::WrongType(LEVELS));
                continue;
            };
            match Level::named(name) {
                Some(level) => {
                    let setting = RuleSetting { level, code: code.span().into() };
                    self.settings.rules.insert(code.get_ref().to_string(), setting);
                }
                None => self.wrong(level.span().into(), MistakeKind::UnknownLevel(name.to_owned())),
            }
        }
    }

    fn reading_speed(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = self.table(value) else { return };
        let mut speed = None;
        for (key, value) in table {
            let number = value.get_ref().as_integer();
            let number = number.and_then(|it| usize::from_str_radix(it.as_str(), it.radix()).ok());
            let number = number.filter(|number| (1..=MAX_SPEED).contains(number));
            match (&**key.get_ref(), number) {
                ("characters", Some(number)) => {
                    speed.get_or_insert_with(ReadingSpeed::default).characters = number;
                }
                ("words", Some(number)) => speed.get_or_insert_with(ReadingSpeed::default).words = number,
                ("characters" | "words", None) => {
                    self.wrong(
                        value.span().into(),
                        MistakeKind::WrongType("a whole number from 1 to 100000"),
                    );
                }
                (other, _) => self.unknown(key, other, &SPEED_KEYS),
            }
        }
        self.settings.reading_speed = speed;
    }

    fn table<'t, 'i>(&mut self, value: &'t Spanned<DeValue<'i>>) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value.span().into(), MistakeKind::WrongType("a table"));
        }
        table
    }

    /// A list of texts: those that are none are left out.
    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(
                value.span().into(),
                MistakeKind::WrongType("a list of texts, such as `[\"a\", \"b\"]`"),
            );
            return None;
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(text.to_owned()),
                None => self.wrong(item.span().into(), MistakeKind::WrongType("a text in quotes")),
            }
        }
        Some(texts)
    }

    fn unknown(&mut self, key: &Spanned<Cow<'_, str>>, name: &str, known: &'static [&'static str]) {
        self.wrong(key.span().into(), MistakeKind::UnknownKey(name.to_owned(), known));
    }

    fn wrong(&mut self, span: Span, kind: MistakeKind) {
        self.mistakes.push(Mistake { span, kind });
    }
}

const LEVELS: &str = "one of the texts \"off\", \"hint\", \"information\", \"warning\" and \"error\"";

/// The fastest reader that is believed.
const MAX_SPEED: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
allowed-tags = [\"AI\", \"生成AI\"]
required-keys = [\"title\", \"date\"]

[rules]
duplicate-key = \"error\"
no-front-matter = \"off\"

[reading-speed]
characters = 600
";

    #[test]
    fn a_whole_file() {
        let (settings, mistakes) = parse(GOOD);
        assert_eq!(mistakes, []);
        assert_eq!(settings.allowed_tags.unwrap().names(), ["AI", "生成AI"]);
        assert_eq!(settings.allowed_categories, None);
        assert_eq!(settings.required_keys, ["title", "date"]);
        assert_eq!(settings.reading_speed, Some(ReadingSpeed { characters: 600, words: 200 }));
        let rules: Vec<_> = settings.rules.iter().map(|(code, it)| (&**code, it.level)).collect();
        assert_eq!(rules, [("duplicate-key", Level::Error), ("no-front-matter", Level::Off)]);
        assert_eq!(settings.rules["duplicate-key"].code.of(GOOD), "duplicate-key");
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert_eq!(parse(""), (Settings::default(), Vec::new()));
        assert_eq!(parse("# none\r\n"), (Settings::default(), Vec::new()));
    }

    #[test]
    fn a_mistake_is_told_where_it_is_and_costs_nothing_else() {
        for (line, at, kind) in [
            ("x = = 1", "=", None),
            ("tags = [\"a\"]", "tags", Some(MistakeKind::UnknownKey("tags".into(), &KEYS))),
            ("allowed-tags = \"a\"", "\"a\"", None),
            ("allowed-categories = [\"a\", 1]", "1", Some(MistakeKind::WrongType("a text in quotes"))),
            ("rules = 1", "1", Some(MistakeKind::WrongType("a table"))),
            ("rules.x = \"loud\"", "\"loud\"", Some(MistakeKind::UnknownLevel("loud".into()))),
            ("rules.x = true", "true", Some(MistakeKind::WrongType(LEVELS))),
            ("reading-speed.words = 0", "0", None),
            ("reading-speed.words = 1.5", "1.5", None),
            ("reading-speed.pages = 1", "pages", Some(MistakeKind::UnknownKey("pages".into(), &SPEED_KEYS))),
        ] {
            let text = format!("required-keys = [\"title\"]\n{line}\n");
            let (settings, mistakes) = parse(&text);
            assert_eq!(settings.required_keys, ["title"], "{line}");
            let [mistake] = &mistakes[..] else { panic!("{line}: {mistakes:?}") };
            assert_eq!(mistake.span.of(&text), at, "{line}");
            if let Some(kind) = kind {
                assert_eq!(mistake.kind, kind, "{line}");
            }
        }
    }

    #[test]
    fn two_scripts_add_up() {
        let speed = ReadingSpeed::default();
        for (characters, words, minutes) in [(500, 0, 1), (501, 0, 2), (0, 1, 1), (1000, 300, 4), (0, 0, 0)] {
            assert_eq!(speed.minutes(characters, words), minutes, "{characters} {words}");
        }
    }
}
