//! The images, sounds and films that a post names and its site does not have.

use super::is_rendered;
use crate::limits::MAX_LINKS;
use crate::post::links::{distinct, is_external, is_media};
use crate::post::{Link, LinkKind};
use crate::rules::Input;
use crate::site::files::is_watched;

/// Whether a name can stand in an address as it is.
pub(super) fn is_plain(name: &str) -> bool {
    !name.contains(|c: char| c.is_whitespace() || c.is_control() || "%()<>\"'#?\\".contains(c))
}

/// The links to images, sounds and films that are surely not there, with the paths that they name. Sure is one from
/// the site's root whose folder has such files: others may be made by a plugin or be put there by a script.
pub(super) fn absent(input: &Input<'_>) -> impl Iterator<Item = (Link, String)> {
    let text = &*input.post.text;
    let links = if is_rendered(input) { input.post.links() } else { Vec::new() };
    let media = links.into_iter().filter(|link| {
        let written = link.target.of(text);
        let rooted = written.starts_with('/') || link.from_root;
        let kind = matches!(link.kind, LinkKind::Embed | LinkKind::Url | LinkKind::Field);
        kind && rooted && is_media(written) && !is_external(written)
    });
    let followed = distinct(media).take(MAX_LINKS);
    let missing = followed.filter(move |link| input.target(link).is_none());
    missing.filter_map(|link| Some((link, path_of(input, &link)?))).filter(|(_, path)| is_sure(input, path))
}

fn path_of(input: &Input<'_>, link: &Link) -> Option<String> {
    let written = link.target.of(&input.post.text);
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    let base = input.site.config().baseurl.trim_end_matches('/');
    let below = decoded.strip_prefix(base).filter(|rest| !link.from_root && rest.starts_with('/'));
    let path = below.unwrap_or(&decoded).trim_start_matches('/');
    crate::site::paths::join("", path)
}

fn is_sure(input: &Input<'_>, path: &str) -> bool {
    let Some((folder, _)) = path.rsplit_once('/') else { return false };
    let prefix = format!("{folder}/");
    is_watched(path, input.site.config())
        && input
            .site
            .files_from(&prefix)
            .any(|(path, _)| is_media(path) && !path[prefix.len()..].contains('/'))
}

/// The file in the same folder whose name differs in case only.
pub(super) fn same_but_case(input: &Input<'_>, path: &str) -> Option<String> {
    input.site.file_of_other_case(path).map(|file| file.to_string())
}
