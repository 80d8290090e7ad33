//! `_config.yml`: the keys that change how a post is read. Source: Jekyll `configuration.rb`, `site.rb`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use super::defaults::Defaults;
use super::{Clock, data, date};
use crate::post::front_matter::{Mapping, Node, Value, yaml};
use crate::text::Span;

/// A site's configuration, with Jekyll's defaults where the file is silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `collections_dir`: where posts and collections live, from the source; empty for the source itself.
    pub collections_dir: String,
    /// `collections`: the names, `posts` not among them.
    pub collections: Vec<String>,
    /// What `collections` says of each, `posts` among them where it is named.
    pub collection_settings: BTreeMap<String, CollectionSettings>,
    /// `exclude`, with Jekyll's own default excludes.
    pub exclude: Vec<String>,
    /// `include`.
    pub include: Vec<String>,
    /// `timezone`: an IANA name.
    pub timezone: Option<String>,
    /// The zone that `timezone` gives.
    pub zone: Option<TimeZone>,
    /// `permalink`: a style's name or a template.
    pub permalink: Option<String>,
    /// `defaults`: the front-matter defaults.
    pub defaults: Defaults,
    /// `markdown_ext`: the extensions of Markdown, in lower case, without dots.
    pub markdown_ext: Vec<String>,
    /// `excerpt_separator`; empty for no excerpts.
    pub excerpt_separator: String,
    /// `future`: posts of the future are published.
    pub future: bool,
    /// `unpublished`: posts with `published: false` are published.
    pub unpublished: bool,
    /// `show_drafts`: drafts are published.
    pub show_drafts: bool,
    /// `strict_front_matter`: a front matter that does not load stops the build.
    pub strict_front_matter: bool,
    /// `limit_posts`: only the last so many posts are published; 0 for all.
    pub limit_posts: usize,
    /// `encoding` of all files.
    pub encoding: String,
    /// `url`: the site's scheme and host.
    pub url: Option<String>,
    /// `baseurl`, which is no part of a post's URL.
    pub baseurl: String,
    /// `time`, which pins the moment of the build.
    pub time: Option<String>,
    /// `source`, relative to the configuration's folder.
    pub source: Option<String>,
    /// `destination`, relative to the source: where the pages are built to, so nothing there is a source.
    pub destination: String,
    /// `theme` or `remote_theme`.
    pub theme: Option<String>,
    /// `plugins`, or `gems` as they once were.
    pub plugins: Vec<String>,
    /// Keys whose value is not of the type that Jekyll needs, by the order of the files.
    pub problems: Vec<ConfigProblem>,
}

/// What the config says of a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CollectionSettings {
    /// `output`: its documents become pages.
    pub output: bool,
    /// `permalink`, of any type; a null is not the same as none.
    pub permalink: Option<Value>,
    /// `sort_by`: the key that orders it.
    pub sort_by: Option<String>,
}

/// Why a configuration could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong and how to mend it, in a sentence.
    pub message: String,
    /// The byte of the file at which it went wrong.
    pub offset: usize,
}

/// A value that Jekyll cannot use. The rest of the configuration counts all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Which of the configuration files, from 0.
    pub file: usize,
    /// The key.
    pub key: String,
    /// The value's bytes in that file.
    pub span: Span,
    /// What it should be.
    pub message: String,
}

