//! Front-matter defaults of `_config.yml`. Source: `frontmatter_defaults.rb` (4.x).
//!
//! 3.9 compares whole folders of a scope's path; 4.x, and so this, plain prefixes: `_posts/ja` takes `_posts/jazz` too.

use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};

use super::Clock;
use super::data::{Data, Origin};
use super::date::{self, InvalidDate};
use crate::post::front_matter::scalar::Time;
use crate::post::front_matter::{Mapping, Node, Value};
use crate::text::{LineIndex, Span};

/// The list of defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    /// The sets that count: entries without a `values` mapping are left out.
    pub sets: Vec<DefaultSet>,
}

/// One entry of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultSet {
    /// Its place in the list, from 0.
    pub entry: usize,
    /// What it applies to.
    pub scope: Scope,
    /// The values it gives.
    pub values: Mapping,
    /// The line of each of them in the configuration's text, from 1.
    lines: Vec<usize>,
    /// All of it, in the configuration's text.
    pub span: Span,
}

/// What a set applies to.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    /// No `scope`: everything. After another set that applies too it breaks the post.
    Everything,
    /// A path and a type, either of which may be missing.
    Limited {
        /// The path, as written; empty where there is none.
        path: String,
        /// The pattern that the path is where it holds a `*`.
        pattern: Option<Pattern>,
        /// `posts`, `pages`, a collection's name.
        kind: Option<String>,
    },
    /// It is no mapping, or its type is no text: Ruby raises at every post and the build stops.
    Unusable,
}

/// A compiled pattern; two are equal where their texts are.
#[derive(Clone, Debug)]
pub struct Pattern(GlobMatcher);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.glob() == other.0.glob()
    }
}

/// Why defaults cannot be given to a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefaultsError {
    /// A set without a scope comes after another one that applies: Ruby raises, and the post loses its front matter.
    ScopelessAfterAnother {
        /// Its place in the list.
        entry: usize,
    },
    /// A scope that is no mapping or a type that is no text: the build stops.
    UnusableScope {
        /// Its place in the list.
        entry: usize,
    },
    /// A `date` among the values that Ruby cannot read: the build stops.
    Date {
        /// Its place in the list.
        entry: usize,
        /// The date.
        date: InvalidDate,
    },
}

impl Defaults {
    /// Reads the `defaults` of a config. None where it is no list, which Jekyll takes for no defaults.
    /// `text` is the configuration's.
    pub fn parse(node: &Node, text: &str) -> Option<Self> {
        let items = node.value.as_list()?;
        let lines = LineIndex::new(text);
        let sets =
            items.iter().enumerate().filter_map(|(entry, item)| DefaultSet::parse(entry, item, &lines));
        Some(Defaults { sets: sets.collect() })
    }

    /// Whether others give the same values, wherever they are written.
    pub fn says_the_same(&self, other: &Defaults) -> bool {
        let values = |set: &DefaultSet| Value::Mapping(Arc::new(set.values.clone()));
        let same = |(one, other): (&DefaultSet, &DefaultSet)| {
            one.entry == other.entry
                && one.scope == other.scope
                && super::ruby::same(&values(one), &values(other))
        };
        self.sets.len() == other.sets.len() && self.sets.iter().zip(&other.sets).all(same)
    }

    /// The defaults of a document: `path` is relative to the source, `collections_dir` as in the config.
    ///
    /// # Errors
    /// Defaults at which Ruby raises.
    pub fn of(
        &self,
        path: &str,
        kind: &str,
        collections_dir: &str,
        clock: &Clock,
    ) -> Result<Data, DefaultsError> {
        let mut all = Data::default();
        let mut winner: Option<&Scope> = None;
        for set in &self.sets {
            if set.scope == Scope::Unusable {
                return Err(DefaultsError::UnusableScope { entry: set.entry });
            }
            let date = set.date(clock)?;
            if !set.scope.applies(path, kind, collections_dir) {
                continue;
            }
            let wins = match winner {
                None => true,
                Some(_) if set.scope == Scope::Everything => {
                    return Err(DefaultsError::ScopelessAfterAnother { entry: set.entry });
                }
                Some(winner) => set.scope.beats(winner),
            };
            for (pair, line) in set.values.iter().zip(&set.lines) {
                let origin = Origin::Defaults { entry: set.entry, value: pair.value.span, line: *line };
                let is_date = pair.key.value.as_str() == Some("date");
                let value = date.as_ref().filter(|_| is_date).unwrap_or(&pair.value.value);
                if wins {
                    all.lay_over(&pair.key.value, value, origin);
                } else {
                    all.lay_under(&pair.key.value, value, origin);
                }
            }
            // A first set without a scope leaves no scope to compare with.
            if wins && set.scope != Scope::Everything {
                winner = Some(&set.scope);
            }
        }
        Ok(all)
    }
}

