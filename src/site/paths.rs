//! Which files of a site are what. Source: Jekyll `reader.rb`, `readers/post_reader.rb`, `collection.rb`,
//! `entry_filter.rb`. Knows paths only; the disk is [`super::scan`]'s.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{glob, settings};
use crate::jekyll::Config;
use crate::post::name::{self, PostName, base_name, dateless};

/// What a file is to Jekyll, by its path alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// In a `_posts`, with a good name.
    Post,
    /// In a `_posts` or `_drafts`, with a name that Jekyll passes over.
    BadPostName,
    /// In a `_drafts`.
    Draft,
    /// In the folder of a collection: its name.
    Collection(Arc<str>),
    /// Any other Markdown or HTML file that is read for front matter.
    Page,
    /// `_config.yml`.
    Config,
    /// `masthead.toml`, which is ours and not Jekyll's.
    Settings,
    /// In `_data`, or what `data_dir` says.
    Data,
    /// In `_layouts`, or what `layouts_dir` says.
    Layout,
    /// In `_includes`, or what `includes_dir` says.
    Include,
    /// Excluded, or nothing of ours.
    Other,
}

/// What the file at `path` is: relative to the site's source, with `/`.
pub fn classify(path: &str, config: &Config) -> FileKind {
    if path == settings::FILE {
        return FileKind::Settings;
    }
    let Some((home, folder, entry)) = home(path, config) else { return FileKind::Other };
    if !is_read(&home, path, entry, config) {
        return FileKind::Other;
    }
    match home {
        Home::Posts if PostName::parse(entry).is_some() => FileKind::Post,
        Home::Posts => FileKind::BadPostName,
        Home::Drafts if dateless(entry).is_some() => FileKind::Draft,
        Home::Drafts => FileKind::BadPostName,
        Home::Collection(name) => FileKind::Collection(name.into()),
        Home::Layouts => FileKind::Layout,
        Home::Includes => FileKind::Include,
        Home::Data => FileKind::Data,
        Home::Walked if folder.is_empty() && CONFIGS.contains(&entry) => FileKind::Config,
        Home::Walked if is_page_name(entry) => FileKind::Page,
        Home::Walked => FileKind::Other,
    }
}

/// Whether Jekyll copies or renders the file at `path` as a file of its own, so that a link can lead to it: a page, a
/// static file, a file of a collection.
pub fn is_in_site(path: &str, config: &Config) -> bool {
    home(path, config).is_some_and(|(home, _, entry)| {
        matches!(home, Home::Walked | Home::Collection(_)) && is_read(&home, path, entry, config)
    })
}

/// Whether a folder, relative to the source, can hold a file that [`classify`] knows.
pub fn is_walked(folder: &str, config: &Config) -> bool {
    let leads_to = |shared: &str| shared.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if shared_folders(config).into_iter().any(leads_to) {
        return true;
    }
    // A private-use name, which no pattern takes but one that takes all of the folder.
    let inside = format!("{folder}/\u{E000}.\u{E000}");
    let Some((home, _, entry)) = home(&inside, config) else { return false };
    matches!(home, Home::Walked) || is_read(&home, &inside, entry, config)
}

/// The source folder of the site that a document belongs to: the nearest folder above it with a configuration,
/// which `has_config` tells, else the one that holds its `_posts` or `_drafts`.
pub fn root_above(document: &Path, has_config: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let folders = document.ancestors().skip(1);
    if let Some(root) = folders.clone().find(|folder| has_config(folder)) {
        return Some(root.to_owned());
    }
    let posts =
        folders.filter(|folder| folder.file_name().is_some_and(|name| name == "_posts" || name == "_drafts"));
    posts.last().and_then(Path::parent).map(Path::to_owned)
}

/// The names that the configuration may have, in Jekyll's order.
pub const CONFIGS: &[&str] = &["_config.yml", "_config.yaml"];

/// Whether a file has the name of a configuration.
pub fn is_config(file: &Path) -> bool {
    file.file_name().is_some_and(|name| CONFIGS.iter().any(|config| name == *config))
}

/// The folder whose rules a file is under.
enum Home<'c> {
    Posts,
    Drafts,
    Collection(&'c str),
    Layouts,
    Includes,
    Data,
    /// One that Jekyll walks for pages, for `_posts` and for `_drafts`.
    Walked,
}

/// The folders of what all pages share, from the source: those of layouts, of includes, of data files.
pub fn shared_folders(config: &Config) -> [&str; 3] {
    [&config.layouts_dir, &config.includes_dir, &config.data_dir]
}

/// The folder that the documents of a collection lie in, with a slash at its end.
pub(super) fn collection_folder(name: &str, config: &Config) -> String {
    match config.collections_dir.trim_matches('/') {
        "" => format!("_{name}/"),
        above => format!("{above}/_{name}/"),
    }
}

