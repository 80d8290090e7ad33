//! The sum: what Jekyll will make of one post. Source: `document.rb` read and what it calls, `publisher.rb`.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;

use super::data::{Data, Origin};
use super::excerpt::{self, Excerpt};
use super::place::{Kind, Place};
use super::status::Reason;
use super::url::{self, Placeholders, UrlError};
use super::{Clock, Config, Status, date, slug, taxonomy};
use crate::post::Post;
use crate::post::front_matter::scalar::Time;
use crate::post::front_matter::{Load, Mapping, Node, Value, yaml};
use crate::post::name::{self, PostName};
use crate::text::Span;

/// What Jekyll reads in a post and makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What becomes of it.
    pub status: Status,
    /// Why, where it is not simply published.
    pub reason: Option<Reason>,
    /// The effective front matter: every key that templates see, and where it comes from.
    pub data: Data,
    /// The title as Jekyll has it: any type, or made from the file name; null where the front matter is lost.
    pub title: Value,
    /// The slug; none where the front matter is lost or where it is no text.
    pub slug: Option<String>,
    /// The instant of the post.
    pub date: Option<Timestamp>,
    /// The URL, percent-escaped, without `baseurl`.
    pub url: Option<String>,
    /// The tags; items keep their type.
    pub tags: Arc<[Node]>,
    /// The categories: folders, defaults, the file's own.
    pub categories: Arc<[Node]>,
    /// The layout after defaults.
    pub layout: Option<Value>,
    /// What a list of posts shows of it.
    pub excerpt: Option<Excerpt>,
    /// Of a post whose front matter Jekyll loses: what its healthy lines say.
    pub healthy: Option<Box<Reading>>,
}

/// What a file's place on the disk adds to its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileFacts {
    /// When it was changed, which is the date of a draft that has none.
    pub modified: Option<Timestamp>,
}

/// Reads a post. `path` is relative to the site's source, with `/`.
pub fn read(post: &Post, path: &str, config: &Config, clock: &Clock) -> Reading {
    read_file(post, path, FileFacts::default(), config, clock)
}

/// [`read`], with what the disk knows of the file.
pub fn read_file(post: &Post, path: &str, facts: FileFacts, config: &Config, clock: &Clock) -> Reading {
    let load = post.front_matter.load;
    let mut reading = Reader::new(path, facts, config, clock).read(post, load);
    if reading.status == Status::Broken && load != Load::NotMapping {
        let healthy = Reader::new(path, facts, config, clock).read(post, Load::Mapping);
        reading.healthy = (healthy.status != Status::Broken).then(|| Box::new(healthy));
    }
    reading
}

/// The reading of a file that is not text: Jekyll leaves it out. `utf16` tells whether it is UTF-16, of which Jekyll
/// says that it has no content.
pub fn not_text(path: &str, utf16: bool, config: &Config, clock: &Clock) -> Reading {
    let mut reader = Reader::new(path, FileFacts::default(), config, clock);
    let reason = if utf16 { Reason::NoContent } else { Reason::NotUtf8 };
    // Defaults that cannot be given change nothing about a file that is left out.
    reader.lay_defaults().ok();
    reader.finish(Status::Dropped, Some(reason), None)
}

/// The reading of a file in `_posts` whose name is not one of a post.
pub fn bad_name() -> Reading {
    Reading {
        status: Status::Dropped,
        reason: Some(Reason::BadName),
        data: Data::default(),
        title: Value::Null,
        slug: None,
        date: None,
        url: None,
        tags: Arc::default(),
        categories: Arc::default(),
        layout: None,
        excerpt: None,
        healthy: None,
    }
}

/// How many keys a post has at most, its own and those that Jekyll adds, if it is no unusual one.
const USUAL_KEYS: usize = 9;

/// A reading in the making.
struct Reader<'p> {
    place: Place<'p>,
    facts: FileFacts,
    config: &'p Config,
    /// In the site's zone.
    clock: Clock,
    data: Data,
}

/// What stops the reading of one post.
enum Stop {
    /// Jekyll logs it, and the post goes on without its front matter.
    Breaks(Reason),
    /// Jekyll logs it before it has read anything: the post has no content, and is left out.
    Drops(Reason),
    /// The build stops.
    Aborts(Reason),
}

