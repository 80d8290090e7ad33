//! A new post or draft, as the site's posts are written.

use jiff::civil::Date;

use super::date_form;
use super::habits::{Habits, UsualKey, UsualValue};
use crate::features::Snapshot;
use crate::jekyll::{Clock, reading, slug};
use crate::limits::MAX_SLUG_BYTES;
use crate::post::Post;
use crate::post::front_matter::Load;
use crate::post::front_matter::tree::Quote;
use crate::post::front_matter::write::{Context, write};
use crate::post::name::{PostName, dateless};
use crate::site::{FileKind, Site};
use crate::text::columns::floor_boundary;

/// What the author says of a new post.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'w> {
    /// The title.
    pub title: &'w str,
    /// Whether it is to be a draft.
    pub draft: bool,
    /// The slug; made from the title where there is none.
    pub slug: Option<&'w str>,
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Relative to the source, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The byte at which the author goes on: the start of the body.
    pub cursor: usize,
}

/// What a new post's file would be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName {
    /// Relative to the source, with `/`.
    pub path: String,
    /// The slug in it; empty where the title gives none that the site could use, and `path` stands in.
    pub slug: String,
    /// Whether it says all that was asked for. A Japanese title leaves its ASCII words only, or none, where no slug of
    /// the site has other letters: then the author should be asked for a slug.
    pub whole: bool,
    /// Whether there is such a file already.
    pub taken: bool,
}

/// The slug where the title gives none that the site could use.
const NAMELESS: &str = "post";

/// What the file of a new post would be called. `taken` tells of a path whether there is such a file.
///
/// # Errors
/// A sentence for the author, where there is no title or no name.
pub fn new_name(
    site: &Site,
    habits: &Habits,
    clock: &Clock,
    wish: Wish<'_>,
    taken: impl Fn(&str) -> bool,
) -> Result<NewName, String> {
    let title = wish.title.trim();
    if title.is_empty() {
        return Err("A new post needs a title, since its file is named after it.".to_owned());
    }
    let clock = site.config().site_clock(clock);
    let today = clock.zone.to_datetime(clock.now).date();
    let path = |slug: &str| match wish.draft {
        true => format!("{}/{slug}{}", drafts(&habits.folder), habits.extension),
        false => post_path(&habits.folder, today, slug, &habits.extension),
    };
    match own_slug(habits, title, wish.slug) {
        Some(Slug { text, whole }) => {
            let path = path(&text);
            Ok(NewName { taken: taken(&path), path, slug: text, whole })
        }
        None => {
            let slug = free_name(path, taken).ok_or("There is no free name left for a post without one.")?;
            Ok(NewName { path: path(&slug), slug: String::new(), whole: false, taken: false })
        }
    }
}

/// The file of a new post. `taken` tells of a path whether there is such a file.
///
/// # Errors
/// A sentence for the author, where no file can be offered.
pub fn new_post(
    site: &Site,
    habits: &Habits,
    clock: &Clock,
    wish: Wish<'_>,
    taken: impl Fn(&str) -> bool,
) -> Result<NewFile, String> {
    let NewName { path, taken, .. } = new_name(site, habits, clock, wish, taken)?;
    if taken {
        return Err(format!("There is a post of this name already: {path}. Give the new one another title."));
    }
    let (title, clock) = (wish.title.trim(), &site.config().site_clock(clock));
    let lines = front_matter(site, habits, clock, title, &path, wish.draft);
    let text = format!("---\n{lines}---\n\n").replace('\n', habits.line_break);
    Ok(NewFile { path, cursor: text.len(), text })
}

/// Whether this is a post or a draft in which nothing is written yet.
pub fn is_blank(snapshot: &Snapshot) -> bool {
    matches!(snapshot.kind, FileKind::Post | FileKind::Draft) && snapshot.post.text.trim().is_empty()
}

/// The front matter for a file that is there but blank, with the title that its name gives.
pub fn front_matter_of(snapshot: &Snapshot, habits: &Habits) -> String {
    let Snapshot { path, kind, site, clock, .. } = snapshot;
    let named = PostName::parse(path).map(|name| name.slug).or_else(|| Some(dateless(path)?.0));
    let title = slug::titleize(named.unwrap_or_default());
    let clock = site.config().site_clock(clock);
    let clock = &on_day_of_name(path, &clock).unwrap_or(clock);
    let lines = front_matter(site, habits, clock, &title, path, *kind == FileKind::Draft);
    format!("---\n{lines}---\n\n").replace('\n', habits.line_break)
}

