//! The layouts and includes of a site: which files they are, and the anchors that any page can have of them.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::post::links::html::{Attribute, attributes};

/// What is known of them. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    paths: Arc<[Arc<str>]>,
    ids: Arc<[Arc<str>]>,
    /// What stands before the Liquid in an id that is made: `comment-` of `comment-{{ id }}`.
    prefixes: Arc<[Arc<str>]>,
    /// What stands behind the Liquid that such an id begins with: `-ref` of `{{ name }}-ref`.
    suffixes: Arc<[Arc<str>]>,
    /// Whether an id is all Liquid, as those of the terms in an archive are.
    any_id: bool,
    /// The keys whose text one of them renders as Markdown.
    rendered: Arc<[Arc<str>]>,
    /// Whether one of them has the addresses of a page counted from elsewhere, or writes others into its text.
    moves_addresses: bool,
}

/// `page.excerpt | strip | markdownify`: a key, and that its text is rendered.
static RENDERED: LazyLock<Regex> = LazyLock::new(|| {
    #[allow(clippy::expect_used)] // the pattern is a constant, and the tests compile it
    Regex::new(r"\.([A-Za-z_]+)\s*\|[^{}%]*markdownify").expect("the pattern is well formed")
});

/// Whether a template has `<base href="…">` or `{{ content | replace: … }}`.
fn moves_addresses(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let inside = |open: &'static str, close: &'static str| {
        let found = lower.match_indices(open).map(move |(at, _)| at + open.len());
        found.filter_map(|at| lower.get(at..)).map(move |rest| rest.split(close).next().unwrap_or(rest))
    };
    let has_base = inside("<base", ">")
        .any(|tag| tag.starts_with(|c: char| c.is_ascii_whitespace()) && tag.contains("href"));
    has_base
        || inside("{{", "}}").any(|output| {
            let mut filters = output.trim_matches('-').split('|');
            filters.next().is_some_and(|value| value.trim() == "content")
                && filters.any(|filter| filter.contains("replace"))
        })
}

/// Whether an id is made of what the page as a whole is, such as its slug: one for scripts and styles, to which nothing
/// links.
fn is_of_the_page(id: &str) -> bool {
    let inside = id.trim_start_matches(['{', '-']).trim_start();
    ["page.", "layout.", "site."].iter().any(|of| inside.starts_with(of)) && id.matches("{{").count() == 1
}

impl Templates {
    /// Those at these paths, relative to the site's source, with these texts.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let (mut paths, mut ids, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
        let (mut suffixes, mut any_id, mut rendered) = (Vec::new(), false, Vec::new());
        let mut moves_addresses = false;
        for (path, text) in files {
            paths.push(path);
            moves_addresses |= self::moves_addresses(text);
            rendered.extend(RENDERED.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str())));
            for attribute in attributes(text, 0) {
                let Attribute::Anchor(span) = attribute else { continue };
                let id = span.of(text);
                let end = id.rfind("}}").into_iter().chain(id.rfind("%}")).max();
                let behind = end.map_or("", |end| &id[end + 2..]);
                match id.find("{{").into_iter().chain(id.find("{%")).min() {
                    None => ids.push(id),
                    Some(at) if at > 1 => prefixes.push(&id[..at]),
                    Some(_) if behind.len() > 1 => suffixes.push(behind),
                    Some(_) if is_of_the_page(id) => {}
                    Some(_) => any_id = true,
                }
            }
        }
        let shared = |mut all: Vec<&str>| -> Arc<[Arc<str>]> {
            all.sort_unstable();
            all.dedup();
            all.into_iter().map(Arc::from).collect()
        };
        Templates {
            paths: shared(paths),
            ids: shared(ids),
            prefixes: shared(prefixes),
            suffixes: shared(suffixes),
            any_id,
            rendered: shared(rendered),
            moves_addresses,
        }
    }

    /// Their paths, in order.
    pub fn paths(&self) -> &[Arc<str>] {
        &self.paths
    }

    /// Whether there is one at a path.
    pub fn has(&self, path: &str) -> bool {
        self.paths.binary_search_by(|own| (**own).cmp(path)).is_ok()
    }

    /// The same after files have got other paths: `moved` gives the new one of each.
    #[must_use]
    pub fn moved(&self, moved: impl Fn(&Arc<str>) -> Arc<str>) -> Self {
        let mut paths: Vec<Arc<str>> = self.paths.iter().map(moved).collect();
        paths.sort_unstable();
        Templates { paths: paths.into(), ..self.clone() }
    }

    /// Whether one of them may set an anchor.
    pub fn may_set(&self, id: &str) -> bool {
        self.ids.binary_search_by(|own| (**own).cmp(id)).is_ok()
            || self.prefixes.iter().any(|prefix| id.starts_with(&**prefix))
            || self.suffixes.iter().any(|suffix| id.ends_with(&**suffix))
    }

    /// Whether one of them sets anchors of which nothing is known, as a page with all tags does.
    pub fn may_set_any(&self) -> bool {
        self.any_id
    }

    /// Whether one of them has the relative addresses of a page lead elsewhere than HTML says.
    pub fn move_addresses(&self) -> bool {
        self.moves_addresses
    }

    /// Whether one of them renders the text of a key as Markdown.
    pub fn render(&self, key: &str) -> bool {
        self.rendered.iter().any(|own| **own == *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_layouts_set() {
        let files = [
            ("b", "<div id=\"main\"><a name='x'>"),
            ("a", "<p id=\"c-{{ x }}\"><p id='{{ y }}-ref{{z}}-end'>"),
        ];
        let templates = Templates::of(files);
        assert!(["main", "x", "c-7", "東京-end"].iter().all(|id| templates.may_set(id)));
        assert!(["mai", "c", "", "東京"].iter().all(|id| !templates.may_set(id)) && !templates.may_set_any());
        assert!(Templates::of([("a", "<h2 id=\"{{ tag[0] | slugify }}\">")]).may_set_any());
        assert!(!Templates::of([("a", "<body id=\"{{ page.slug | default: 'x' }}\">")]).may_set_any());
        assert!(templates.has("a") && !templates.has("c"));
    }

    #[test]
    fn what_layouts_do_to_addresses() {
        for (text, expected) in [
            ("<head>\n<base target='_top' href=\"{{ site.baseurl }}/\">", true),
            ("{{- content | toc_only | replace: 'src=\"', 'src=\"/' }}", true),
            ("{{ content }} {{ post.content | replace: 'a', 'b' }} <base target='_top'>", false),
        ] {
            assert_eq!(Templates::of([("a", text)]).move_addresses(), expected, "{text}");
        }
    }

    #[test]
    fn what_layouts_render() {
        let text =
            "{{ page.excerpt | default: x | markdownify }} {{ page.title | escape }} {{ x | markdownify }}";
        let templates = Templates::of([("a", text)]);
        assert!(templates.render("excerpt") && !templates.render("title"));
    }
}