/// Whether a change of a file or a folder can change what all pages share.
pub fn is_shared(path: &str, config: &Config) -> bool {
    let inside = |path: &str, folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    shared_folders(config).iter().any(|folder| inside(path, folder) || inside(folder, path))
}

/// The folder whose rules `path` is under, its path and the rest of `path`; none where nothing is read.
fn home<'p, 'c>(path: &'p str, config: &'c Config) -> Option<(Home<'c>, &'p str, &'p str)> {
    let collections_dir = config.collections_dir.trim_matches('/');
    let below = |folder: &str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    let [layouts, includes, data] = shared_folders(config);
    for (folder, home) in [(layouts, Home::Layouts), (includes, Home::Includes), (data, Home::Data)] {
        if let Some(entry) = below(folder) {
            return Some((home, &path[..folder.len()], entry));
        }
    }
    let in_collections = if collections_dir.is_empty() { Some(path) } else { below(collections_dir) };
    if let Some((folder, entry)) = in_collections.and_then(|path| path.split_once('/')) {
        let name = folder.strip_prefix('_').filter(|name| !["posts", "drafts", "data"].contains(name));
        if let Some(name) = name.and_then(|name| config.collections.iter().find(|own| *own == name)) {
            return Some((
                Home::Collection(name),
                path[..path.len() - entry.len()].trim_end_matches('/'),
                entry,
            ));
        }
    }
    let mut start = 0;
    while let Some(length) = path[start..].find('/') {
        let (end, name) = (start + length, &path[start..start + length]);
        let entry = &path[end + 1..];
        let home = match name {
            "_posts" => Some(Home::Posts),
            "_drafts" => Some(Home::Drafts),
            _ => None,
        };
        match home {
            // The folder's path is held against collections_dir as a plain prefix.
            Some(home) if path[..start].starts_with(collections_dir) => {
                return Some((home, &path[..end], entry));
            }
            _ if !is_folder_walked(&path[..end], name, config) => return None,
            _ => start = end + 1,
        }
    }
    Some((Home::Walked, path[..start].trim_end_matches('/'), &path[start..]))
}

/// Whether Jekyll goes into a folder in search of pages and `_posts`.
fn is_folder_walked(path: &str, name: &str, config: &Config) -> bool {
    // Jekyll leaves out only the parts of `vendor` that Bundler writes, and `node_modules` only at the top. No post
    // is lost by it, and these are the folders in which a walk is long.
    if name == "node_modules" || path == "vendor" || name.ends_with('.') {
        return false;
    }
    let destination = config.destination.strip_prefix("./").unwrap_or(&config.destination);
    if path == destination.trim_matches('/') {
        return false;
    }
    let included = is_included(name, config);
    included || !(is_excluded(path, true, config) || is_special(name) || name.ends_with('~'))
}

/// Whether Jekyll's filter lets a file pass: `entry` is its path below the folder whose rules it is under.
/// Only the start and the last part of `entry` are looked at, so a `_hidden` folder deeper inside is read.
fn is_read(home: &Home<'_>, path: &str, entry: &str, config: &Config) -> bool {
    let name = base_name(entry);
    let walked = matches!(home, Home::Walked);
    if walked && CONFIGS.contains(&path) {
        return true;
    }
    // An include is looked up by its path alone. Source: Jekyll `tags/include.rb` locate_include_file.
    if matches!(home, Home::Includes) {
        return true;
    }
    // Outside the walk the files come from a glob, which never finds a dot at a name's start.
    if entry.ends_with('.') || (!walked && entry.split('/').any(|part| part.starts_with('.'))) {
        return false;
    }
    if is_included(entry, config) || is_included(name, config) {
        return true;
    }
    !(is_excluded(path, false, config) || is_special(entry) || is_special(name) || entry.ends_with('~'))
}

fn is_special(name: &str) -> bool {
    name.starts_with(['.', '_', '#', '~'])
}

fn is_included(entry: &str, config: &Config) -> bool {
    config.include.iter().any(|pattern| is_match(pattern, entry, false))
}

fn is_excluded(path: &str, folder: bool, config: &Config) -> bool {
    let mut patterns = config.exclude.iter();
    patterns.any(|pattern| is_match(pattern, path, folder) && !config.include.contains(pattern))
}

/// A pattern is a glob over the whole path, or a plain prefix of it: `_posts/2024` takes all posts of the year.
fn is_match(pattern: &str, path: &str, folder: bool) -> bool {
    let pattern = pattern.trim_start_matches('/');
    let is_sign = |byte: &u8| b"*?[\\".contains(byte);
    // The first letter tells of most that they are of other paths.
    let may_begin = |first: &u8| is_sign(first) || path.as_bytes().first() == Some(first);
    pattern.as_bytes().first().is_none_or(may_begin)
        && (path.starts_with(pattern)
            || (folder && pattern.strip_suffix('/') == Some(path))
            || (pattern.as_bytes().iter().any(is_sign) && glob::matches(pattern, path)))
}