impl<'p> Reader<'p> {
    fn new(path: &'p str, facts: FileFacts, config: &'p Config, clock: &Clock) -> Self {
        let place = Place::of(path, config);
        let mut data = Data::with_capacity(USUAL_KEYS);
        let folders = taxonomy::of_path(place.relative, place.special_folder());
        data.set("categories", Value::List(folders), Origin::Path);
        Reader { place, facts, config, clock: config.site_clock(clock), data }
    }

    fn read(mut self, post: &Post, load: Load) -> Reading {
        if matches!(self.place.kind, Kind::Collection(_)) && !has_header(&post.text) {
            return self.finish(Status::Dropped, Some(Reason::StaticFile), None);
        }
        if self.place.is_yaml() {
            return self.read_yaml(&post.text);
        }
        match self.gather(post, load) {
            Ok(()) => {
                let separator = &self.config.excerpt_separator;
                // Where Jekyll sees no block, all but a BOM is body.
                let start = match load {
                    Load::Absent => post.text.len() - post.text.trim_start_matches('\u{feff}').len(),
                    _ => post.front_matter.fence.body_start,
                };
                let excerpt = excerpt::excerpt(&self.data, &post.text, start, separator);
                let (status, reason) = self.publish();
                self.finish(status, reason, excerpt)
            }
            Err(Stop::Breaks(_) | Stop::Drops(_)) if self.config.strict_front_matter => {
                self.finish(Status::Aborts, Some(Reason::Strict), None)
            }
            Err(Stop::Drops(reason)) if matches!(self.place.kind, Kind::Post | Kind::Draft) => {
                self.finish(Status::Dropped, Some(reason), None)
            }
            Err(Stop::Breaks(reason) | Stop::Drops(reason)) => match self.publish() {
                (Status::Published, _) => self.finish(Status::Broken, Some(reason), None),
                (status, why) => self.finish(status, why, None),
            },
            Err(Stop::Aborts(reason)) => self.finish(Status::Aborts, Some(reason), None),
        }
    }

    /// A YAML file: loaded as data, without content. That leaves it out of the posts, but not of a collection.
    fn read_yaml(mut self, text: &str) -> Reading {
        match yaml::load(text, Span::new(0, text.len())) {
            Ok(loaded) => {
                self.data = Data::default();
                if let Some(mapping) = loaded.root.as_ref().and_then(|root| root.value.as_mapping()) {
                    self.lay_over(mapping);
                }
                match self.place.kind {
                    Kind::Collection(_) => {
                        let (status, reason) = self.publish();
                        self.finish(status, reason, None)
                    }
                    Kind::Post | Kind::Draft => self.finish(Status::Dropped, Some(Reason::NoContent), None),
                }
            }
            Err(_) => self.finish(Status::Aborts, Some(Reason::Unreadable), None),
        }
    }

    fn gather(&mut self, post: &Post, load: Load) -> Result<(), Stop> {
        self.lay_defaults()?;
        match load {
            Load::Absent => {}
            Load::Mapping => {
                let values = &post.front_matter.values;
                self.unite_categories(values.get("categories").map(|node| &node.value))?;
                self.lay_over(values);
                self.take_date(Reason::Date)?;
            }
            Load::NotMapping => return Err(Stop::Breaks(Reason::NotMapping)),
            Load::Broken => return Err(Stop::Breaks(Reason::Unreadable)),
        }
        self.name_and_title()?;
        let merged = self.list("categories");
        let all = taxonomy::categories(&merged, self.data.get("category"));
        self.data.reshape("categories", Value::List(all), Origin::Path);
        let tags = taxonomy::tags(self.data.get("tag"), self.data.get("tags"));
        let origin = self.data.entry("tag").filter(|it| it.value.is_truthy()).map(|it| it.origin);
        self.data.reshape("tags", Value::List(tags), origin.unwrap_or(Origin::Path));
        Ok(())
    }

    fn lay_defaults(&mut self) -> Result<(), Stop> {
        use super::defaults::DefaultsError;
        let (path, kind) = (self.place.path, self.place.collection());
        let defaults =
            self.config.defaults.of(path, kind, &self.config.collections_dir, &self.clock).map_err(
                |error| match error {
                    DefaultsError::ScopelessAfterAnother { .. } => Stop::Drops(Reason::Defaults(error)),
                    _ => Stop::Aborts(Reason::Defaults(error)),
                },
            )?;
        self.unite_categories(defaults.get("categories")).map_err(|stop| match stop {
            Stop::Breaks(reason) => Stop::Drops(reason),
            stop => stop,
        })?;
        for entry in defaults.iter().filter(|entry| entry.key.as_str() != Some("categories")) {
            self.data.lay_over(&entry.key, &entry.value, entry.origin);
        }
        if let Some(entry) = defaults.entry("categories") {
            self.data.set("categories", Value::List(self.list("categories")), entry.origin);
        }
        self.take_date(Reason::Date)
    }