/// The same time of the day, on the day that a post's name has: a file that is there says of which day it is. None where
/// the name has no day that exists.
fn on_day_of_name(path: &str, clock: &Clock) -> Option<Clock> {
    let PostName { year, month, day, .. } = PostName::parse(path)?;
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let day = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    let now = clock.zone.to_datetime(clock.now);
    let then = clock.zone.to_timestamp(day.to_datetime(now.time())).ok()?;
    Some(Clock { now: then, ..clock.clone() })
}

/// The path of a post of a day, in the folder that the site's habits have for it.
pub(super) fn post_path(folder: &str, day: Date, slug: &str, extension: &str) -> String {
    let folder = folder.replace("{year}", &format!("{:04}", day.year()));
    let folder = folder.replace("{month}", &format!("{:02}", day.month()));
    format!("{folder}/{day}-{slug}{extension}")
}

/// `blog/_drafts`, beside `blog/_posts/{year}`.
fn drafts(folder: &str) -> String {
    let parts: Vec<&str> =
        folder.split('/').take_while(|part| *part != "_posts").chain(["_drafts"]).collect();
    parts.join("/")
}

/// A slug, and whether it says all of what it is made from.
struct Slug {
    text: String,
    whole: bool,
}

/// The slug of a title as Jekyll makes one, or its ASCII words where the site's slugs have no other letters. None
/// where nothing is left of it.
fn own_slug(habits: &Habits, title: &str, asked: Option<&str>) -> Option<Slug> {
    let made = slug::slugify(asked.unwrap_or(title), slug::Mode::Default);
    let whole = asked.is_some() || !habits.ascii_slugs || made.is_ascii();
    let made = if whole {
        made
    } else {
        let ascii: String = title.chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect();
        let words = slug::slugify(&ascii, slug::Mode::Default);
        // A number alone says nothing of the post.
        if words.contains(|c: char| c.is_ascii_alphabetic()) { words } else { String::new() }
    };
    let text = made[..floor_boundary(&made, MAX_SLUG_BYTES)].trim_end_matches('-');
    (!text.is_empty()).then(|| Slug { text: text.to_owned(), whole })
}

/// The first slug without a word of its own that is free.
fn free_name(path: impl Fn(&str) -> String, taken: impl Fn(&str) -> bool) -> Option<String> {
    let names = (2..1000).map(|number| format!("{NAMELESS}-{number}"));
    std::iter::once(NAMELESS.to_owned()).chain(names).find(|name| !taken(&path(name)))
}

/// The lines of the block. What the habits give is taken only where it loads.
fn front_matter(site: &Site, habits: &Habits, clock: &Clock, title: &str, path: &str, draft: bool) -> String {
    let own = |keys: &[UsualKey]| {
        let wanted = keys.iter().filter(|key| !(draft && key.name == "date"));
        wanted.map(|key| line(key, title, clock)).collect::<String>()
    };
    let lines = own(&habits.keys);
    let post = Post::parse(format!("---\n{lines}---\n"));
    let has_title = post.front_matter.get("title").is_some_and(|own| own.value.as_str() == Some(title));
    if post.front_matter.load == Load::Mapping && has_title {
        return lines;
    }
    own(&first_keys(site, clock, path))
}

/// What Jekyll's own first post has, for a site that shows no habits.
fn first_keys(site: &Site, clock: &Clock, path: &str) -> Vec<UsualKey> {
    let key = |name: &str, value| UsualKey { name: name.to_owned(), gap: " ".to_owned(), value };
    let bare = Post::parse("---\n---\n");
    let has_layout = reading::read(&bare, path, site.config(), clock).layout.is_some();
    let layouts = site.layouts();
    // A theme has its layouts elsewhere, and nearly all of them have this one.
    let layout = layouts.iter().find(|name| &***name == "post").or(layouts.first());
    let layout = layout.map_or("post", |name| &**name);
    let layout = (!has_layout).then(|| key("layout", UsualValue::Fixed(layout.to_owned())));
    let rest = [
        key("title", UsualValue::Title(Quote::Double)),
        key("date", UsualValue::Date(date_form::USUAL)),
        key("tags", UsualValue::EmptyList),
    ];
    layout.into_iter().chain(rest).collect()
}

