//! The links of a whole site: what leads to what, what nothing leads to, what leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::{linking_files, links_of};
use crate::features::files::Texts;
use crate::jekyll::Status;
use crate::post::links::is_external;
use crate::post::{Link, LinkKind, Post};
use crate::site::{FileKind, Site, Target};
use crate::text::{LineIndex, PositionEncoding};

/// A document of the site and its links. All paths are relative to the site's source, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Its path.
    pub path: Arc<str>,
    /// Its title; empty where it has none.
    pub title: Arc<str>,
    /// Its URL, percent-escaped, without `baseurl`; none where it has none.
    pub url: Option<Arc<str>>,
    /// Whether it is in the site as it is built now.
    pub is_built: bool,
    /// The other documents that it leads to, by path.
    pub to: BTreeSet<String>,
    /// The other files that lead to it, layouts and includes too, by path.
    pub from: BTreeSet<Arc<str>>,
    /// The addresses in it, below the site, at which the site has nothing, in their order.
    pub nowhere: Vec<Nowhere>,
}

/// An address or a name that leads to no file of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nowhere {
    /// The line, from 1.
    pub line: u32,
    /// As it is written.
    pub address: String,
}

/// The posts, drafts, documents and pages of a site with the links between them, by path. `whole` gives whole texts;
/// `zone` is the site's. Links that Liquid makes, as those of a list of all posts, are not among them.
pub fn graph(site: &Site, whole: &Texts<'_>, zone: &TimeZone) -> Vec<Linked> {
    let mut all: BTreeMap<Arc<str>, Linked> =
        documents(site).map(|document| (document.path.clone(), document)).collect();
    let read = |path: Arc<str>| {
        let text = whole(&path)?;
        let found = of_file(site, &path, &text, zone);
        Some((path, found))
    };
    let found: Vec<_> = linking_files(site).into_par_iter().filter_map(read).collect();
    for (path, (to, nowhere)) in found {
        for other in &to {
            if let Some(other) = all.get_mut(other.as_str()) {
                other.from.insert(path.clone());
            }
        }
        let known: BTreeSet<String> = to.into_iter().filter(|to| all.contains_key(to.as_str())).collect();
        if let Some(document) = all.get_mut(&path) {
            (document.to, document.nowhere) = (known, nowhere);
        }
    }
    all.into_values().collect()
}

fn documents(site: &Site) -> impl Iterator<Item = Linked> {
    let linked = |path: &Arc<str>, title: &Arc<str>, url: &Option<Arc<str>>, is_built| Linked {
        path: path.clone(),
        title: title.clone(),
        url: url.clone(),
        is_built,
        to: BTreeSet::new(),
        from: BTreeSet::new(),
        nowhere: Vec::new(),
    };
    let is_document =
        |kind: &FileKind| matches!(kind, FileKind::Post | FileKind::Draft | FileKind::Collection(_));
    let posts = site.posts().filter(move |post| is_document(&post.kind)).map(move |post| {
        let is_built = matches!(post.status, Status::Published | Status::Broken);
        linked(&post.path, &post.title, &post.url, is_built)
    });
    let pages = site.files_from("").filter_map(move |(path, page)| {
        let page = page?;
        Some(linked(path, &page.title, &page.url, page.url.is_some()))
    });
    posts.chain(pages)
}

/// The other files that a file leads to, and the addresses that lead nowhere.
fn of_file(site: &Site, path: &str, text: &Arc<str>, zone: &TimeZone) -> (BTreeSet<String>, Vec<Nowhere>) {
    let (mut to, mut nowhere) = (BTreeSet::new(), BTreeSet::new());
    let lines = LineIndex::new(text);
    for link in links_of(site, path, text, || Post::parse(text.clone())) {
        match site.target(path, text, &link, zone) {
            Some(Target::Here) => {}
            Some(target) => {
                to.insert(target.path(path));
            }
            None if is_named(site, text, &link) => {
                let line = lines.position(text, link.target.start, PositionEncoding::Utf8).line + 1;
                nowhere.insert(Nowhere { line, address: link.target.of(text).to_owned() });
            }
            None => {}
        }
    }
    to.remove(path);
    (to, nowhere.into_iter().collect())
}

/// Whether a link names something of the site, and not of the web.
fn is_named(site: &Site, text: &str, link: &Link) -> bool {
    let written = link.target.of(text);
    let own = site.config().url.as_deref().unwrap_or_default().trim_end_matches('/');
    let is_own = !own.is_empty() && written.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'));
    let is_address = matches!(link.kind, LinkKind::Url | LinkKind::Embed | LinkKind::Field);
    // A value that leads nowhere is no address.
    let is_link = !matches!(link.kind, LinkKind::Layout | LinkKind::Value);
    !written.is_empty() && is_link && (!is_address || is_own || !is_external(written))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing::{fixture, texts};

    #[test]
    fn what_leads_where() {
        let files = "//- /_posts/2024-01-01-a.md\n---\ntitle: 春$0\n---\n[b]({% post_url 2024-01-02-b %}) [b](/2024/01/02/b.html#x) [me](#x) [a](/2024/01/01/a.html)\n\
            🎉 [x](/nowhere/) ![p](/a.png) [y](https://e.jp/x)\n\n`[z](/code)` [w]({{ x }}/w)\n[n](/nowhere/)\n{% post_url 2024-01-09-none %} [e]() [f](https://own.jp.example/f)\n\
            //- /_posts/2024-01-02-b.md\n---\nlayout: post\n---\n[own](https://own.jp/about.html)[no](https://own.jp/no)\n\
            //- /_posts/2024-01-03-c.md\n---\n---\n//- /_drafts/d.md\n---\n---\n[c]({% link _posts/2024-01-03-c.md %})\n\
            //- /about.md\n---\ntitle: About\n---\n//- /_includes/nav.html\n<a href=\"/2024/01/01/a.html\">\n//- /a.png\n//- /_config.yml\nurl: https://own.jp\n\
            //- /hidden.html\n---\npublished: false\n---\n//- /_posts/no-date.md\n---\n---\n";
        let (snapshot, _) = fixture(files);
        let texts = texts(files);
        let found = graph(&snapshot.site, &|path: &str| texts.get(path).cloned(), &TimeZone::UTC);
        let mut shown = String::new();
        for document in found {
            shown.push_str(&format!(
                "{} to {:?} from {:?} nowhere {:?}{}\n",
                document.path,
                document.to,
                document.from,
                document.nowhere.iter().map(|it| format!("{} {}", it.line, it.address)).collect::<Vec<_>>(),
                if document.is_built { "" } else { ", not built" }
            ));
        }
        expect![[r#"
            _drafts/d.md to {"_posts/2024-01-03-c.md"} from {} nowhere [], not built
            _posts/2024-01-01-a.md to {"_posts/2024-01-02-b.md"} from {"_includes/nav.html"} nowhere ["5 /nowhere/", "8 /nowhere/", "9 2024-01-09-none"]
            _posts/2024-01-02-b.md to {"about.md"} from {"_posts/2024-01-01-a.md"} nowhere ["4 https://own.jp/no"]
            _posts/2024-01-03-c.md to {} from {"_drafts/d.md"} nowhere []
            about.md to {} from {"_posts/2024-01-02-b.md"} nowhere []
            hidden.html to {} from {} nowhere [], not built
        "#]].assert_eq(&shown);
    }
}