    fn unite_categories(&mut self, more: Option<&Value>) -> Result<(), Stop> {
        let Some(more) = more else { return Ok(()) };
        let united = taxonomy::unite(&self.list("categories"), more)
            .map_err(|error| Stop::Breaks(Reason::CategoriesType(error.class)))?;
        self.data.reshape("categories", Value::List(united), Origin::Path);
        Ok(())
    }

    /// Lays a file's own keys over what is there; its `categories` are united already.
    fn lay_over(&mut self, values: &Mapping) {
        for pair in values.iter() {
            let origin = Origin::File { key: pair.key.span, value: pair.value.span };
            if pair.key.value.as_str() == Some("categories") && self.data.entry("categories").is_some() {
                if pair.value.value != Value::Null {
                    self.data.set("categories", Value::List(self.list("categories")), origin);
                }
            } else {
                self.data.lay_over(&pair.key.value, &pair.value.value, origin);
            }
        }
    }

    /// Makes an instant of `date`, if the key is there.
    fn take_date(&mut self, reason: fn(date::InvalidDate) -> Reason) -> Result<(), Stop> {
        let Some(entry) = self.data.entry("date") else { return Ok(()) };
        let origin = entry.origin;
        let instant =
            date::of_value(&entry.value, &self.clock).map_err(|error| Stop::Aborts(reason(error)))?;
        self.data.set("date", self.time(instant), origin);
        Ok(())
    }

    fn time(&self, instant: Timestamp) -> Value {
        Value::Time(Time { instant, offset: self.clock.zone.to_offset(instant) })
    }

    fn name_and_title(&mut self) -> Result<(), Stop> {
        let relative = self.place.relative;
        let slug = match PostName::parse(relative) {
            Some(name) => {
                let build = date::whole_seconds(self.clock.now);
                if !self.data.has("date") || self.instant() == Some(build) {
                    self.data.set("date", Value::String(name.date.into()), Origin::Path);
                    self.take_date(Reason::NameDate)?;
                }
                name.slug
            }
            None => name::dateless(relative)
                .map_or_else(|| name::stem(relative).trim_end_matches('.'), |(slug, _)| slug),
        };
        if !self.data.has("title") {
            self.data.set("title", Value::String(slug::titleize(slug).into()), Origin::Path);
        }
        if !self.data.has("slug") {
            self.data.set("slug", Value::String(slug.into()), Origin::Path);
        }
        Ok(())
    }

    fn list(&self, key: &str) -> Arc<[Node]> {
        match self.data.get(key) {
            Some(Value::List(items)) => items.clone(),
            _ => Arc::default(),
        }
    }

    fn instant(&self) -> Option<Timestamp> {
        match self.data.get("date") {
            Some(Value::Time(time)) => Some(time.instant),
            _ => None,
        }
    }

    /// Whether the post is published, by its data alone.
    fn publish(&self) -> (Status, Option<Reason>) {
        let published = self.data.get("published");
        let hidden = match self.place.kind {
            Kind::Collection(_) => published == Some(&Value::Bool(false)),
            Kind::Post | Kind::Draft => published.is_some_and(|value| !value.is_truthy()),
        };
        let now = date::whole_seconds(self.clock.now);
        // A draft without a date bears that of its file, which is no promise.
        let future = self.instant().is_some_and(|date| date > now && Some(date) != self.facts.modified);
        if hidden && !self.config.unpublished {
            (Status::Unpublished, Some(Reason::Unpublished))
        } else if future && !self.config.future {
            (Status::Future, Some(Reason::Future))
        } else if self.place.kind == Kind::Draft && !self.config.show_drafts {
            (Status::Draft, Some(Reason::Draft))
        } else {
            (Status::Published, None)
        }
    }

