//! Where a site lies: the folder of its configuration, and the source folder that `source` names in it, which mostly is
//! the same.

use std::path::{Component, Path, PathBuf};

use super::read::read_top;
use super::walk::is_inside;
use crate::jekyll::Config;
use crate::jekyll::config::ConfigError;
use crate::site::pages::GEMFILES;
use crate::site::paths::{CONFIGS, root_above};
use crate::site::settings;

/// The source folder of the site that a document belongs to: that of the nearest configuration above it, else the folder
/// that holds its `_posts` or `_drafts`. The document may lie beside it: see [`governing`].
pub fn find_root(document: &Path) -> Option<PathBuf> {
    let folder = root_above(document, has_config)?;
    Some(source(&folder, &config(&folder).0))
}

/// The source folder of a site: what `source` names, where there is such a folder below that of the configuration. A site
/// does not lead us out of it.
pub fn source(folder: &Path, config: &Config) -> PathBuf {
    let Some(named) = config.source.as_deref() else { return folder.to_owned() };
    let parts: Vec<Component<'_>> =
        Path::new(named).components().filter(|part| *part != Component::CurDir).collect();
    if parts.is_empty() || !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
        return folder.to_owned();
    }
    let source = parts.iter().fold(folder.to_owned(), |folder, part| folder.join(part));
    if source.is_dir() && is_inside(folder, &source) { source } else { folder.to_owned() }
}

/// The folder of the configuration and of `masthead.toml` of the site with this source folder.
pub fn home(source_folder: &Path) -> PathBuf {
    let own = || source_folder.to_owned();
    if has_config(source_folder) {
        return own();
    }
    let Some(above) = source_folder.ancestors().skip(1).find(|folder| has_config(folder)) else {
        return own();
    };
    if source(above, &config(above).0) == source_folder { above.to_owned() } else { own() }
}

/// Which of the files beside a source folder that say something of the site a file is.
pub fn governing(source_folder: &Path, file: &Path) -> Option<&'static str> {
    let names = CONFIGS.iter().copied().chain([settings::FILE]).chain(GEMFILES);
    let name = names.into_iter().find(|name| file.file_name().is_some_and(|own| own == *name))?;
    file.parent().is_some_and(|folder| folder == home(source_folder)).then_some(name)
}

/// The folder from which a path of a site is read: the source, but for the files that say something of the site and lie
/// beside it ([`governing`]).
pub fn folder_of(source_folder: &Path, path: &str) -> PathBuf {
    let governs = CONFIGS.contains(&path) || path == settings::FILE;
    if governs && !source_folder.join(path).exists() { home(source_folder) } else { source_folder.to_owned() }
}

/// The configuration of the site at a folder: Jekyll's defaults where there is none.
///
/// # Errors
/// A file that cannot be read or does not load: the second part says why; the first is what its healthy lines say,
/// to go on with.
pub fn config(root: &Path) -> (Config, Option<ConfigError>) {
    let (folder, name) = (home(root), config_name(root));
    if !folder.join(name).exists() {
        return (Config::default(), None);
    }
    match read_top(&folder, name) {
        Ok(text) => match Config::parse(&text) {
            Ok(config) => (config, None),
            Err(error) => (Config::of_healthy_lines(&[&text]), Some(error)),
        },
        Err(unread) => {
            let error = ConfigError { message: unread.to_string(), offset: 0, stops: true };
            (Config::default(), Some(error))
        }
    }
}

/// The file of a site's configuration: the first of the names that is there, else where it would be.
pub fn config_file(root: &Path) -> PathBuf {
    home(root).join(config_name(root))
}

/// The name of that file.
pub fn config_name(root: &Path) -> &'static str {
    let folder = home(root);
    CONFIGS.iter().copied().find(|name| folder.join(name).exists()).unwrap_or("_config.yml")
}

fn has_config(folder: &Path) -> bool {
    CONFIGS.iter().any(|name| folder.join(name).is_file())
}
