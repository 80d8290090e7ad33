//! `masthead posts`: what Jekyll will make of every post.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Row, Table, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use super::{clock, jsonl, list};
use crate::jekyll::config::ConfigError;
use crate::jekyll::data::Origin;
use crate::jekyll::excerpt::Excerpt;
use crate::jekyll::place::{Kind, Place};
use crate::jekyll::reading::{self, FileFacts};
use crate::jekyll::{Clock, Config, Reading, Reason, Status, anchors, date, ruby};
use crate::limits::MAX_VALUES;
use crate::post::Post;
use crate::post::front_matter::{Node, Value};
use crate::site::scan::{self, SiteFile, Unread};
use crate::site::{FileKind, paths};

/// The arguments of `masthead posts`.
#[derive(Clone, Debug, Args)]
pub struct PostsArgs {
    /// The site's folder; this one if none is given
    #[arg(value_name = "SITE")]
    pub site: Option<PathBuf>,
    /// How to print: a table for people, or one JSON object a post
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// The moment of the build, in place of now: 2026-01-31, or with a time and an offset
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// The zone of the machine, for a site whose config names none: Asia/Tokyo
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// The configuration files, in place of the site's _config.yml; a later one wins
    #[arg(long, value_name = "FILE,…", value_delimiter = ',')]
    pub config: Vec<PathBuf>,
    /// With the ids of each post's headings, which links can lead to; in JSON only
    #[arg(long)]
    pub anchors: bool,
}

/// How the posts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table, cut to the terminal's width
    Table,
    /// JSON Lines, one object a post
    Jsonl,
}

/// Reads the site and lists its posts. Ends with 1 where its configuration does not load, and with 2 where the site
/// cannot be read.
pub fn run(args: &PostsArgs) -> ExitCode {
    let printed = list::print(list(args), |out, Listing { posts, clock, .. }| match args.format {
        Format::Table => table(out, posts, clock),
        Format::Jsonl => posts.iter().try_for_each(|post| jsonl::write(out, &json_line(post))),
    });
    printed.map_or_else(|code| code, |listing| ExitCode::from(u8::from(listing.broken_config)))
}

/// A document and its reading.
struct Listed {
    file: SiteFile,
    reading: Reading,
    /// In a `_drafts`, whatever its name.
    is_draft: bool,
    /// Jekyll looks whether it lies in the future. A draft it also compares with its file's date.
    is_dated: bool,
    /// Its `published` hides it.
    is_hidden: bool,
    /// The build's time.
    now: Timestamp,
    /// The ids of its headings, where they are asked for.
    anchors: Option<Vec<Option<String>>>,
    /// The text of its excerpt, where it is wanted.
    excerpt: Option<Value>,
}

/// The posts of a site, and the clock that they were read by.
struct Listing {
    posts: Vec<Listed>,
    clock: Clock,
    /// The configuration does not load: Jekyll would build nothing.
    broken_config: bool,
}

fn list(args: &PostsArgs) -> Result<Listing, String> {
    let folder = args.site.clone().unwrap_or_else(|| PathBuf::from("."));
    if !folder.is_dir() {
        let what = if folder.exists() { "is a file" } else { "does not exist" };
        let advice = "Give the folder that holds the site's _config.yml.";
        return Err(format!("{} {what}. {advice}", folder.display()));
    }
    let (config, broken) = config(&folder, &args.config)?;
    if let Some(broken) = &broken {
        eprintln!("error: {broken}");
    }
    let root = scan::source(&folder, &config);
    let clock = clock::of(args.now.as_deref(), args.tz.as_deref(), &config)?;
    let files = scan::files(&root, &config);
    let posts: Vec<Listed> = files
        .into_par_iter()
        .filter_map(|file| {
            let (reading, excerpt) = read(&root, &file, &config, &clock, args.format == Format::Jsonl)?;
            let is_draft = !matches!(file.kind, FileKind::Collection(_))
                && Place::of(&file.path, &config).kind == Kind::Draft;
            let published = reading.data.get("published").is_none_or(Value::is_truthy);
            let is_hidden = !published && !config.unpublished;
            Some(Listed {
                is_hidden,
                is_dated: !config.future || (is_draft && reading.status != Status::Unpublished),
                is_draft,
                now: clock.now,
                anchors: args.anchors.then(|| heading_ids(&root, &file, &config)),
                file,
                reading,
                excerpt,
            })
        })
        .collect();
    let has_config = paths::CONFIGS.iter().any(|name| folder.join(name).is_file());
    if posts.is_empty() && !has_config && args.config.is_empty() {
        return Err(format!(
            "{} is no Jekyll site: it has neither a _config.yml nor a _posts folder. Give the site's folder.",
            folder.display()
        ));
    }
    Ok(Listing { posts, clock: config.site_clock(&clock), broken_config: broken.is_some() })
}

