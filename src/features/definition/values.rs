//! What a value of the front matter names: an author's entry in the data. A layout is a link.

use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::post::front_matter::{Node, Value, yaml};
use crate::text::Span;

/// Where the author is that the value at a byte offset names.
pub(super) fn definition(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    let front_matter = &snapshot.post.front_matter;
    let pair = front_matter.values.iter().find(|pair| pair.value.span.touches(offset))?;
    let name = match &pair.value.value {
        Value::List(items) => items.iter().find(|item| item.span.touches(offset))?.value.as_str()?,
        value => value.as_str()?,
    };
    match pair.key.value.as_str()? {
        "author" | "authors" => author(whole, &snapshot.site.config().data_dir, name),
        _ => None,
    }
}

fn author(whole: &Texts<'_>, folder: &str, name: &str) -> Option<Vec<FilePlaces>> {
    for extension in ["yml", "yaml", "json"] {
        let own = format!("{folder}/authors/{name}.{extension}");
        if whole(&own).is_some() {
            return Some(vec![FilePlaces { path: own.into(), text: "".into(), spans: vec![Span::empty(0)] }]);
        }
        let all = format!("{folder}/authors.{extension}");
        let Some(text) = whole(&all) else { continue };
        if let Some(span) = key(&text, name) {
            return Some(vec![FilePlaces { path: all.into(), text, spans: vec![span] }]);
        }
    }
    None
}

/// The place of a key of the mapping that a text of YAML is.
fn key(text: &str, name: &str) -> Option<Span> {
    let root: Node = yaml::load(text, Span::new(0, text.len())).ok()?.root?;
    let pair = root.value.as_mapping()?.get_pair(name)?;
    Some(pair.key.span)
}

#[cfg(test)]
mod tests {
    use crate::features::definition::definition;
    use crate::features::testing::{fixture, texts};

    fn check(line: &str, expected: &[(&str, &str)]) {
        let site = format!(
            "//- /_posts/2025-01-01-a.md\n---\n{line}\n---\n//- /_layouts/wide/post.html\n<p>\n\
             //- /_data/authors.yml\ntaro:\n  name: 太郎\n花子:\n  name: 花\n"
        );
        let (snapshot, offset) = fixture(&site);
        let all = texts(&site);
        let text = |path: &str| all.get(path).cloned();
        let found = definition(&snapshot, &text, &text, offset).unwrap_or_default();
        let found: Vec<_> = found.iter().map(|file| (&*file.path, file.spans[0].of(&file.text))).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn layouts_and_authors() {
        check("layout: wide/po$0st", &[("_layouts/wide/post.html", "")]);
        check("layout: po$0st", &[]);
        check("author: 花$0子", &[("_data/authors.yml", "花子")]);
        check("authors: [jiro, ta$0ro]", &[("_data/authors.yml", "taro")]);
        check("title: ta$0ro", &[]);
    }
}
