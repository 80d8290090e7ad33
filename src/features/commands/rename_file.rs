//! Another name for a file: where it goes, and the name that says the same as the post's front matter.

use crate::features::Snapshot;
use crate::jekyll::reading;
use crate::post::name::{PostName, base_name, extension};
use crate::rules::dates::name_day;
use crate::rules::publishing::{bad_file_name, name_date};
use crate::rules::{self, Diagnostic};
use crate::site::FileKind;

/// The path that a file at `path` gets by a new name. A bare name stays in its folder, keeps the extension where it has
/// none and, of a post, the date; one with a `/` is a path from the site's source. `taken` tells of a path whether there
/// is such a file.
///
/// # Errors
/// A name that cannot be, in a sentence for an author.
pub fn target(path: &str, name: &str, taken: impl Fn(&str) -> bool) -> Result<String, String> {
    let name = name.trim();
    let base = base_name(name);
    let odd = |c: char| c.is_control() || c == '\\';
    if base.is_empty() || name.contains(odd) || name.split('/').any(|part| matches!(part, "." | "..")) {
        return Err("Give a name such as `kyoto` or `kyoto.md`, or a path from the site's folder.".to_owned());
    }
    let folder = match name.strip_suffix(base) {
        Some("") | None => path.strip_suffix(base_name(path)).unwrap_or_default(),
        Some(folder) => folder.trim_start_matches('/'),
    };
    let own = extension(path);
    let ending =
        if extension(base).eq_ignore_ascii_case(own) || has_known_extension(base) { "" } else { own };
    let whole = format!("{base}{ending}");
    let dated = match PostName::parse(path) {
        Some(old) if PostName::parse(&whole).is_none() && !name.contains('/') => {
            format!("{}-{whole}", old.date)
        }
        _ => whole,
    };
    let to = format!("{folder}{dated}");
    if to == path {
        return Err("The file has this name already.".to_owned());
    }
    if taken(&to) {
        return Err(format!("There is a file of this name already: {to}. Give another name."));
    }
    Ok(to)
}

fn has_known_extension(name: &str) -> bool {
    let known = ["md", "markdown", "mkd", "html", "htm", "txt", "yml", "yaml", "json"];
    crate::post::links::has_extension(name, &known) || crate::post::links::is_media(name)
}

/// The findings at which another name for the file is a mend.
pub fn is_about_name(found: &Diagnostic) -> bool {
    [name_day::RULE.code, name_date::RULE.code, bad_file_name::RULE.code].contains(&found.code)
}

/// The name that the file of the open post would have by its `date` and its `slug`, or that makes it one of a post,
/// without its folder. None where it has it, or nothing says one.
pub fn of_front_matter(snapshot: &Snapshot) -> Option<String> {
    if snapshot.kind == FileKind::BadPostName {
        let Snapshot { post, path, kind, site, clock } = snapshot;
        let reading = &rules::read(post, path, kind, site, clock);
        return bad_file_name::meant_name(&rules::Input {
            post,
            path,
            kind,
            site,
            clock,
            reading,
            leads: &rules::Leads::default(),
        });
    }
    if snapshot.kind != FileKind::Post {
        return None;
    }
    let name = PostName::parse(&snapshot.path)?;
    let reading = reading::read(&snapshot.post, &snapshot.path, snapshot.site.config(), &snapshot.clock);
    if reading.healthy.is_some() {
        return None;
    }
    let written = |key: &str| reading.data.entry(key).is_some_and(|entry| entry.origin.is_file());
    // A day that is none is what Jekyll takes it for.
    let none = name_date::day(&name).is_none();
    let day =
        reading.date.filter(|_| written("date") || none).map(|date| snapshot.zone().to_datetime(date).date());
    let day = day.map_or_else(|| name.date.to_owned(), |day| day.to_string());
    let same_day = normal(name.date) == normal(&day);
    let date = if same_day { name.date } else { &day };
    let slug = reading.slug.as_deref().filter(|slug| written("slug") && is_name(slug)).unwrap_or(name.slug);
    let wanted = format!("{date}-{slug}{}", name.extension);
    (wanted != base_name(&snapshot.path)).then_some(wanted)
}

/// A date without the zeros that a name need not have.
fn normal(date: &str) -> String {
    date.split('-').map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("-")
}

fn is_name(slug: &str) -> bool {
    !slug.is_empty()
        && !slug.starts_with('.')
        && !slug.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::fixture;

    #[test]
    fn names_and_paths() {
        let taken = |path: &str| path == "_posts/2024-01-02-b.md";
        for (name, expected) in [
            ("kyoto", Ok("_posts/2024-01-02-kyoto.md")),
            ("京都.markdown", Ok("_posts/2024-01-02-京都.markdown")),
            ("v1.2", Ok("_posts/2024-01-02-v1.2.md")),
            ("2024-03-04-x", Ok("_posts/2024-03-04-x.md")),
            ("en/_posts/2024-03-04-x.md", Ok("en/_posts/2024-03-04-x.md")),
            ("/about.md", Ok("about.md")),
            ("b", Err(())),
            ("a", Err(())),
            ("../x", Err(())),
            ("", Err(())),
            ("x/", Err(())),
        ] {
            let found = target("_posts/2024-01-02-a.md", name, taken);
            assert_eq!(found.as_deref().map_err(|_| ()), expected, "{name}");
        }
        assert_eq!(target("assets/図 1.png", "図 2", taken).as_deref(), Ok("assets/図 2.png"));
    }

    #[test]
    fn what_the_front_matter_says() {
        for (path, front_matter, expected) in [
            ("_posts/2024-01-02-a.md", "date: 2024-01-03 08:00:00 +0900", Some("2024-01-03-a.md")),
            ("_posts/2024-01-02-a.md", "date: 2024-01-01 23:30:00 +0000", None),
            ("_posts/2024-1-2-a.md", "date: 2024-01-02", None),
            ("_posts/2024-01-02-a.md", "slug: 京都", Some("2024-01-02-京都.md")),
            ("_posts/2024-01-02-a.md", "slug: a/b", None),
            ("_posts/2024-01-02-a.md", "title: x", None),
            ("_posts/2024-01-02-a.md", "date: [", None),
            ("_drafts/a.md", "date: 2024-01-03", None),
            ("_posts/2024-02-30-a.md", "title: x", Some("2024-03-01-a.md")),
            ("_posts/2024-01-02_a.md", "title: x", Some("2024-01-02-a.md")),
            ("_posts/京都.md", "date: 2024-01-03", Some("2024-01-03-京都.md")),
            ("_posts/京都.md", "title: x", None),
            ("_drafts/京都", "title: x", Some("京都.md")),
        ] {
            let (snapshot, _) = fixture(&format!("//- /{path}\n---\n{front_matter}$0\n---\n"));
            assert_eq!(of_front_matter(&snapshot).as_deref(), expected, "{path} {front_matter}");
        }
    }
}
