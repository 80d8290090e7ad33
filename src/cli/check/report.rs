//! The report for people: as a compiler's.

use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::place::{Places, SourceLine};
use super::read::{Checked, Findings};
use crate::rules::{Diagnostic, Fix, Severity};
use crate::site::paths::is_config;
use crate::text::edit::apply;

/// How many mended lines of one fix are shown.
const SHOWN_LINES: usize = 3;

/// Writes every finding and the summary.
pub(super) fn write(out: &mut impl Write, checked: &Findings) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let current = std::env::current_dir().ok().and_then(|path| path.canonicalize().ok());
    for file in checked.files.iter().filter(|file| !file.findings.is_empty()) {
        let places = Places::new(&file.text);
        let whole = file.file();
        let name = current.as_deref().and_then(|current| whole.strip_prefix(current).ok());
        let name = name.unwrap_or(&whole);
        for finding in &file.findings {
            writeln!(out, "{}\n", renderer.render(&groups(name, file, &places, finding)))?;
        }
    }
    writeln!(out, "{}", summary(checked))
}

fn groups<'a>(
    name: &Path,
    file: &'a Checked,
    places: &Places<'a>,
    finding: &'a Diagnostic,
) -> Vec<Group<'a>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::HELP,
    };
    let title = level.primary_title(&*finding.message).id(finding.code);
    let mut groups = vec![title.element(snippet(places.line(finding.span), name))];
    for related in &finding.related {
        let title = Level::NOTE.secondary_title(&*related.message);
        groups.push(match &related.path {
            Some(path) => title.element(Origin::path(&**path)),
            None => title.element(snippet(places.line(related.span), name)),
        });
    }
    if let Some(fix) = &finding.fix {
        groups.push(mended(&file.text, fix));
    }
    groups
}

fn snippet<'a>(line: SourceLine<'a>, name: &Path) -> Snippet<'a, Annotation<'a>> {
    let mark = AnnotationKind::Primary.span(line.span.start..line.span.end);
    Snippet::source(line.text).line_start(line.number).path(name.display().to_string()).annotation(mark)
}

/// The lines that a fix changes, as they are after it.
fn mended<'a>(text: &str, fix: &'a Fix) -> Group<'a> {
    let after = apply(text, &fix.edits);
    let (first, lines) = changed(text, &after);
    let title = Level::HELP.with_name("fix").secondary_title(&*fix.title);
    let shown: Vec<&str> = lines.iter().take(SHOWN_LINES).map(|line| line.trim_end_matches('\r')).collect();
    if shown.is_empty() {
        return Group::with_title(title);
    }
    // Nothing in it is marked, and nothing of it is folded away.
    let snippet: Snippet<'_, Annotation<'_>> =
        Snippet::source(shown.join("\n")).line_start(first + 1).fold(false);
    title.element(snippet)
}

/// The lines of `after` between the first and the last that differ from `before`, and the index of the first.
fn changed<'n>(before: &str, after: &'n str) -> (usize, Vec<&'n str>) {
    let is_end = |c: char| c == '\n';
    let before: Vec<&str> = before.trim_start_matches('\u{feff}').split(is_end).collect();
    let after: Vec<&str> = after.trim_start_matches('\u{feff}').split(is_end).collect();
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - same;
    let tail = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    (same, after.into_iter().skip(same).rev().skip(tail).rev().collect())
}

/// `3 errors and 1 warning in 2 of 18 posts`
fn summary(checked: &Findings) -> String {
    let Findings { files, clean_posts, clean_files } = checked;
    let is_news = |file: &&Checked| !file.findings.is_empty() || !is_config(Path::new(&*file.path));
    let files: Vec<&Checked> = files.iter().filter(is_news).collect();
    let only_posts = *clean_files == 0 && files.iter().all(|file| file.is_post);
    let all = counted(files.len() + clean_posts + clean_files, if only_posts { "post" } else { "file" });
    let with = files.iter().filter(|file| !file.findings.is_empty()).count();
    let severities: Vec<Severity> =
        files.iter().flat_map(|file| &file.findings).map(|finding| finding.severity).collect();
    let count = |severity| severities.iter().filter(|other| **other == severity).count();
    let counts = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Information), "remark"),
        (count(Severity::Hint), "hint"),
    ];
    let parts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    match parts.as_slice() {
        [] => format!("No problem in {all}"),
        [one] => format!("{one} in {with} of {all}"),
        [first @ .., last] => format!("{} and {last} in {with} of {all}", first.join(", ")),
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
