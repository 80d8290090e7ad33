//! What belongs to a site and does not lie in its folder: a source that a build of its own makes first, git submodules
//! that are not checked out. Nobody knows what is there.

use std::path::{Component, Path};

use super::Site;

/// The file that names a site's git submodules, at its top.
pub const SUBMODULES: &str = ".gitmodules";

/// The folders of the submodules that a `.gitmodules` names, relative to its own.
pub fn submodules(text: &str) -> impl Iterator<Item = &str> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    let paths = pairs.filter(|(key, _)| key.trim() == "path");
    paths.map(|(_, path)| path.trim().trim_matches('"').trim_matches('/')).filter(|path| !path.is_empty())
}

impl Site {
    /// Whether `source` names another folder than the one that is read, since that one is not there: then nothing is
    /// known of what Jekyll will find.
    pub fn is_source_elsewhere(&self) -> bool {
        let Some(source) = self.config().source.as_deref() else { return false };
        let parts: Vec<Component<'_>> =
            Path::new(source).components().filter(|part| *part != Component::CurDir).collect();
        !self.root().ends_with(parts.iter().collect::<std::path::PathBuf>())
    }

    /// Whether layouts and includes can be where we do not see them. Those of a theme are none of these.
    pub fn has_templates_elsewhere(&self) -> bool {
        !self.submodules().is_empty()
    }

    /// Whether a path, relative to the source, is in a submodule that is not checked out.
    pub fn is_in_submodule(&self, path: &str) -> bool {
        let below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.submodules().iter().any(|folder| below(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::Config;
    use crate::site::Change;

    #[test]
    fn the_folders_of_submodules() {
        let text = "[submodule \"主題\"]\n\tpath = _layouts/主題\n\turl = ../a.git\n[submodule \"b\"]\n  path=\"assets/b/\"\n";
        assert_eq!(submodules(text).collect::<Vec<_>>(), ["_layouts/主題", "assets/b"]);
        let site = Site::default().apply([Change::Submodules(vec!["assets/b".into()])]);
        assert!(site.is_in_submodule("assets/b/春.png") && site.has_templates_elsewhere());
        assert!(!site.is_in_submodule("assets/b.png") && !Site::default().has_templates_elsewhere());
    }

    #[test]
    fn a_source_that_is_not_there() {
        for (source, expected) in [
            ("src", false),
            ("./src/", false),
            (".", false),
            ("", false),
            (".tmp/src", true),
            ("../src", true),
        ] {
            let config = Config { source: Some(source.to_owned()), ..Config::default() };
            assert_eq!(Site::new("/site/src".into(), config).is_source_elsewhere(), expected, "{source}");
        }
        assert!(!Site::new("/site".into(), Config::default()).is_source_elsewhere());
    }
}
