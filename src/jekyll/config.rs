//! `_config.yml`: the keys that change how a post is read. Source: Jekyll `configuration.rb`, `site.rb`.

mod reader;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use reader::Reader;

use super::anchors::Kramdown;
use super::defaults::Defaults;
use super::slug::Mode;
use super::{Clock, data, date};
use crate::post::Post;
use crate::post::front_matter::{Mapping, Value, yaml};
use crate::post::name::base_name;
use crate::text::Span;

/// The plugins that make a page of each tag or category, at its slug.
const PAGE_MAKERS: &[&str] =
    &["jekyll-archives", "jekyll-category-pages", "jekyll-tag-pages", "jekyll-tagging"];

/// A site's configuration, with Jekyll's defaults where the file is silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `collections_dir`: where posts and collections live, from the source; empty for the source itself.
    pub collections_dir: String,
    /// `layouts_dir`: where layouts are, from the source; without slashes around it, as the two below.
    pub layouts_dir: String,
    /// `includes_dir`: where includes are, from the source.
    pub includes_dir: String,
    /// `data_dir`: where data files are, from the source.
    pub data_dir: String,
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
    /// `slug_mode` of `jekyll-archives`: how it makes the URL of the page of a tag or category.
    pub archives_slugs: Mode,
    /// `theme` or `remote_theme`.
    pub theme: Option<String>,
    /// `markdown` and `kramdown`: which anchors a page gets.
    pub kramdown: Kramdown,
    /// `plugins`.
    pub plugins: Vec<String>,
    /// `collections` of `relative_links`: jekyll-relative-links works on posts and collections too.
    pub links_in_collections: bool,
    /// `keep_files`: paths below the destination that a build does not clear, since other tools write there.
    pub keep_files: Vec<String>,
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
    /// Whether Jekyll stops at it. It goes on without a file that is no mapping. Source: `configuration.rb`
    /// read_config_files.
    pub stops: bool,
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
    /// Whether Jekyll stops at it, instead of reading something else.
    pub stops: bool,
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
            layouts_dir: "_layouts".to_owned(),
            includes_dir: "_includes".to_owned(),
            data_dir: "_data".to_owned(),
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
            archives_slugs: Mode::Default,
            theme: None,
            kramdown: Kramdown::default(),
            plugins: Vec::new(),
            links_in_collections: false,
            keep_files: Vec::new(),
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
        let loaded: Result<Vec<Mapping>, _> = texts
            .iter()
            .map(|text| load(text))
            .enumerate()
            .map(|(file, loaded)| loaded.map_err(|error| (file, error)))
            .collect();
        Ok(Config::merged(texts, &loaded?))
    }

    fn merged(texts: &[&str], mappings: &[Mapping]) -> Self {
        let mut all = Mapping::default();
        let mut problems = Vec::new();
        // Lists are replaced, so the defaults stand in the last text that has any.
        let mut with_defaults = "";
        for (file, (text, mapping)) in texts.iter().zip(mappings).enumerate() {
            problems.extend(Config::of(mapping, file, text).problems);
            if mapping.get("defaults").is_some_and(|node| node.value != Value::Null) {
                with_defaults = text;
            }
            all = data::merge(&all, mapping);
        }
        Config { problems, ..Config::of(&all, 0, with_defaults) }
    }

    /// What the healthy lines of texts say of which one does not load as a whole.
    pub fn of_healthy_lines(texts: &[&str]) -> Self {
        let healthy = |text: &&str| Post::parse_yaml(*text).front_matter.values.as_ref().clone();
        let mappings: Vec<Mapping> = texts.iter().map(healthy).collect();
        Config { problems: Vec::new(), ..Config::merged(texts, &mappings) }
    }

    /// How the name of a tag or category becomes the slug of its page; none where no plugin makes such pages.
    pub fn term_page_slugs(&self) -> Option<Mode> {
        let makes_pages = |plugin: &String| PAGE_MAKERS.contains(&&**plugin);
        self.plugins.iter().any(makes_pages).then_some(self.archives_slugs)
    }

    /// Whether another configuration says the same, though it may stand elsewhere in its file.
    pub fn says_the_same(&self, other: &Config) -> bool {
        let without_places = |config: &Config| Config {
            problems: Vec::new(),
            defaults: Defaults::default(),
            ..config.clone()
        };
        self.defaults.says_the_same(&other.defaults) && without_places(self) == without_places(other)
    }

    fn of(mapping: &Mapping, file: usize, text: &str) -> Self {
        let mut reader = Reader::new(mapping, file, text);
        let default = Config::default();
        let mut exclude = reader.list("exclude").unwrap_or_default();
        for own in default.exclude {
            if !exclude.contains(&own) {
                exclude.push(own);
            }
        }
        let timezone = reader.needed_text("timezone", "a zone's name, such as `Asia/Tokyo`");
        let markdown_ext = reader
            .needed_text("markdown_ext", "a text such as `md,markdown`")
            .map(|it| it.split(',').map(str::to_lowercase).collect());
        let collection_settings = reader.collections();
        let mut folder = |key| {
            let written = reader.text(key)?;
            let folder = written.trim_start_matches("./").trim_matches('/');
            (!folder.is_empty()).then(|| folder.to_owned())
        };
        let [layouts_dir, includes_dir, data_dir] =
            ["layouts_dir", "includes_dir", "data_dir"].map(&mut folder);
        let config = Config {
            collections_dir: reader.text("collections_dir").unwrap_or_default(),
            layouts_dir: layouts_dir.unwrap_or(default.layouts_dir),
            includes_dir: includes_dir.unwrap_or(default.includes_dir),
            data_dir: data_dir.unwrap_or(default.data_dir),
            collections: collection_settings.keys().filter(|name| *name != "posts").cloned().collect(),
            collection_settings,
            exclude,
            include: reader.list("include").unwrap_or(default.include),
            zone: timezone.as_deref().map(date::zone),
            timezone,
            permalink: reader.needed_text("permalink", "a style's name or a template"),
            defaults: reader.defaults(),
            markdown_ext: markdown_ext.unwrap_or(default.markdown_ext),
            excerpt_separator: reader.scalar("excerpt_separator").unwrap_or(default.excerpt_separator),
            future: reader.truthy("future"),
            unpublished: reader.truthy("unpublished"),
            show_drafts: reader.truthy("show_drafts"),
            strict_front_matter: reader.truthy("strict_front_matter"),
            limit_posts: reader.limit_posts(),
            encoding: reader.text("encoding").unwrap_or(default.encoding),
            url: reader.text("url"),
            baseurl: reader.text("baseurl").unwrap_or_default(),
            time: reader.scalar("time"),
            source: reader.text("source"),
            destination: reader.text("destination").unwrap_or_else(|| "_site".to_owned()),
            archives_slugs: reader.slug_mode().unwrap_or(default.archives_slugs),
            theme: reader.text("theme").or_else(|| reader.text("remote_theme")),
            kramdown: reader.kramdown(),
            plugins: reader.list("plugins").unwrap_or_default(),
            links_in_collections: reader.links_in_collections(),
            keep_files: reader.texts("keep_files"),
            problems: Vec::new(),
        };
        Config { problems: reader.problems, ..config }
    }

    /// Whether Jekyll converts a file of this path from Markdown.
    pub fn is_markdown(&self, path: &str) -> bool {
        let (name, known) = (base_name(path).as_bytes(), &self.markdown_ext);
        let dot = memchr::memrchr(b'.', name);
        dot.is_some_and(|dot| {
            known.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(&name[dot + 1..]))
        })
    }

    /// Whether the documents of a collection become pages, as posts always do. Source: `collection.rb` write?.
    pub fn is_written(&self, collection: &str) -> bool {
        collection == "posts" || self.collection_settings.get(collection).is_some_and(|it| it.output)
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
        stops: true,
    })?;
    match loaded.root.map(|root| (root.value, root.span)) {
        None | Some((Value::Null | Value::Bool(false), _)) => Ok(Mapping::default()),
        Some((Value::Mapping(mapping), _)) => Ok(mapping.as_ref().clone()),
        Some((other, span)) => Err(ConfigError {
            message: format!(
                "Jekyll needs lines of the form `key: value` here, but this is {}.",
                reader::described(&other)
            ),
            offset: span.start,
            stops: false,
        }),
    }
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
        assert_eq!(problems, ["`unpublished` should be true or false, but this is a number."]);
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
    fn healthy_lines_count_where_the_whole_does_not_load() {
        let text = "timezone: Asia/Tokyo\nexclude: [a\npermalink: /:title/\nlimit_posts: -1\n";
        let config = Config::of_healthy_lines(&["future: true\n", text]);
        assert_eq!((config.timezone.as_deref(), config.future), (Some("Asia/Tokyo"), true));
        assert_eq!((config.permalink.as_deref(), config.problems.len()), (Some("/:title/"), 0));
    }

    #[test]
    fn places_in_the_file_do_not_count() {
        let config = |text: &str| Config::parse(text).unwrap();
        let text = "defaults:\n- values: {a: [b]}\nexclude: [a]\n";
        let moved = config(&format!("title: x\nfuture: 1\n{text}"));
        assert!(config(&format!("future: true\n{text}")).says_the_same(&moved));
        for other in ["future: true\n", "defaults:\n- values: {a: [c]}\nexclude: [a]\nfuture: true\n"] {
            assert!(!config(other).says_the_same(&moved), "{other}");
        }
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