fn is_page_name(name: &str) -> bool {
    const PAGES: &[&str] = &["md", "markdown", "mkdown", "mkdn", "mkd", "html", "htm"];
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| PAGES.contains(&extension.to_ascii_lowercase().as_str()))
}

/// A file's path relative to the site's source, with `/`; none where it is not below it or not Unicode.
pub fn relative(root: &Path, file: &Path) -> Option<String> {
    // A file that was found below the root has it literally, which is seen sooner than part by part.
    let literal = || file.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix(std::path::MAIN_SEPARATOR);
    let is_tidy = |below: &&str| !below.starts_with(['/', '.']) && !below.ends_with(['/', '.']);
    let below = match literal().filter(is_tidy) {
        Some(below) => below,
        None => file.strip_prefix(root).ok()?.to_str()?,
    };
    Some(if std::path::MAIN_SEPARATOR == '/' {
        below.to_owned()
    } else {
        below.replace(std::path::MAIN_SEPARATOR, "/")
    })
}

/// The path that `target` means in a file of `folder`, both relative to the source and with `/`; a `target` with
/// a leading `/` is counted from the source. None where it leads out of the source.
pub fn join(folder: &str, target: &str) -> Option<String> {
    let mut path = String::with_capacity(folder.len() + 1 + target.len());
    let folder = if target.starts_with('/') { "" } else { folder };
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    if target.ends_with('/') {
        path.push('/');
    }
    Some(path)
}

/// The name by which `post_url` finds a post exactly: its path without `_posts/` and without extension.
pub fn exact_name(path: &str, collections_dir: &str) -> Option<String> {
    let dir = collections_dir.trim_matches('/');
    let below =
        path.strip_prefix(dir).filter(|_| !dir.is_empty()).map_or(path, |rest| rest.trim_start_matches('/'));
    let named = below.strip_prefix("_posts/").map(str::to_owned).or_else(|| {
        let (folder, file) = below.split_once("/_posts/")?;
        Some(format!("{folder}/{file}"))
    })?;
    let stem = name::stem(&named).len();
    let folder = named.len() - name::base_name(&named).len();
    named.get(..folder + stem).map(str::to_owned)
}