/// The configuration, and what is wrong with it where it does not load: then its healthy lines count.
fn config(folder: &Path, named: &[PathBuf]) -> Result<(Config, Option<String>), String> {
    if named.is_empty() {
        let (config, error) = scan::config(folder);
        let file = scan::config_file(folder);
        let text = || scan::read_top(&scan::home(folder), scan::config_name(folder)).unwrap_or_default();
        return Ok((config, error.map(|error| broken(&file, &text(), &error))));
    }
    let mut texts = Vec::with_capacity(named.len());
    let mut files = Vec::with_capacity(named.len());
    for name in named {
        // As Jekyll does from where it is called; and from the site, which is where one looks for them.
        let path = if name.exists() { name.clone() } else { folder.join(name) };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("The configuration {} cannot be read: {error}.", name.display()))?;
        texts.push(text);
        files.push(path);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(match Config::parse_all(&texts) {
        Ok(config) => (config, None),
        Err((at, error)) => {
            let file = files.get(at).zip(texts.get(at));
            (Config::of_healthy_lines(&texts), file.map(|(file, text)| broken(file, text, &error)))
        }
    })
}

/// `_config.yml:3:7: …`: where a configuration does not load, and what that costs.
fn broken(file: &Path, text: &str, error: &ConfigError) -> String {
    let before = text.get(..error.offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let cost = if error.stops {
        "Jekyll builds nothing until this is mended; the list goes by the lines that are healthy."
    } else {
        "Jekyll leaves the file out and goes on without it."
    };
    format!("{}:{line}:{column}: {} {cost}", file.display(), error.message)
}

/// The reading of a file that Jekyll takes for a post, a draft or a collection's document, with its excerpt where that
/// is wanted; none for all others.
fn read(
    root: &Path,
    file: &SiteFile,
    config: &Config,
    clock: &Clock,
    with_excerpt: bool,
) -> Option<(Reading, Option<Value>)> {
    match &file.kind {
        FileKind::BadPostName => return Some((reading::bad_name(), None)),
        FileKind::Post | FileKind::Draft | FileKind::Collection(_) => {}
        _ => return None,
    }
    let collection = matches!(file.kind, FileKind::Collection(_));
    if collection && !begins_with_dashes(&root.join(&*file.path)) {
        return None;
    }
    let mut excerpt = None;
    let reading = match scan::read(root, &file.path) {
        Ok(text) => {
            let modified =
                (file.kind == FileKind::Draft).then(|| modified(&root.join(&*file.path))).flatten();
            let post = Post::parse(text);
            let reading = reading::read_file(&post, &file.path, FileFacts { modified }, config, clock);
            excerpt = reading.excerpt.as_ref().filter(|_| with_excerpt).map(|it| it.source(&post.text));
            reading
        }
        Err(Unread::NotUtf8(problem)) => {
            let utf16 = problem.guess.is_some_and(|guess| guess.starts_with("UTF-16"));
            reading::not_text(&file.path, utf16, config, clock)
        }
        Err(_) => reading::not_text(&file.path, false, config, clock),
    };
    let left_out = reading.reason == Some(Reason::StaticFile) || reading.status == Status::Unpublished;
    (!(collection && left_out)).then_some((reading, excerpt))
}

/// The ids of a file's headings in order; null for a heading that gets none, or one that Liquid makes.
fn heading_ids(root: &Path, file: &SiteFile, config: &Config) -> Vec<Option<String>> {
    let Ok(text) = scan::read(root, &file.path) else { return Vec::new() };
    let found = anchors::read(&Post::parse_values(text), &file.path, config);
    found.headings.into_iter().map(|heading| heading.id).collect()
}

/// Whether a collection's file can be a document. All others, pictures among them, are copied as they are.
fn begins_with_dashes(path: &Path) -> bool {
    let mut start = [0; 3];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"---"
}

fn modified(path: &Path) -> Option<Timestamp> {
    let time = std::fs::metadata(path).and_then(|facts| facts.modified()).ok()?;
    Timestamp::try_from(time).ok().map(date::whole_seconds)
}

/// One post as a JSON object. `status` is what `jekyll build --drafts` makes of it; values keep their type, and a
/// date is an instant in UTC.
fn json_line(post: &Listed) -> Json {
    let Listed { file, reading, is_draft, is_dated, .. } = post;
    let kind = match file.kind {
        _ if *is_draft => "draft",
        FileKind::Collection(_) => "collection",
        _ => "post",
    };
    let get = |key| reading.data.get(key);
    let value = |key| get(key).map_or(Json::Null, json_value);
    let class = |key| get(key).map_or("nil".to_owned(), ruby::class);
    let from_clock = reading.data.entry("date").is_some_and(|entry| entry.origin == Origin::Clock);
    // Jekyll gives a post the build's time only when it asks for the date: not where `published` hides it, nor where
    // `future: true` spares the question. Of a collection's document a permalink may ask, later.
    let has_content = json_status(post) != "nil_content";
    let is_asked = *is_dated
        && has_content
        && kind != "collection"
        && reading.status != Status::Dropped
        && !post.is_hidden;
    let date = match get("date") {
        Some(Value::Time(_)) if from_clock && !is_asked => Json::Null,
        Some(Value::Time(time)) => json!(instant(time.instant)),
        _ => Json::Null,
    };
    let types = json!({
        "title": class("title"),
        "date": class("date"),
        "categories": class("categories"),
        "tags": class("tags"),
        "layout": class("layout"),
        "slug": class("slug"),
    });
    let named = reading.reason != Some(Reason::BadName);
    let (excerpt_from, excerpt) = match (&reading.excerpt, &post.excerpt) {
        (Some(Excerpt::Body { .. }), Some(source)) => (json!("content"), json_value(source)),
        (Some(Excerpt::FrontMatter(_)), Some(source)) => (json!("front matter"), json_value(source)),
        // An `excerpt` that is false stays so where none is made.
        _ => (get("excerpt").map_or(Json::Null, |_| json!("front matter")), value("excerpt")),
    };
    let mut line = json!({
        "path": &*file.path,
        "kind": kind,
        "draft": is_draft,
        "status": json_status(post),
        "url": reading.url,
        "title": value("title"),
        "slug": value("slug"),
        "date": date,
        "categories": value("categories"),
        "tags": value("tags"),
        "layout": value("layout"),
        "types": if named { types } else { Json::Null },
        "excerpt_from": excerpt_from,
        "excerpt": excerpt,
    });
    if let (Some(anchors), Json::Object(line)) = (&post.anchors, &mut line) {
        line.insert("anchors".to_owned(), json!(anchors));
    }
    line
}

fn json_status(post: &Listed) -> String {
    let reading = &post.reading;
    let status = match (reading.status, &reading.reason) {
        (_, Some(Reason::BadName)) => "bad_filename",
        _ if matches!(post.file.kind, FileKind::Collection(_)) => "published",
        (_, Some(Reason::NotUtf8)) => "not_utf8",
        // Of a YAML file alone: any other post is broken and goes on.
        (_, Some(Reason::NoContent)) | (Status::Aborts, Some(Reason::Unreadable)) => "nil_content",
        (Status::Dropped, Some(Reason::Defaults(_) | Reason::CategoriesType(_))) => "nil_content",
        (Status::Future, _) => "future",
        (Status::Unpublished, _) => "unpublished",
        (Status::Aborts, Some(Reason::Date(_) | Reason::NameDate(_))) => return with_raw_date(post),
        _ => "published",
    };
    status.to_owned()
}

/// The status of a post at whose date the build stops, had it gone on: Jekyll would compare the raw value's number.
fn with_raw_date(post: &Listed) -> String {
    let reading = &post.reading;
    if post.is_hidden {
        return "unpublished".to_owned();
    }
    let date = reading.data.get("date");
    let number = match date {
        Some(Value::Integer(number)) => number.get(),
        Some(Value::String(text)) => leading_number(text),
        _ => 0,
    };
    if post.is_dated && number > post.now.as_second().into() {
        return "future".to_owned();
    }
    match date {
        Some(value @ (Value::Bool(_) | Value::List(_) | Value::Mapping(_))) if value.is_truthy() => format!(
            "error: NoMethodError: undefined method `to_i' for {}:{}",
            value.inspect(),
            value.ruby_class()
        ),
        _ => "published".to_owned(),
    }
}

/// Ruby's `to_i` of a text.
fn leading_number(text: &str) -> i128 {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    text[..sign + digits].parse().unwrap_or(0)
}

/// Where a value is too deep or too large, this stands in its place.
const LEFT_OUT: &str = "<...>";
const DEEPEST: usize = 12;

fn json_value(value: &Value) -> Json {
    json_within(value, 0, &mut { MAX_VALUES })
}

fn json_within(value: &Value, depth: usize, left: &mut usize) -> Json {
    if *left == 0 || depth > DEEPEST {
        return json!(LEFT_OUT);
    }
    *left -= 1;
    match value {
        Value::Null => Json::Null,
        Value::Bool(yes) => json!(yes),
        Value::Integer(number) => match i64::try_from(number.get()) {
            Ok(number) => json!(number),
            Err(_) => json!(number.get().to_string()),
        },
        Value::Float(number) if number.is_finite() => json!(number),
        Value::Float(_) => json!(value.display()),
        Value::Date(day) => json!(day.to_string()),
        Value::Time(time) => json!(instant(time.instant)),
        Value::String(text) => json!(&**text),
        Value::List(items) => items.iter().map(|item| json_within(&item.value, depth + 1, left)).collect(),
        Value::Mapping(pairs) => {
            let key = |key: &Value| match key {
                Value::String(key) => key.to_string(),
                other => format!("{}:{}", other.ruby_class(), other.inspect()),
            };
            let mut object = serde_json::Map::new();
            for pair in pairs.iter() {
                object.insert(key(&pair.key.value), json_within(&pair.value.value, depth + 1, left));
            }
            Json::Object(object)
        }
    }
}

/// As Ruby writes it, also before the year 0.
fn instant(time: Timestamp) -> String {
    date::civil(date::whole_seconds(time), &TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The table for people, and a last line with the sums.
fn table(out: &mut impl Write, posts: &[Listed], clock: &Clock) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_truncation_indicator("…").set_header([
        "DATE",
        "STATUS",
        "TITLE",
        "TAGS",
        "CATEGORIES",
        "URL",
    ]);
    if io::stdout().is_terminal()
        && let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size()
    {
        table.set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
    }
    for post in posts {
        let mut row = Row::from(cells(post, clock));
        row.max_height(1);
        table.add_row(row);
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "{}", sums(posts))
}

fn cells(post: &Listed, clock: &Clock) -> [String; 6] {
    let Listed { file, reading, .. } = post;
    let said = reading.healthy.as_deref().unwrap_or(reading);
    let date = match reading.data.get("date") {
        Some(Value::Time(time)) => clock.zone.to_datetime(time.instant).strftime("%Y-%m-%d").to_string(),
        _ => "-".to_owned(),
    };
    let title = if said.title == Value::Null { file.path.to_string() } else { said.title.display() };
    [
        date,
        reading.status.word().to_owned(),
        one_line(&title),
        one_line(&joined(&said.tags)),
        one_line(&joined(&said.categories)),
        one_line(reading.url.as_deref().unwrap_or("-")),
    ]
}

fn joined(items: &[Node]) -> String {
    items.iter().map(|item| item.value.display()).collect::<Vec<_>>().join(", ")
}

/// A text that leaves a terminal as it is.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn sums(posts: &[Listed]) -> String {
    let all = [
        Status::Published,
        Status::Future,
        Status::Unpublished,
        Status::Draft,
        Status::Broken,
        Status::Dropped,
        Status::Aborts,
    ];
    let count = |status: Status| posts.iter().filter(|post| post.reading.status == status).count();
    let parts = all.into_iter().map(|status| (count(status), status.word())).filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
    let noun = if posts.len() == 1 { "post" } else { "posts" };
    let colon = if parts.is_empty() { "" } else { ": " };
    format!("{} {noun}{colon}{}", posts.len(), parts.join(", "))
}
