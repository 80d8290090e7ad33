//! A whole site, read for a list of what is in it.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::jekyll::Clock;
use crate::site::{Growing, Site, paths, scan};

/// The site in a folder, or in this one, and the zone in which its days count. A `_config.yml` that does not load is told on
/// stderr, and costs its own lines only.
///
/// # Errors
/// No folder, or none of a site: in words for the user.
pub(super) fn read(folder: Option<&Path>) -> Result<(Site, TimeZone), String> {
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let what = if folder.exists() { "is a file" } else { "does not exist" };
        let advice = "Give the folder that holds the site's _config.yml.";
        return Err(format!("{} {what}. {advice}", folder.display()));
    }
    let (config, error) = scan::config(folder);
    if let Some(error) = error {
        eprintln!("masthead: The site's _config.yml cannot be used. {}", error.message);
    }
    let root = scan::source(folder, &config);
    let clock = Clock { now: Timestamp::now(), zone: TimeZone::system() };
    let site = Site::new(root.clone(), config);
    let config = site.config().clone();
    let mut growing = Growing::new(site);
    scan::scan(&root, &config, &clock, |step| growing.take(step.changes));
    let site = growing.into_site();
    let has_config = paths::CONFIGS.iter().any(|name| folder.join(name).is_file());
    if site.post_count() == 0 && !has_config {
        return Err(format!(
            "{} is no Jekyll site: it has neither a _config.yml nor a _posts folder. Give the site's folder.",
            folder.display()
        ));
    }
    Ok((site, config.site_clock(&clock).zone))
}