/// What Jekyll 4 never reads, whatever `exclude` says.
const DEFAULT_EXCLUDES: &[&str] = &[
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

impl Default for Config {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Config {
            collections_dir: String::new(),
            collections: Vec::new(),
            collection_settings: BTreeMap::new(),
            exclude: words(DEFAULT_EXCLUDES),
            include: words(&[".htaccess"]),
            timezone: None,
            zone: None,
            permalink: None,
            defaults: Defaults::default(),
            markdown_ext: words(&["markdown", "mkdown", "mkdn", "mkd", "md"]),
            excerpt_separator: "\n\n".to_owned(),
            future: false,
            unpublished: false,
            show_drafts: false,
            strict_front_matter: false,
            limit_posts: 0,
            encoding: "utf-8".to_owned(),
            url: None,
            baseurl: String::new(),
            time: None,
            source: None,
            destination: "_site".to_owned(),
            theme: None,
            plugins: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the text of a `_config.yml`.
    ///
    /// # Errors
    /// A text that does not load or is not a mapping.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        Config::parse_all(&[text]).map_err(|(_, error)| error)
    }

    /// Reads several configurations, as `--config a,b` does: a later one wins, mappings merge deeply, lists are
    /// replaced.
    ///
    /// # Errors
    /// The first text that does not load or is not a mapping, and which one it is.
    pub fn parse_all(texts: &[&str]) -> Result<Self, (usize, ConfigError)> {
        let mut all = Mapping::default();
        let mut problems = Vec::new();
        for (file, text) in texts.iter().enumerate() {
            let mapping = load(text).map_err(|error| (file, error))?;
            problems.extend(Config::of(&mapping, file).problems);
            all = data::merge(&all, &mapping);
        }
        Ok(Config { problems, ..Config::of(&all, 0) })
    }

    fn of(mapping: &Mapping, file: usize) -> Self {
        let mut reader = Reader { mapping, file, problems: Vec::new() };
        let default = Config::default();
        let mut exclude = reader.texts("exclude").unwrap_or_default();
        for own in default.exclude {
            if !exclude.contains(&own) {
                exclude.push(own);
            }
        }
        let timezone: Option<String> = reader.text("timezone");
        let markdown_ext =
            reader.text("markdown_ext").map(|it| it.split(',').map(str::to_lowercase).collect());
        let collection_settings = reader.collections();
        let config = Config {
            collections_dir: reader.text("collections_dir").unwrap_or_default(),
            collections: collection_settings.keys().filter(|name| *name != "posts").cloned().collect(),
            collection_settings,
            exclude,
            include: reader.texts("include").unwrap_or(default.include),
            zone: timezone.as_deref().map(date::zone),
            timezone,
            permalink: reader.text("permalink"),
            defaults: reader.defaults(),
            markdown_ext: markdown_ext.unwrap_or(default.markdown_ext),
            excerpt_separator: reader.scalar("excerpt_separator").unwrap_or(default.excerpt_separator),
            future: reader.truthy("future"),
            unpublished: reader.truthy("unpublished"),
            show_drafts: reader.truthy("show_drafts"),
            strict_front_matter: reader.truthy("strict_front_matter"),
            limit_posts: reader.typed("limit_posts", "a number of posts, 0 for all").unwrap_or_default(),
            encoding: reader.text("encoding").unwrap_or(default.encoding),
            url: reader.text("url"),
            baseurl: reader.text("baseurl").unwrap_or_default(),
            time: reader.scalar("time"),
            source: reader.text("source"),
            destination: reader.text("destination").unwrap_or_else(|| "_site".to_owned()),
            theme: reader.text("theme").or_else(|| reader.text("remote_theme")),
            plugins: reader.texts("plugins").or_else(|| reader.texts("gems")).unwrap_or_default(),
            problems: Vec::new(),
        };
        Config { problems: reader.problems, ..config }
    }

    /// The clock in the site's zone: that of `timezone`, else the machine's.
    pub fn site_clock(&self, clock: &Clock) -> Clock {
        Clock { now: clock.now, zone: self.zone.clone().unwrap_or_else(|| clock.zone.clone()) }
    }
}

fn load(text: &str) -> Result<Mapping, ConfigError> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let loaded = yaml::load(text, Span::new(start, text.len())).map_err(|error| ConfigError {
        message: format!("This does not load as YAML: {}.", error.problem),
        offset: error.offset,
    })?;
    match loaded.root.map(|root| (root.value, root.span)) {
        None | Some((Value::Null | Value::Bool(false), _)) => Ok(Mapping::default()),
        Some((Value::Mapping(mapping), _)) => Ok(mapping.as_ref().clone()),
        Some((other, span)) => Err(ConfigError {
            message: format!(
                "Jekyll needs lines of the form `key: value` here, but this is one {}.",
                other.ruby_class()
            ),
            offset: span.start,
        }),
    }
}