impl DefaultSet {
    fn parse(entry: usize, node: &Node, lines: &LineIndex) -> Option<Self> {
        let set = node.value.as_mapping()?;
        let values = set.get("values")?.value.as_mapping()?.clone();
        let scope = set.get("scope").map_or(Scope::Everything, |scope| Scope::parse(&scope.value));
        let lines = values.iter().map(|pair| lines.line_of(pair.key.span.start) + 1).collect();
        Some(DefaultSet { entry, scope, values, lines, span: node.span })
    }

    /// The `date` among the values, which Jekyll reads before it looks at anything else.
    fn date(&self, clock: &Clock) -> Result<Option<Value>, DefaultsError> {
        let invalid = |date| DefaultsError::Date { entry: self.entry, date };
        match self.values.get("date").map(|node| &node.value) {
            None | Some(Value::Time(_)) => Ok(None),
            Some(Value::String(text)) => {
                let instant = date::parse(text, clock).map_err(invalid)?;
                Ok(Some(Value::Time(Time { instant, offset: clock.zone.to_offset(instant) })))
            }
            Some(other) => Err(invalid(InvalidDate { text: other.display() })),
        }
    }
}

impl Scope {
    fn parse(value: &Value) -> Self {
        let Some(scope) = value.as_mapping() else { return Scope::Unusable };
        let path = scope.get("path").and_then(|it| it.value.as_str()).unwrap_or_default().to_owned();
        let kind = match scope.get("type").map(|it| &it.value) {
            None => None,
            Some(Value::String(kind)) => Some(match &**kind {
                "post" => "posts".to_owned(),
                "page" => "pages".to_owned(),
                "draft" => "drafts".to_owned(),
                other => other.to_owned(),
            }),
            Some(_) => return Scope::Unusable,
        };
        let pattern = path.contains('*').then(|| glob(&path)).flatten();
        Scope::Limited { path, pattern, kind }
    }

    fn applies(&self, path: &str, kind: &str, collections_dir: &str) -> bool {
        let Scope::Limited { path: scope, pattern, kind: wanted } = self else { return true };
        if wanted.as_ref().is_some_and(|wanted| wanted != kind) {
            return false;
        }
        let relative = below_collections(path, collections_dir);
        if scope.is_empty() {
            true
        } else if scope.contains('*') {
            pattern.as_ref().is_some_and(|Pattern(glob)| {
                let mut ends: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
                ends.push(path.len());
                let found = ends.into_iter().map(|end| &path[..end]).filter(|part| glob.is_match(part));
                let mut found = found.map(|part| below_collections(part, collections_dir));
                found.any(|part| relative.starts_with(part))
            })
        } else {
            relative.starts_with(below_collections(scope, collections_dir))
        }
    }

    /// Whether its path is a prefix of a document's that ends within the name of a folder or a file: 3.9 compares whole ones.
    pub fn ends_within_a_name(&self, path: &str) -> bool {
        let Scope::Limited { path: scope, pattern: None, .. } = self else { return false };
        let rest = path.strip_prefix(scope.as_str());
        rest.is_some_and(|rest| !scope.is_empty() && !scope.ends_with('/') && !rest.starts_with('/'))
    }

    /// The longer path wins; of two that are as long one with a type wins over one without; else the later.
    fn beats(&self, other: &Scope) -> bool {
        let (path, kind) = self.parts();
        let (other_path, other_kind) = other.parts();
        let length = |path: &str| path.strip_prefix('/').unwrap_or(path).chars().count();
        match length(path).cmp(&length(other_path)) {
            std::cmp::Ordering::Equal => kind || !other_kind,
            order => order.is_gt(),
        }
    }

    fn parts(&self) -> (&str, bool) {
        match self {
            Scope::Limited { path, kind, .. } => (path, kind.is_some()),
            Scope::Everything | Scope::Unusable => ("", false),
        }
    }
}

/// A path relative to the collections' folder.
pub fn below_collections<'p>(path: &'p str, collections_dir: &str) -> &'p str {
    if collections_dir.is_empty() {
        return path;
    }
    path.strip_prefix(collections_dir).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// Jekyll looks for the pattern on the disk. Whatever it finds there that is a prefix of the document's path is the