    fn finish(mut self, status: Status, reason: Option<Reason>, excerpt: Option<Excerpt>) -> Reading {
        let (mut status, mut reason) = (status, reason);
        let undated = !self.data.has("date");
        let fallback = match self.place.is_draft() || self.data.has("draft") {
            true => self.facts.modified.unwrap_or(self.clock.now),
            false => self.clock.now,
        };
        let date = if undated { Some(date::whole_seconds(fallback)) } else { self.instant() };
        let url = self.url(date);
        if let Err(error) = &url
            && matches!(status, Status::Published | Status::Broken)
        {
            (status, reason) = (Status::Aborts, Some(Reason::Url(error.clone())));
        }
        let is_post = matches!(self.place.kind, Kind::Post | Kind::Draft);
        let is_asked = || {
            is_post && status != Status::Dropped && self.asks_for_a_date()
                || url.is_ok() && self.has_dated_url()
        };
        if let Some(date) = date.filter(|_| undated && is_asked()) {
            self.data.set("date", self.time(date), Origin::Clock);
        }
        let (tags, categories) = (self.list("tags"), self.list("categories"));
        let data = self.data;
        Reading {
            status,
            reason,
            title: data.get("title").cloned().unwrap_or(Value::Null),
            slug: data.get("slug").and_then(Value::as_str).map(str::to_owned),
            date,
            url: url.ok(),
            tags,
            categories,
            layout: data.get("layout").cloned(),
            excerpt,
            healthy: None,
            data,
        }
    }

    /// Whether the date of a post is asked for before it is published: not where `published` hides it, and not where
    /// `future: true` spares the question, but that a draft is asked for its file's.
    fn asks_for_a_date(&self) -> bool {
        let hidden = self.data.get("published").is_some_and(|value| !value.is_truthy());
        let spared = self.config.future && self.place.kind != Kind::Draft;
        (self.config.unpublished || !hidden) && !spared
    }

    fn permalink(&self) -> Option<&Value> {
        self.data.get("permalink").filter(|value| value.is_truthy())
    }

    fn template<'t>(&'t self, permalink: Option<&'t str>) -> Result<Cow<'t, str>, UrlError> {
        match permalink {
            Some(permalink) => Ok(permalink.into()),
            None => template(self.config, self.place.collection()),
        }
    }

    /// Whether the URL of the document has a part of the date in it.
    fn has_dated_url(&self) -> bool {
        let template = self.template(self.permalink().and_then(Value::as_str));
        template.is_ok_and(|template| Placeholders::asks_for_date(&template))
    }

    fn url(&self, date: Option<Timestamp>) -> Result<String, UrlError> {
        let permalink = match self.permalink() {
            None => None,
            Some(Value::String(text)) => Some(&**text),
            Some(_) => return Err(UrlError::PermalinkNotText),
        };
        let template = self.template(permalink)?;
        let categories = self.list("categories");
        let path = if template.contains(":path") { self.place.cleaned() } else { String::new() };
        let output_ext = url::output_ext(self.place.path, permalink, &self.config.markdown_ext);
        Placeholders {
            slug: self.data.get("slug"),
            name: name::stem(self.place.path),
            path: &path,
            categories: &categories,
            collection: self.place.collection(),
            output_ext,
            date: date.map(|date| date::civil(date, &self.clock.zone)),
        }
        .url(&template)
    }
}

/// The template of a collection's URLs, `posts` among them.
///
/// # Errors
/// A collection whose own one is no text.
pub fn template<'c>(config: &'c Config, collection: &str) -> Result<Cow<'c, str>, UrlError> {
    let site = config.permalink.as_deref().unwrap_or("date");
    let own = config.collection_settings.get(collection).and_then(|it| it.permalink.as_ref());
    match own {
        Some(Value::String(own)) => Ok((**own).into()),
        Some(own) if collection != "posts" || own.is_truthy() => Err(UrlError::NoTemplate),
        _ if collection == "posts" => Ok(url::style_template(site).into()),
        _ => Ok(url::collection_template(site).into()),
    }
}

/// Whether a file of a collection is a document: its first line is `---`, with no BOM before it. Source: `utils.rb` has_yaml_header?.
fn has_header(text: &str) -> bool {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r');
    text.split_inclusive('\n').next().is_some_and(|line| {
        line.strip_prefix("---")
            .and_then(|rest| rest.strip_suffix('\n'))
            .is_some_and(|it| it.chars().all(blank))
    })
}