/// Takes keys out of the mapping one by one, so that one of the wrong type loses nothing but itself.
struct Reader<'m> {
    mapping: &'m Mapping,
    file: usize,
    problems: Vec<ConfigProblem>,
}

impl<'m> Reader<'m> {
    /// The value of a key that is there and not null.
    fn node(&self, key: &str) -> Option<&'m Node> {
        self.mapping.get(key).filter(|node| node.value != Value::Null)
    }

    fn problem(&mut self, key: &str, node: &Node, should: &str) {
        let message = format!("`{key}` should be {should}, but this is one {}.", node.value.ruby_class());
        self.problems.push(ConfigProblem { file: self.file, key: key.to_owned(), span: node.span, message });
    }

    fn typed<T: DeserializeOwned>(&mut self, key: &str, should: &str) -> Option<T> {
        let node = self.node(key)?;
        let value = serde_yaml::from_value(yaml::to_serde(node)).ok();
        if value.is_none() {
            self.problem(key, node, should);
        }
        value
    }

    /// A text. False is none; anything else is a problem.
    fn text(&mut self, key: &str) -> Option<String> {
        let node = self.node(key).filter(|node| node.value.is_truthy())?;
        let text = node.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.problem(key, node, "a text");
        }
        text
    }

    /// The text of any value, as Ruby's `to_s` gives it; false is none.
    fn scalar(&mut self, key: &str) -> Option<String> {
        self.node(key).filter(|node| node.value.is_truthy()).map(|node| node.value.display())
    }

    /// A list of texts, or a lone one.
    fn texts(&mut self, key: &str) -> Option<Vec<String>> {
        let node = self.node(key)?;
        match &node.value {
            Value::List(items) => {
                Some(items.iter().filter_map(|item| item.value.as_str().map(str::to_owned)).collect())
            }
            other => {
                self.problem(key, node, "a list");
                other.as_str().map(|text| vec![text.to_owned()])
            }
        }
    }

    /// Ruby's truthiness, in which "false" is true.
    fn truthy(&mut self, key: &str) -> bool {
        let Some(node) = self.node(key) else { return false };
        if !matches!(node.value, Value::Bool(_)) {
            self.problem(key, node, "true or false");
        }
        node.value.is_truthy()
    }

    fn defaults(&mut self) -> Defaults {
        let Some(node) = self.node("defaults") else { return Defaults::default() };
        Defaults::parse(node).unwrap_or_else(|| {
            self.problem("defaults", node, "a list");
            Defaults::default()
        })
    }

    fn collections(&mut self) -> BTreeMap<String, CollectionSettings> {
        let mut all = BTreeMap::new();
        let Some(node) = self.node("collections") else { return all };
        match &node.value {
            Value::List(items) => {
                let names = items.iter().filter_map(|item| item.value.as_str());
                all.extend(names.map(|name| (label(name), CollectionSettings::default())));
            }
            Value::Mapping(mapping) => {
                for pair in mapping.iter() {
                    let Value::String(name) = &pair.key.value else { continue };
                    let label = label(name);
                    // Jekyll looks its settings up by the label.
                    if label == **name {
                        all.insert(label, CollectionSettings::of(&pair.value.value));
                    } else {
                        all.entry(label).or_default();
                    }
                }
            }
            _ => self.problem("collections", node, "a list of names, or a mapping with one key for each"),
        }
        all.remove("");
        all
    }
}

/// The label of a collection, by which its folder is called: its name's ASCII letters and digits, `_`, `-` and `.`.
/// Source: Jekyll `collection.rb` sanitize_label.
fn label(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).collect()
}