/// The slug in a file's name: between the date, if there is one, and the extension.
pub(super) fn name_slug(path: &str) -> Option<&str> {
    PostName::parse(path).map(|name| name.slug).or_else(|| Some(dateless(path)?.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
        Config {
            collections: list(&["recipes"]),
            exclude: list(&["drafts-old", "_posts/2019", "*.bak.md", "tmp/", "node_modules/", "_kept"]),
            include: list(&["_pages", "_kept"]),
            destination: "./public/".into(),
            ..Config::default()
        }
    }

    fn check(config: &Config, cases: &[(&str, FileKind)]) {
        for (path, expected) in cases {
            assert_eq!(classify(path, config), *expected, "{path}");
        }
    }

    #[test]
    fn posts_by_folder_and_name() {
        check(
            &config(),
            &[
                ("_posts/2024-01-15-a.md", FileKind::Post),
                ("日記 帳/旅/_posts/2024-1-5-京都　の春.markdown", FileKind::Post),
                ("_posts/2024/01/24-01-15-a.txt", FileKind::Post),
                ("_posts/2024-01-15-.md", FileKind::Post),
                ("_posts/sub/_deep/2024-01-15-a.md", FileKind::Post),
                ("_posts/2024-01-15.md", FileKind::BadPostName),
                ("_posts/2024-01-15_a.md", FileKind::BadPostName),
                ("_posts/2024-01-15-a", FileKind::BadPostName),
                ("_posts/2024-01-15-a.dir/notes.md", FileKind::BadPostName),
                ("_posts/２０２４-01-15-a.md", FileKind::BadPostName),
                ("_posts/_sub/2024-01-15-a.md", FileKind::Other),
                ("_posts/#sub/2024-01-15-a.md", FileKind::Other),
                ("_posts/sub/.deep/2024-01-15-a.md", FileKind::Other),
                ("_posts/sub/~2024-01-15-a.md", FileKind::Other),
                ("_posts/2024-01-15-a.md~", FileKind::Other),
                ("_posts/2024-01-15-a.", FileKind::Other),
                ("_layers/_posts/2024-01-15-a.md", FileKind::Other),
                (".git/_posts/2024-01-15-a.md", FileKind::Other),
                ("vendor/_posts/2024-01-15-a.md", FileKind::Other),
                ("themes/node_modules/x/_posts/2024-01-15-a.md", FileKind::Other),
                ("_drafts/idea.md", FileKind::Draft),
                ("en/_drafts/sub/2024-01-15-idea.md", FileKind::Draft),
                ("_drafts/idea", FileKind::BadPostName),
            ],
        );
    }

    #[test]
    fn excludes_are_prefixes_and_globs_and_includes_win() {
        check(
            &config(),
            &[
                ("_posts/2019-01-15-a.md", FileKind::Other),
                ("drafts-old-too/_posts/2024-01-15-a.md", FileKind::Other),
                ("_posts/x/2024-01-15-a.bak.md", FileKind::Other),
                ("tmp/_posts/2024-01-15-a.md", FileKind::Other),
                ("tmpl/_posts/2024-01-15-a.md", FileKind::Post),
                ("_pages/about.md", FileKind::Page),
                ("_pages/_posts/2024-01-15-a.md", FileKind::Post),
                ("_kept/about.md", FileKind::Page),
            ],
        );
        let all = Config { exclude: vec!["*.md".into()], ..Config::default() };
        check(
            &all,
            &[("_posts/2024-01-15-a.md", FileKind::Other), ("_posts/2024-01-15-a.html", FileKind::Post)],
        );
        assert!(is_walked("_posts", &all));
    }

    #[test]
    fn the_rest_of_a_site() {
        check(
            &config(),
            &[
                ("_config.yml", FileKind::Config),
                ("sub/_config.yml", FileKind::Other),
                ("masthead.toml", FileKind::Settings),
                ("sub/masthead.toml", FileKind::Other),
                ("index.html", FileKind::Page),
                ("docs/はじめに.MD", FileKind::Page),
                ("docs/a.css", FileKind::Other),
                ("_recipes/soup.md", FileKind::Collection("recipes".into())),
                ("_recipes/_soup.md", FileKind::Other),
                ("_unknown/soup.md", FileKind::Other),
                ("_layouts/post.html", FileKind::Layout),
                ("_includes/a/b.html", FileKind::Include),
                ("_includes/a/_b.html", FileKind::Include),
                ("_data/authors.yml", FileKind::Data),
                ("_site/index.html", FileKind::Other),
                ("public/index.html", FileKind::Other),
                ("publications/index.html", FileKind::Page),
            ],
        );
        let moved = Config { collections_dir: "content".into(), ..config() };
        assert_eq!(collection_folder("recipes", &config()), "_recipes/");
        assert_eq!(collection_folder("recipes", &moved), "content/_recipes/");
        check(
            &moved,
            &[
                ("content/_posts/2024-01-15-a.md", FileKind::Post),
                ("content/ja/_posts/2024-01-15-a.md", FileKind::Post),
                ("content/_recipes/soup.md", FileKind::Collection("recipes".into())),
                ("_posts/2024-01-15-a.md", FileKind::Other),
                ("_recipes/soup.md", FileKind::Other),
            ],
        );
    }

    #[test]
    fn the_walk_goes_where_files_can_be() {
        for (folder, expected) in [
            ("日記", true),
            ("_posts", true),
            ("_posts/2024", true),
            ("_posts/_hidden", false),
            ("_site", false),
            (".git", false),
            ("tmp", false),
            ("node_modules", false),
            ("_recipes/soups", true),
            ("_layouts", true),
        ] {
            assert_eq!(is_walked(folder, &config()), expected, "{folder}");
        }
    }

    #[test]
    fn the_root_is_the_nearest_configuration() {
        let root = |document: &str, configs: &[&str]| {
            let configs: Vec<PathBuf> = configs.iter().map(PathBuf::from).collect();
            root_above(Path::new(document), |folder| configs.iter().any(|own| own == folder))
                .map(|root| root.to_string_lossy().into_owned())
        };
        let document = "/家/私の ブログ/en/_posts/2024/2024-01-15-a.md";
        assert_eq!(root(document, &["/家", "/家/私の ブログ"]).as_deref(), Some("/家/私の ブログ"));
        assert_eq!(root(document, &[]).as_deref(), Some("/家/私の ブログ/en"));
        assert_eq!(root("/家/notes.md", &[]), None);
    }

    #[test]
    fn links_are_joined_inside_the_source() {
        for (folder, target, expected) in [
            ("_posts", "2024-01-15-a.md", Some("_posts/2024-01-15-a.md")),
            ("a/_posts", "../../_posts/./x.md", Some("_posts/x.md")),
            ("a", "/b/c/", Some("b/c/")),
            ("a", "../../etc", None),
        ] {
            assert_eq!(join(folder, target).as_deref(), expected, "{folder} {target}");
        }
    }
}
