//! The keys of a configuration one by one, so that one of the wrong type loses nothing but itself.

use std::collections::BTreeMap;

use super::{CollectionSettings, ConfigProblem};
use crate::jekyll::anchors::Kramdown;
use crate::jekyll::defaults::Defaults;
use crate::jekyll::slug::Mode;
use crate::post::front_matter::{Mapping, Node, Value};

/// Takes keys out of a mapping, and keeps what is wrong with their values.
pub(super) struct Reader<'m> {
    mapping: &'m Mapping,
    file: usize,
    text: &'m str,
    pub(super) problems: Vec<ConfigProblem>,
}

impl<'m> Reader<'m> {
    /// A reader of the configuration file with this number and this text, of which the places of `defaults` are.
    pub(super) fn new(mapping: &'m Mapping, file: usize, text: &'m str) -> Self {
        Reader { mapping, file, text, problems: Vec::new() }
    }

    /// The value of a key that is there and not null.
    fn node(&self, key: &str) -> Option<&'m Node> {
        self.mapping.get(key).filter(|node| node.value != Value::Null)
    }

    fn problem(&mut self, key: &str, node: &Node, should: &str) {
        let message = format!("`{key}` should be {should}, but this is {}.", described(&node.value));
        let key = key.to_owned();
        self.problems.push(ConfigProblem { file: self.file, key, span: node.span, message, stops: false });
    }

    /// A value at which Jekyll stops.
    fn stops(&mut self, key: &str, node: &Node, should: &str) {
        self.problem(key, node, should);
        if let Some(problem) = self.problems.last_mut() {
            problem.message.push_str(" Jekyll does not build the site.");
            problem.stops = true;
        }
    }

    /// A text. False is none; anything else is a problem.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let node = self.node(key).filter(|node| node.value.is_truthy())?;
        let text = node.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.problem(key, node, "a text");
        }
        text
    }

    /// A text without which Jekyll stops. Source: `configuration.rb` style_to_permalink, `jekyll.rb` set_timezone,
    /// `converters/markdown.rb` extname_list.
    pub(super) fn needed_text(&mut self, key: &str, should: &str) -> Option<String> {
        let node = self.node(key).filter(|node| node.value.is_truthy())?;
        let text = node.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.stops(key, node, should);
        }
        text
    }

    /// Source: `site.rb` setup.
    pub(super) fn limit_posts(&mut self) -> usize {
        let Some(node) = self.node("limit_posts") else { return 0 };
        let number = match node.value {
            Value::Integer(number) => usize::try_from(number.get()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.stops("limit_posts", node, "a whole number, 0 for all posts");
        }
        number.unwrap_or_default()
    }

    /// The text of any value, as Ruby's `to_s` gives it; false is none.
    pub(super) fn scalar(&mut self, key: &str) -> Option<String> {
        self.node(key).filter(|node| node.value.is_truthy()).map(|node| node.value.display())
    }

    /// A list without which Jekyll does not begin: a null is none. What is alone counts here as the one item.
    /// Source: `configuration.rb` check_include_exclude, check_plugins.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<String>> {
        let node = self.mapping.get(key)?;
        match &node.value {
            Value::List(items) => {
                Some(items.iter().filter_map(|item| item.value.as_str().map(str::to_owned)).collect())
            }
            other => {
                self.stops(key, node, "a list");
                other.as_str().map(|text| vec![text.to_owned()])
            }
        }
    }

    /// Ruby's truthiness, in which "false" is true.
    pub(super) fn truthy(&mut self, key: &str) -> bool {
        let Some(node) = self.node(key) else { return false };
        if !matches!(node.value, Value::Bool(_)) {
            self.problem(key, node, "true or false");
        }
        node.value.is_truthy()
    }

    /// Source: the plugin jekyll-archives, `archive.rb` slug.
    pub(super) fn slug_mode(&self) -> Option<Mode> {
        let archives = self.node("jekyll-archives")?.value.as_mapping()?;
        archives.get("slug_mode")?.value.as_str().map(Mode::of)
    }

    /// Source: the plugin jekyll-relative-links, `generator.rb` collections?.
    pub(super) fn links_in_collections(&self) -> bool {
        let options = self.node("relative_links").and_then(|node| node.value.as_mapping());
        options
            .and_then(|options| options.get("collections"))
            .is_some_and(|node| node.value == Value::Bool(true))
    }

    /// The texts of a list; none where it is anything else, of which nothing is said.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let items = self.node(key).and_then(|node| node.value.as_list()).unwrap_or_default();
        items.iter().filter_map(|item| item.value.as_str().map(str::to_owned)).collect()
    }

    pub(super) fn defaults(&mut self) -> Defaults {
        let Some(node) = self.node("defaults") else { return Defaults::default() };
        Defaults::parse(node, self.text).unwrap_or_else(|| {
            self.problem("defaults", node, "a list");
            Defaults::default()
        })
    }

    /// `markdown` and `kramdown`, as far as they decide the anchors of a page. Source: Jekyll
    /// `converters/markdown/kramdown_parser.rb`, kramdown `options.rb`.
    pub(super) fn kramdown(&self) -> Kramdown {
        let default = Kramdown::default();
        let options = self.node("kramdown").and_then(|node| node.value.as_mapping());
        let option = |key: &str| options.and_then(|options| options.get(key)).map(|node| &node.value);
        let text = |key: &str| option(key).and_then(Value::as_str);
        // A text counts as what it says: kramdown reads its options itself.
        let truthy = |key: &str, otherwise: bool| {
            option(key).map_or(otherwise, |value| value.is_truthy() && value.as_str() != Some("false"))
        };
        let markdown = self.node("markdown").and_then(|node| node.value.as_str());
        Kramdown {
            is_used: markdown.is_none_or(|name| name.eq_ignore_ascii_case("kramdown")),
            gfm: text("input").is_none_or(|input| input.eq_ignore_ascii_case("gfm")),
            auto_ids: truthy("auto_ids", default.auto_ids),
            auto_id_prefix: text("auto_id_prefix").unwrap_or_default().to_owned(),
            transliterated: truthy("transliterated_header_ids", default.transliterated),
            parse_block_html: truthy("parse_block_html", default.parse_block_html),
        }
    }

    pub(super) fn collections(&mut self) -> BTreeMap<String, CollectionSettings> {
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

/// A value for an author: `a number`.
pub(super) fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Date(_) | Value::Time(_) => "a date",
        Value::String(_) => "a text",
        Value::List(_) => "a list",
        Value::Mapping(_) => "a mapping",
    }
}