impl CollectionSettings {
    fn of(value: &Value) -> Self {
        let get = |key| value.as_mapping().and_then(|mapping| mapping.get(key)).map(|node| &node.value);
        CollectionSettings {
            output: get("output").is_some_and(Value::is_truthy),
            permalink: get("permalink").cloned(),
            sort_by: get("sort_by").and_then(Value::as_str).map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_config_is_jekylls_own() {
        for text in ["", "# nothing yet\n", "~", "\u{feff}"] {
            assert_eq!(Config::parse(text), Ok(Config::default()), "{text:?}");
        }
    }

    #[test]
    fn keys_are_read() {
        let config = Config::parse(
            "timezone: Asia/Tokyo\npermalink: pretty\nexclude: [drafts.txt, node_modules]\nfuture: yes\n\
             markdown_ext: MD,text\nlimit_posts: 5\ncollections:\n  recipes: {output: true, permalink: '/r/:name'}\n  \
             posts:\n  people:\ntheme: minima\nexcerpt_separator: <!--more-->\nunpublished: 0\n",
        )
        .unwrap();
        assert_eq!(config.zone.as_ref().and_then(TimeZone::iana_name), Some("Asia/Tokyo"));
        assert_eq!(config.permalink.as_deref(), Some("pretty"));
        assert_eq!(config.exclude[..2], ["drafts.txt", "node_modules"]);
        assert_eq!(config.exclude.iter().filter(|it| *it == "node_modules").count(), 1);
        assert_eq!(config.markdown_ext, ["md", "text"]);
        assert_eq!(config.collections, ["people", "recipes"]);
        assert!(config.collection_settings["recipes"].output && !config.collection_settings["people"].output);
        assert_eq!((config.limit_posts, config.future, config.unpublished), (5, true, true));
        let problems: Vec<&str> = config.problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(problems, ["`unpublished` should be true or false, but this is one Integer."]);
    }

    #[test]
    fn a_collections_folder_is_called_by_its_ascii_letters() {
        let config =
            Config::parse("collections:\n  my notes: {output: true}\n  日記: {output: true}\n").unwrap();
        assert_eq!(config.collections, ["mynotes"]);
        assert!(!config.collection_settings["mynotes"].output);
    }

    #[test]
    fn one_bad_key_loses_nothing_else() {
        let text =
            "permalink: [a]\ncollections: 7\nlimit_posts: many\ndefaults: {}\nexclude: x\ntimezone: UTC\n";
        let config = Config::parse(text).unwrap();
        let places: Vec<(&str, &str)> =
            config.problems.iter().map(|it| (it.key.as_str(), it.span.of(text))).collect();
        assert_eq!(
            places,
            [
                ("exclude", "x"),
                ("collections", "7"),
                ("permalink", "[a]"),
                ("defaults", "{}"),
                ("limit_posts", "many")
            ]
        );
        assert_eq!((config.permalink, config.timezone.as_deref()), (None, Some("UTC")));
        assert_eq!(config.exclude[0], "x");
    }

    #[test]
    fn later_files_win_and_merge() {
        let first =
            "permalink: date\ncollections: {a: {output: true}}\nexclude: [x]\ntimezone: UTC\nfuture: 1\n";
        let second = "permalink: pretty\ncollections: {b: }\nexclude: [y]\ntimezone: ~\n";
        let config = Config::parse_all(&[first, second]).unwrap();
        assert_eq!(config.permalink.as_deref(), Some("pretty"));
        assert_eq!(config.collections, ["a", "b"]);
        assert_eq!((&config.exclude[0], config.timezone.as_deref()), (&"y".to_owned(), Some("UTC")));
        assert_eq!((config.problems.len(), config.problems[0].file), (1, 0));
        let (file, error) = Config::parse_all(&[first, "a: [b"]).unwrap_err();
        assert_eq!((file, error.offset > 0), (1, true));
    }

    #[test]
    fn what_is_no_mapping_is_refused() {
        for text in ["- a\n", "just words", "42"] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.message.starts_with("Jekyll needs lines of the form"), "{}", error.message);
        }
    }
}
