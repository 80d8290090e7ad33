//! The images, sounds, films and downloads that a file names and its site does not have.

use super::is_rendered;
use super::missing_scheme::is_elsewhere;
use crate::limits::MAX_LINKS;
use crate::post::links::{MEDIA, distinct, has_extension, is_external};
use crate::post::{Link, LinkKind};
use crate::rules::Input;
use crate::site::Site;
use crate::site::files::{COPIED, is_watched};
use crate::site::paths::join;
use crate::site::targets::folder_of;

/// A link to a file that is surely not there.
#[derive(Debug)]
pub(in crate::rules) struct Absent {
    pub(super) link: Link,
    /// The path that it names, relative to the source, without escapes.
    pub(super) path: String,
    /// Whether the path is the one from where the file lies, and browsers, who count from its page, look for another one.
    pub(super) by_file: bool,
    /// Where no folder of the site is named: the URL at which browsers look for the file from the page, without escapes.
    pub(super) sought: Option<String>,
}

/// Whether a name can stand in an address as it is.
pub(super) fn is_plain(name: &str) -> bool {
    !name.contains(|c: char| c.is_whitespace() || c.is_control() || "%()<>\"'#?\\".contains(c))
}

/// The extensions of the files that are of one kind with that of a path; none of one that Jekyll does more with than to copy it.
pub(super) fn alike(path: &str) -> Option<&'static [&'static str]> {
    [MEDIA, COPIED].into_iter().find(|kind| has_extension(path, kind))
}

/// The links to images, sounds, films and downloads that are surely not there. Others may be made by a plugin or be put
/// there by a script.
pub(in crate::rules) fn absent(input: &Input<'_>) -> impl Iterator<Item = Absent> {
    let text = &*input.post.text;
    let links = if is_rendered(input) { input.post.links() } else { Vec::new() };
    let copied = links.into_iter().filter(|link| {
        let written = link.target.of(text);
        let kind = matches!(link.kind, LinkKind::Embed | LinkKind::Url | LinkKind::Field);
        kind && alike(written).is_some() && !is_external(written)
    });
    let followed = distinct(copied).take(MAX_LINKS);
    followed.filter_map(|link| named_by(input, &link))
}

/// What a link to an image, a sound, a film or a download names that is surely not there.
pub(super) fn named_by(input: &Input<'_>, link: &Link) -> Option<Absent> {
    let is_missing = alike(link.target.of(&input.post.text)).is_some() && input.target(link).is_none();
    if is_missing { of_root(input, link).or_else(|| relative(input, link)) } else { None }
}

/// One from the site's root, to a folder that has such files.
fn of_root(input: &Input<'_>, link: &Link) -> Option<Absent> {
    let decoded = decoded(input, link)?;
    if !decoded.starts_with('/') && !link.from_root {
        return None;
    }
    let base = input.site.config().baseurl.trim_end_matches('/');
    let below = decoded.strip_prefix(base).filter(|rest| !link.from_root && rest.starts_with('/'));
    let path = join("", below.unwrap_or(&decoded).trim_start_matches('/'))?;
    is_sure(input, &path).then_some(Absent { link: *link, path, by_file: false, sought: None })
}

/// One that counts from the page to a browser, and from the file to an editor and to GitHub. What a theme makes of such a value in
/// the front matter nobody knows.
fn relative(input: &Input<'_>, link: &Link) -> Option<Absent> {
    let site = input.site;
    let decoded = decoded(input, link)?;
    let is_relative = !decoded.starts_with('/') && !link.from_root && link.kind != LinkKind::Field;
    if !is_relative || !is_path(&decoded) || site.templates().move_addresses() {
        return None;
    }
    let by_file = join(folder_of(input.path), &decoded);
    let sought = site.beside_page(input.path, &decoded);
    let by_page = sought.as_ref().map(|url| url.trim_start_matches('/').to_owned());
    let named: Vec<&String> = [&by_page, &by_file].into_iter().flatten().collect();
    if let Some(path) = named.iter().copied().find(|path| is_sure(input, path)) {
        let by_file = by_page.as_ref() != Some(path);
        return Some(Absent { link: *link, path: path.clone(), by_file, sought: None });
    }
    let is_sure = site.has_known_plugins() && !named.iter().any(|path| may_be_put_there(site, path));
    is_sure.then_some(Absent { link: *link, path: by_page?, by_file: false, sought })
}

/// Whether a relative address is surely meant as a path: not one of the web without its scheme, no placeholder, no path of Windows.
pub(super) fn is_path(address: &str) -> bool {
    !is_elsewhere(address) && !address.contains(['\\', '<', '>', '$', '&', '{', '}'])
}

/// Whether something else than Jekyll may put a file at a path, from the source or from the root of the site.
pub(super) fn may_be_put_there(site: &Site, path: &str) -> bool {
    let mut kept = site.config().keep_files.iter();
    site.is_in_submodule(path) || kept.any(|folder| path.starts_with(folder.trim_start_matches('/')))
}

fn decoded(input: &Input<'_>, link: &Link) -> Option<String> {
    let written = link.target.of(&input.post.text);
    Some(percent_encoding::percent_decode_str(written).decode_utf8().ok()?.into_owned())
}

fn is_sure(input: &Input<'_>, path: &str) -> bool {
    let (Some((folder, _)), Some(kind)) = (path.rsplit_once('/'), alike(path)) else { return false };
    let prefix = format!("{folder}/");
    let mut beside = input.site.files_from(&prefix);
    is_watched(path, input.site.config())
        && (beside.any(|(path, _)| has_extension(path, kind) && !path[prefix.len()..].contains('/'))
            || same_but_case(input, path).is_some())
}

/// The file whose path differs in case only.
pub(super) fn same_but_case(input: &Input<'_>, path: &str) -> Option<String> {
    input.site.file_of_other_case(path).map(|file| file.to_string())
}
