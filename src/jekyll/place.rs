//! What a document is to Jekyll by its path: a post, a draft, a collection's document. Source: `document.rb`,
//! `collection.rb`.

use memchr::memchr;

use super::Config;
use super::defaults::below_collections;
use crate::post::name;

/// A document's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'p> {
    /// Relative to the site's source, with `/`.
    pub path: &'p str,
    /// The same relative to `collections_dir`.
    pub relative: &'p str,
    /// What it is. A collection's folder is the first of [`Place::relative`].
    pub kind: Kind<'p>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'p> {
    /// In a `_posts`.
    Post,
    /// In a `_drafts`.
    Draft,
    /// In the folder of a collection: its name.
    Collection(&'p str),
}

impl<'p> Place<'p> {
    /// The place of a path, by the first of its folders that has a meaning.
    pub fn of(path: &'p str, config: &Config) -> Self {
        let relative = below_collections(path, &config.collections_dir);
        Place { path, relative, kind: kind(relative, config) }
    }

    /// The collection it belongs to: drafts are posts.
    pub fn collection(&self) -> &'p str {
        match self.kind {
            Kind::Collection(name) => name,
            Kind::Post | Kind::Draft => "posts",
        }
    }

    /// The folder whose name is cut from the path: drafts have none, since Jekyll cuts `_posts`.
    fn folder(&self) -> &'p str {
        match self.kind {
            Kind::Collection(_) => self.relative.split('/').next().unwrap_or_default(),
            Kind::Post | Kind::Draft => "_posts",
        }
    }

    /// Whether Jekyll takes it for a draft: by its path alone, in which `_posts` stands nowhere.
    pub fn is_draft(&self) -> bool {
        self.collection() == "posts" && !self.relative.contains("_posts")
    }

    /// The folder whose parents are categories.
    pub fn special_folder(&self) -> &'p str {
        if self.is_draft() { "_drafts" } else { self.folder() }
    }

    /// `:path`: without the collection's folder, the extension and the dots before it.
    pub fn cleaned(&self) -> String {
        let bare = &self.relative[..self.relative.len() - name::extension(self.relative).len()];
        bare.replacen(self.folder(), "", 1).trim_end_matches('.').to_owned()
    }

    /// Whether Jekyll loads it as data and not as a document.
    pub fn is_yaml(&self) -> bool {
        matches!(name::extension(self.path), ".yml" | ".yaml")
    }
}

fn kind<'p>(relative: &'p str, config: &Config) -> Kind<'p> {
    let first = memchr(b'/', relative.as_bytes()).map_or(relative, |slash| &relative[..slash]);
    let first = first.strip_prefix('_');
    if let Some(first) = first
        && config.collections.iter().any(|name| name == first)
    {
        return Kind::Collection(first);
    }
    let mut folders = relative.as_bytes().split(|byte| *byte == b'/');
    match folders.find(|folder| matches!(*folder, b"_posts" | b"_drafts")) {
        Some(b"_drafts") => Kind::Draft,
        _ => Kind::Post,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_the_kind() {
        let config = Config::parse("collections: [about, posts]\ncollections_dir: c\n").unwrap();
        for (path, kind, relative, cleaned) in [
            ("c/_posts/a.md", Kind::Post, "_posts/a.md", "/a"),
            ("c/x/_posts/sub/a.b...md", Kind::Post, "x/_posts/sub/a.b...md", "x//sub/a.b"),
            ("c/_drafts/a.md", Kind::Draft, "_drafts/a.md", "_drafts/a"),
            ("c/_drafts/_posts/a.md", Kind::Draft, "_drafts/_posts/a.md", "_drafts//a"),
            ("c/_about/x/y.html", Kind::Collection("about"), "_about/x/y.html", "/x/y"),
        ] {
            let place = Place::of(path, &config);
            assert_eq!((place.kind, place.relative, place.cleaned().as_str()), (kind, relative, cleaned));
        }
    }
}
