//! What the plugins of a site may do to its links and files, as far as its `Gemfile`, `_config.yml` and `_plugins` tell.

use std::sync::Arc;

use super::pages::is_asked_for;
use super::{FileKind, Site};

/// The plugins, in order, of which it is known that they make no images and leave the addresses in a text alone, beside themes. That
/// jekyll-relative-links turns some of them into others is looked at where it counts. Source: their READMEs.
const KNOWN: &[&str] = &[
    "github-pages",
    "github-pages-health-check",
    "jekyll",
    "jekyll-admin",
    "jekyll-algolia",
    "jekyll-archives",
    "jekyll-avatar",
    "jekyll-coffeescript",
    "jekyll-commonmark",
    "jekyll-commonmark-ghpages",
    "jekyll-compose",
    "jekyll-data",
    "jekyll-default-layout",
    "jekyll-feed",
    "jekyll-gist",
    "jekyll-github-metadata",
    "jekyll-include-cache",
    "jekyll-last-modified-at",
    "jekyll-mentions",
    "jekyll-optional-front-matter",
    "jekyll-paginate",
    "jekyll-paginate-v2",
    "jekyll-readme-index",
    "jekyll-redirect-from",
    "jekyll-relative-links",
    "jekyll-remote-theme",
    "jekyll-sass-converter",
    "jekyll-scholar",
    "jekyll-seo-tag",
    "jekyll-sitemap",
    "jekyll-swiss",
    "jekyll-tagging",
    "jekyll-target-blank",
    "jekyll-titles-from-headings",
    "jekyll-toc",
    "jekyll-watch",
    "jemoji",
    "minimal-mistakes-jekyll",
];

/// What the Gemfiles and the folder `_plugins` say. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gems {
    /// Whether they ask for a Jekyll, and none of them for GitHub Pages or a Jekyll 3.
    is_own_jekyll: bool,
    /// The gems for Jekyll that they name, and of which nothing is known.
    unknown: Arc<[Arc<str>]>,
    /// Whether one of the gems may turn the address of a file into that of its page.
    converts_links: bool,
    /// Whether there is a folder `_plugins`.
    has_own: bool,
}

impl Gems {
    /// Of a `Gemfile` and a `Gemfile.lock` with these texts; `has_own`: there is a folder `_plugins`.
    pub fn of<'t>(gemfiles: impl Iterator<Item = &'t str> + Clone, has_own: bool) -> Self {
        let lines = gemfiles.clone().flat_map(str::lines).map(|line| line.split('#').next().unwrap_or(line));
        let words = lines.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || "-_".contains(c))));
        let mut names: Vec<&str> = words.filter(|word| is_of_jekyll(word)).collect();
        names.sort_unstable();
        names.dedup();
        let is_own_jekyll = names.contains(&"jekyll") && !gemfiles.clone().any(is_asked_for);
        let converts_links = names.iter().any(|name| converts_links(name));
        let unknown = names.into_iter().filter(|name| !is_known(name)).map(Arc::from).collect();
        Gems { is_own_jekyll, unknown, converts_links, has_own }
    }
}

fn is_of_jekyll(gem: &str) -> bool {
    // The group of Bundler's in which Jekyll loads all gems.
    if gem == "jekyll_plugins" {
        return false;
    }
    ["jekyll", "octopress", "github-pages"].iter().any(|part| gem.contains(part)) || gem == "jemoji"
}

fn is_known(plugin: &str) -> bool {
    KNOWN.binary_search(&plugin).is_ok() || plugin.contains("theme")
}

/// Whether a plugin may turn the address of a file into that of its page.
fn converts_links(plugin: &str) -> bool {
    plugin.contains("links") || plugin == "jekyll-spaceship"
}

impl Site {
    /// Whether all of its plugins are such as make no files that a text can link to and leave the addresses in it alone; a
    /// plugin of its own may do anything.
    pub fn has_known_plugins(&self) -> bool {
        let mut named = self.config().plugins.iter();
        !self.gems().has_own
            && self.gems().unknown.iter().all(|gem| self.is_theme(gem))
            && named.all(|plugin| is_known(plugin) || self.is_theme(plugin))
    }

    fn is_theme(&self, gem: &str) -> bool {
        self.config().theme.as_deref() == Some(gem)
    }

    /// Whether nothing turns the address of a source file into that of its page, in files of a kind. jekyll-relative-links,
    /// which GitHub Pages has, does so in pages, and in documents where `_config.yml` asks for it. Source:
    /// jekyll-relative-links `generator.rb`.
    pub fn leaves_links(&self, kind: &FileKind) -> bool {
        let gems = self.gems();
        let converts = || gems.converts_links || self.config().plugins.iter().any(|it| converts_links(it));
        let everywhere = gems.is_own_jekyll && !gems.has_own && !converts();
        let is_document = matches!(kind, FileKind::Post | FileKind::Draft | FileKind::Collection(_));
        let in_documents = || self.has_known_plugins() && !self.config().links_in_collections;
        everywhere || (is_document && in_documents())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jekyll::Config;
    use crate::site::Change;

    fn site(gemfiles: &[&str], has_own: bool, config: &str) -> Site {
        let config = Config::parse(config).unwrap();
        let gems = Gems::of(gemfiles.iter().copied(), has_own);
        Site::new("/site".into(), config).apply([Change::Gems(gems)])
    }

    #[test]
    fn links_to_source_files() {
        for (gemfiles, config, in_pages, in_posts) in [
            (&["gem \"jekyll\", \"~> 4.3\""][..], "", true, true),
            (&["gem 'jekyll'", "    jekyll (4.3.1)\n    rouge (4.0)"], "", true, true),
            (&["gem 'jekyll'", "    jekyll-relative-links (0.6)"], "", false, true),
            (&["gem 'jekyll'"], "plugins: [jekyll-relative-links]", false, true),
            (&["gem 'jekyll-relative-links'"], "relative_links: {collections: true}", false, false),
            (&["gem 'jekyll'"], "plugins: [jekyll-spaceship]", false, false),
            (&["gem 'github-pages'"], "", false, true),
            (&["gem 'jekyll-feed'"], "", false, true),
            (&[], "", false, true),
        ] {
            let site = site(gemfiles, false, config);
            let found = [FileKind::Page, FileKind::Post].map(|kind| site.leaves_links(&kind));
            assert_eq!(found, [in_pages, in_posts], "{gemfiles:?} {config}");
        }
        assert!(!site(&["gem 'jekyll'"], true, "").leaves_links(&FileKind::Post));
    }

    #[test]
    fn plugins_of_which_all_is_known() {
        assert!(KNOWN.is_sorted());
        for (gemfile, config, expected) in [
            (
                "gem 'jekyll' # not jekyll-postfiles, see talk.jekyllrb.com\n# gem 'jekyll-postfiles'",
                "plugins: [jekyll-feed]",
                true,
            ),
            ("gem 'just-the-docs'\ngem 'jekyll-theme-chirpy', '~> 7'", "theme: just-the-docs", true),
            ("group :jekyll_plugins do\n  gem 'jekyll-feed', '~> 0.12'\nend", "", true),
            ("gem 'jekyll-postfiles'", "", false),
            ("gem 'jekyll_picture_tag'", "", false),
            ("", "plugins: [my-images]", false),
            ("", "theme: 京都の主題\nplugins: [京都の主題]", true),
        ] {
            assert_eq!(site(&[gemfile], false, config).has_known_plugins(), expected, "{gemfile} {config}");
        }
    }
}