fn line(key: &UsualKey, title: &str, clock: &Clock) -> String {
    let UsualKey { name, gap, value } = key;
    match value {
        UsualValue::Title(quote) => format!("{name}:{gap}{}\n", write(title, Context::Block, *quote)),
        UsualValue::Date(form) => format!("{name}:{gap}{}\n", form.write(clock.now, clock)),
        UsualValue::Fixed(text) => format!("{name}:{gap}{text}\n"),
        UsualValue::EmptyList => format!("{name}: []\n"),
        UsualValue::Blank => format!("{name}:\n"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::super::Sample;
    use super::*;
    use crate::features::Snapshot;
    use crate::features::diagnostics::diagnostics;
    use crate::jekyll::Config;
    use crate::site::paths::classify;

    /// What a site, whose posts are all given with their text, makes of a title.
    fn made(posts: &[(&str, &str)], config: &str, wish: Wish<'_>) -> Result<NewFile, String> {
        let config = Config::parse(config).unwrap();
        let samples: Vec<Sample> = posts
            .iter()
            .map(|(path, text)| Sample { path: (*path).into(), post: Arc::new(Post::parse(*text)) })
            .collect();
        let habits = Habits::of(&samples, None, &config);
        let site = Site::new("/site".into(), config);
        // 3 January 2026, 00:30 in Tokyo: the 2nd in UTC.
        let clock = Clock::utc("2026-01-02T15:30:00Z".parse().unwrap());
        let file = new_post(&site, &habits, &clock, wish, |path| posts.iter().any(|(own, _)| *own == path))?;
        assert_eq!(file.cursor, file.text.len());
        healthy(&file, site, clock);
        Ok(file)
    }

    /// A new post is without fault in our own eyes.
    fn healthy(file: &NewFile, site: Site, clock: Clock) {
        let post = Arc::new(Post::parse(&*file.text));
        let kind = classify(&file.path, site.config());
        let snapshot = Snapshot { post, path: (&*file.path).into(), kind, site: Arc::new(site), clock };
        let found: Vec<_> = diagnostics(&snapshot).into_iter().map(|found| found.message).collect();
        assert_eq!(found, Vec::<String>::new(), "{}", file.text);
    }

    fn post<'w>(title: &'w str) -> Wish<'w> {
        Wish { title, draft: false, slug: None }
    }

    fn check(posts: &[(&str, &str)], config: &str, wish: Wish<'_>, expected: Expect) {
        let shown = match made(posts, config, wish) {
            Ok(file) => format!("{}\n{}", file.path, file.text.replace('\r', "␍")),
            Err(message) => message,
        };
        expected.assert_eq(&shown);
    }

    const TOKYO: &str = "timezone: Asia/Tokyo";

    const HABIT: &[(&str, &str)] = &[
        (
            "_posts/2025-12-01-a.md",
            "---\nlayout: post\ntitle: 'あ'\ndate: 2025-12-01 09:00:00 +0900\nauthor: hana\ntags: [a]\n---\n",
        ),
        (
            "_posts/2025-11-01-b.md",
            "---\nlayout: post\ntitle: 'い'\ndate: 2025-11-01 09:00:00 +0900\nauthor: hana\ntags: [b]\n---\n",
        ),
        (
            "_posts/2025-10-01-日記.md",
            "---\nlayout: post\ntitle: 'う'\ndate: 2025-10-01 09:00:00 +0900\nauthor: hana\ntags: [c]\nmood: x\n---\n",
        ),
    ];

    #[test]
    fn as_the_site_s_posts_are_written() {
        check(
            HABIT,
            TOKYO,
            post(" 東京の「春」: it's 😀 "),
            expect![[r#"
            _posts/2026-01-03-東京の-春-it-s.md
            ---
            layout: post
            title: '東京の「春」: it''s 😀'
            date: 2026-01-03 00:30:00 +0900
            author: hana
            tags: []
            ---

        "#]],
        );
    }

    #[test]
    fn a_draft_has_no_date() {
        check(
            HABIT,
            TOKYO,
            Wish { title: "下書き", draft: true, slug: None },
            expect![[r#"
            _drafts/下書き.md
            ---
            layout: post
            title: '下書き'
            author: hana
            tags: []
            ---

        "#]],
        );
    }

    #[test]
    fn a_site_without_posts() {
        check(
            &[],
            TOKYO,
            post("Hello: World"),
            expect![[r#"
            _posts/2026-01-03-hello-world.md
            ---
            layout: post
            title: "Hello: World"
            date: 2026-01-03 00:30:00 +0900
            tags: []
            ---

        "#]],
        );
        let defaults = "defaults: [{scope: {path: ''}, values: {layout: post}}]";
        check(
            &[],
            defaults,
            post("1.10"),
            expect![[r#"
            _posts/2026-01-02-1-10.md
            ---
            title: "1.10"
            date: 2026-01-02 15:30:00 +0000
            tags: []
            ---

        "#]],
        );
    }

    #[test]
    fn ascii_slugs_stay_ascii() {
        let posts =
            ["a", "b", "post"].map(|slug| (format!("_posts/2026-01-03-{slug}.md"), "---\ntitle: a\n---\n"));
        let posts = posts.each_ref().map(|(path, text)| (&**path, *text));
        let path =
            |title, slug| made(&posts, TOKYO, Wish { title, draft: false, slug }).map(|file| file.path);
        assert_eq!(path("RustでLSPを作る", None).unwrap(), "_posts/2026-01-03-rust-lsp.md");
        assert_eq!(path("2026年の抱負", None).unwrap(), "_posts/2026-01-03-post-2.md");
        assert_eq!(path("抱負", Some("My Plans")).unwrap(), "_posts/2026-01-03-my-plans.md");
        assert_eq!(path("抱負", Some("抱負")).unwrap(), "_posts/2026-01-03-抱負.md");
    }

    #[test]
    fn a_name_tells_what_it_leaves_out() {
        let samples = ["a", "b", "post"].map(|slug| Sample {
            path: format!("_posts/2026-01-03-{slug}.md").into(),
            post: Arc::new(Post::parse("---\ntitle: a\n---\n")),
        });
        let config = Config::parse(TOKYO).unwrap();
        let habits = Habits::of(&samples, None, &config);
        let site = Site::new("/site".into(), config);
        let clock = Clock::utc("2026-01-02T15:30:00Z".parse().unwrap());
        let name = |title, slug| {
            let wish = Wish { title, draft: false, slug };
            let taken = |path: &str| samples.iter().any(|sample| &*sample.path == path);
            let name = new_name(&site, &habits, &clock, wish, taken).unwrap();
            format!("{} whole={} taken={}", name.slug, name.whole, name.taken)
        };
        assert_eq!(name("Hello world", None), "hello-world whole=true taken=false");
        assert_eq!(name("RustでLSPを作る", None), "rust-lsp whole=false taken=false");
        assert_eq!(name("抱負", None), " whole=false taken=false");
        assert_eq!(name("抱負", Some("抱負")), "抱負 whole=true taken=false");
        assert_eq!(name("抱負", Some("A!")), "a whole=true taken=true");
        assert_eq!(name("抱負", Some("！")), " whole=false taken=false");
    }

    #[test]
    fn never_over_a_file() {
        let posts = [("_posts/2026-01-03-日記.md", "---\ntitle: 日記\n---\n")];
        check(
            &posts,
            TOKYO,
            post("日記"),
            expect![
                "There is a post of this name already: _posts/2026-01-03-日記.md. Give the new one another title."
            ],
        );
        check(
            &posts,
            TOKYO,
            post("  "),
            expect!["A new post needs a title, since its file is named after it."],
        );
    }

    #[test]
    fn a_long_title_makes_a_name_that_a_disk_takes() {
        let title = "長い題名".repeat(60);
        let file = made(&[], TOKYO, post(&title)).unwrap();
        assert!(file.path.len() < 255, "{}", file.path.len());
    }

    #[test]
    fn line_breaks_and_folders_are_the_site_s() {
        let posts = [(
            "blog/_posts/2025/2025-12-01-a.markdown",
            "---\r\ntitle:  \"a\"\r\ncategories:\r\n  - b\r\n---\r\n",
        )];
        check(
            &posts,
            TOKYO,
            post("題"),
            expect![[r#"
            blog/_posts/2026/2026-01-03-題.markdown
            ---␍
            title:  "題"␍
            categories:␍
            ---␍
            ␍
        "#]],
        );
    }

    #[test]
    fn a_file_that_is_there_is_of_the_day_of_its_name() {
        let config = Config::parse(TOKYO).unwrap();
        let habits = Habits::of(&[], None, &config);
        let site = Arc::new(Site::new("/site".into(), config));
        let clock = Clock::utc("2026-01-02T15:30:00Z".parse().unwrap());
        let date = |path: &str| {
            let (post, kind) = (Arc::new(Post::parse("")), classify(path, site.config()));
            let path = path.into();
            let snapshot = Snapshot { post, path, kind, site: site.clone(), clock: clock.clone() };
            let text = front_matter_of(&snapshot, &habits);
            text.lines().find_map(|line| Some(line.strip_prefix("date: ")?.to_owned())).unwrap_or_default()
        };
        assert_eq!(date("_posts/2025-11-20-紅葉.md"), "2025-11-20 00:30:00 +0900");
        assert_eq!(date("_posts/2025-13-20-x.md"), "2026-01-03 00:30:00 +0900");
        assert_eq!(date("_posts/25-1-2-x.md"), "2026-01-03 00:30:00 +0900");
        assert_eq!(date("_drafts/紅葉.md"), "");
    }
}
