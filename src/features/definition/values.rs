//! What a value of the front matter names: an author's entry in the data; and the default that gives one. A layout is a
//! link.

use crate::features::Snapshot;
use crate::features::files::{FilePlaces, Texts};
use crate::features::hover::own_reading;
use crate::jekyll::data::Origin;
use crate::post::front_matter::{Node, Value, yaml};
use crate::site::FileKind;
use crate::site::paths::CONFIGS;
use crate::text::Span;

/// Where the author is that the value at a byte offset names, and the line of the default that is in force there.
pub(super) fn definition(snapshot: &Snapshot, whole: &Texts<'_>, offset: usize) -> Option<Vec<FilePlaces>> {
    if snapshot.kind == FileKind::Config {
        return default_layout(snapshot, offset);
    }
    let front_matter = &snapshot.post.front_matter;
    let on_value = front_matter.values.iter().find(|pair| pair.value.span.touches(offset));
    let on_key = || front_matter.values.iter().find(|pair| pair.key.span.touches(offset));
    let pair = on_value.or_else(on_key)?;
    if let Some(places) = default(snapshot, whole, pair.key.value.as_str()?) {
        return Some(places);
    }
    let pair = on_value?;
    let name = match &pair.value.value {
        Value::List(items) => items.iter().find(|item| item.span.touches(offset))?.value.as_str()?,
        value => value.as_str()?,
    };
    match pair.key.value.as_str()? {
        "author" | "authors" => author(whole, &snapshot.site.config().data_dir, name),
        _ => None,
    }
}

/// The line of `_config.yml` whose default is in force under a key that has no value of its own.
fn default(snapshot: &Snapshot, whole: &Texts<'_>, key: &str) -> Option<Vec<FilePlaces>> {
    let reading = own_reading(snapshot)?;
    let Origin::Defaults { value, .. } = reading.data.entry(key)?.origin else { return None };
    let (path, text) = CONFIGS.iter().find_map(|path| Some((*path, whole(path)?)))?;
    Some(vec![FilePlaces { path: path.into(), text, spans: vec![value] }])
}

/// The file of the layout that a default of `_config.yml` names at a byte offset.
fn default_layout(snapshot: &Snapshot, offset: usize) -> Option<Vec<FilePlaces>> {
    let text = &*snapshot.post.text;
    let root = yaml::load(text, Span::new(0, text.len())).ok()?.root?;
    let sets = root.value.as_mapping()?.get("defaults")?.value.as_list()?;
    let mut layouts = sets
        .iter()
        .filter_map(|set| set.value.as_mapping()?.get("values")?.value.as_mapping()?.get("layout"));
    let named = layouts.find(|layout| layout.span.touches(offset))?;
    let path = snapshot.site.layout_named(named.value.as_str()?)?;
    Some(vec![FilePlaces { path: path.clone(), text: "".into(), spans: vec![Span::empty(0)] }])
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
    fn a_default_leads_to_its_line_and_from_there_to_the_layout() {
        let config = "//- /_config.yml\ndefaults:\n- scope: {path: ''}\n  values: {layout: wide, lang: ja}\n";
        let find = |site: &str| {
            let (snapshot, offset) = fixture(site);
            let all = texts(site);
            let text = |path: &str| all.get(path).cloned();
            let found = definition(&snapshot, &text, &text, offset).unwrap_or_default();
            found
                .iter()
                .map(|file| (file.path.to_string(), file.spans[0].of(&file.text).to_owned()))
                .collect::<Vec<_>>()
        };
        for line in ["layout:$0", "la$0yout:"] {
            let found = find(&format!("//- /_posts/2025-01-01-a.md\n---\n{line}\n---\n{config}"));
            assert_eq!(found, [("_config.yml".to_owned(), "wide".to_owned())], "{line}");
        }
        assert_eq!(find(&format!("//- /_posts/2025-01-01-a.md\n---\nlang: e$0n\n---\n{config}")), []);
        let own = config.replace("wide", "wi$0de") + "//- /_layouts/wide.html\n<p>\n";
        assert_eq!(find(&own), [("_layouts/wide.html".to_owned(), String::new())]);
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