/// document or a folder above it (but for siblings that begin alike), so the path alone can tell.
fn glob(pattern: &str) -> Option<Pattern> {
    let pattern = pattern.trim_end_matches('/');
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().ok()?;
    Some(Pattern(glob.compile_matcher()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::front_matter::yaml;

    fn defaults(text: &str) -> Defaults {
        let root = yaml::load(text, Span::new(0, text.len())).unwrap().root.unwrap();
        Defaults::parse(&root, text).unwrap()
    }

    fn shown(defaults: &Defaults, path: &str, kind: &str, collections_dir: &str) -> String {
        let clock = Clock::utc("2026-01-01T00:00:00Z".parse().unwrap());
        match defaults.of(path, kind, collections_dir, &clock) {
            Ok(data) => {
                let pairs = data.iter().map(|it| format!("{}: {}", it.key.display(), it.value.inspect()));
                pairs.collect::<Vec<_>>().join(", ")
            }
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn scopes_apply_by_prefix_and_type() {
        for (scope, path, kind, applies) in [
            ("{}", "_posts/a.md", "posts", true),
            ("{path: ''}", "_posts/a.md", "posts", true),
            ("{path: ''}", "c/_posts/a.md", "posts", true),
            ("{type: posts}", "_posts/a.md", "posts", true),
            ("{type: post}", "_posts/a.md", "posts", true),
            ("{type: drafts}", "_drafts/a.md", "posts", false),
            ("{type: ''}", "_posts/a.md", "posts", false),
            ("{path: _posts/ja}", "_posts/jazz/a.md", "posts", true),
            ("{path: _posts/ja/}", "_posts/jazz/a.md", "posts", false),
            ("{path: _posts/ja/}", "_posts/ja/a.md", "posts", true),
            ("{path: /_posts}", "_posts/a.md", "posts", false),
            ("{path: c/_posts}", "c/_posts/a.md", "posts", true),
            ("{path: _posts}", "c/_posts/a.md", "posts", true),
            ("{path: c}", "c/_posts/a.md", "posts", false),
            ("{path: '_posts/*/x'}", "_posts/ja/x/a.md", "posts", true),
            ("{path: '_posts/*/x'}", "_posts/ja/y/a.md", "posts", false),
            ("{path: '_posts/*.md'}", "_posts/ja/a.md", "posts", false),
            ("{path: '_posts/**/*.md'}", "_posts/ja/a.md", "posts", true),
            ("{path: 'c/*'}", "c/_posts/a.md", "posts", true),
            ("{path: '*'}", "_posts/a.md", "posts", true),
        ] {
            let set = defaults(&format!("- scope: {scope}\n  values: {{x: 1}}\n"));
            let collections_dir = if path.starts_with("c/") { "c" } else { "" };
            assert_eq!(!shown(&set, path, kind, collections_dir).is_empty(), applies, "{scope} {path}");
        }
    }

    #[test]
    fn the_longer_path_wins_then_the_type_then_the_later() {
        let path = |path: &str, kind: &str, x: i32| {
            let kind = if kind.is_empty() { String::new() } else { format!(", type: {kind}") };
            format!("- scope: {{path: '{path}'{kind}}}\n  values: {{x: {x}, m: {{k{x}: {x}, k: {x}}}}}\n")
        };
        for (one, two, expected) in [
            (path("", "", 1), path("", "", 2), r#"x: 2, m: {"k1"=>1, "k"=>2, "k2"=>2}"#),
            (path("_posts", "", 1), path("", "", 2), r#"x: 1, m: {"k2"=>2, "k"=>1, "k1"=>1}"#),
            (path("", "posts", 1), path("", "", 2), r#"x: 1, m: {"k2"=>2, "k"=>1, "k1"=>1}"#),
            (path("", "posts", 1), path("", "posts", 2), r#"x: 2, m: {"k1"=>1, "k"=>2, "k2"=>2}"#),
            (path("", "posts", 1), path("_posts", "", 2), r#"x: 2, m: {"k1"=>1, "k"=>2, "k2"=>2}"#),
        ] {
            let actual = shown(&defaults(&format!("{one}{two}")), "_posts/a.md", "posts", "");
            assert_eq!(actual, expected, "{one}{two}");
        }
    }

    #[test]
    fn bad_sets_are_skipped_or_raise() {
        for (text, expected) in [
            ("- scope: {}\n- values: 1\n- 7\n- values: {x: 1}", "x: 1"),
            ("- values: {x: 1}\n- scope: {path: ''}\n  values: {x: 2}", "x: 2"),
            ("- scope: {}\n  values: {x: 1}\n- values: {x: 2}", "ScopelessAfterAnother { entry: 1 }"),
            ("- scope:\n  values: {x: 1}", "UnusableScope { entry: 0 }"),
            ("- scope: {type: }\n  values: {x: 1}", "UnusableScope { entry: 0 }"),
            (
                "- scope: {type: pages}\n  values: {date: soon}",
                r#"Date { entry: 0, date: InvalidDate { text: "soon" } }"#,
            ),
            ("- scope: {}\n  values: {date: 'Mar 5, 2024'}", "date: 2024-03-05 00:00:00 +0000"),
        ] {
            assert_eq!(shown(&defaults(text), "_posts/a.md", "posts", ""), expected, "{text}");
        }
    }
}
