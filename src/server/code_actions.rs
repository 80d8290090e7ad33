//! `textDocument/codeAction`: the mends of what is wrong, and what an author can do with the post as a whole.

use serde_json::json;
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
};

use super::commands::{self, PROMOTE_DRAFT, REMOVE_TERM, RENAME_FILE, RENAME_TERM};
use super::convert::{self, Places, SitePlaces};
use super::moment::Moment;
use super::state::State;
use crate::features::commands::{new_post, promote, redirect, rename_file};
use crate::features::{self, Snapshot};
use crate::post::Post;
use crate::rules;
use crate::site::scan;
use crate::text::{Span, TextEdit};

/// What to do with the post as a whole. Editors that show actions unasked leave `source` out.
pub(super) const WHOLE_POST: CodeActionKind = CodeActionKind::new("source.masthead");

/// The actions for a range of a document.
pub(super) fn code_actions(state: &State, moment: &Moment, params: &CodeActionParams) -> CodeActionResponse {
    let only = params.context.only.as_ref();
    let wants =
        |kind: CodeActionKind| only.is_none_or(|only| only.iter().any(|asked| takes_in(asked, &kind)));
    let Moment { document, snapshot } = moment;
    let places = Places::new(moment, state.capabilities());
    let range = places.span(params.range);
    let mut actions: Vec<CodeAction> = Vec::new();
    let (quick, all) = (wants(CodeActionKind::QUICKFIX), wants(convert::FIX_ALL));
    if quick || all {
        let mendable = features::code_action::mendable(snapshot, range);
        if quick {
            actions.extend(mendable.iter().filter_map(|found| places.quick_fix(found, document)));
            actions.extend(site_fixes(state, moment, &mendable));
            let texts = state.texts(moment);
            let whole = |path: &str| texts.whole(path);
            let elsewhere = features::code_action::mendable_in_site(snapshot, &whole, range);
            actions.extend(elsewhere.iter().filter_map(|found| places.quick_fix(found, document)));
        }
        // Beside the fixes of one line it is worth its place where it does more than one of them.
        if all
            && (only.is_some() || !actions.is_empty())
            && let Some((edits, count)) = features::code_action::fix_all(snapshot)
            && (only.is_some() || count > 1)
        {
            actions.push(places.fix_all(&edits, document));
        }
    }
    if quick
        && state.capabilities().rename_files
        && let Some(name) = rename_file::of_front_matter(snapshot)
    {
        let found = features::code_action::about_name(snapshot, range);
        if !found.is_empty() {
            actions.push(CodeAction {
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(found.iter().map(|found| places.diagnostic(found)).collect()),
                ..rename(moment, format!("Rename this file to `{name}`"), &name)
            });
        }
    }
    if quick && new_post::is_blank(snapshot) {
        actions.push(front_matter(state, moment, &places));
    }
    if wants(CodeActionKind::REFACTOR_REWRITE) && state.capabilities().apply_edit {
        actions.extend(remove_term(moment, range.start));
    }
    if wants(WHOLE_POST) && state.capabilities().rename_files && promote::is_ready(snapshot, range.start) {
        actions.push(publish(moment));
    }
    let at_front_matter = range.start <= snapshot.post.front_matter.fence.body_start;
    if wants(WHOLE_POST) && at_front_matter {
        if state.capabilities().rename_files {
            actions.extend(rename_file::of_front_matter(snapshot).map(|name| {
                rename(moment, format!("Rename this file to `{name}`, as its front matter says"), &name)
            }));
        }
        actions.extend(redirect_edit(snapshot).map(|edit| CodeAction {
            title: "Lead readers on from the URL that this post had".to_owned(),
            kind: Some(WHOLE_POST),
            edit: Some(places.workspace_edit(&[edit], document.version)),
            ..CodeAction::default()
        }));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Another name for the file.
fn rename(moment: &Moment, title: String, name: &str) -> CodeAction {
    let argument = json!({"uri": moment.document.uri, "name": name, "show": true});
    CodeAction {
        title: title.clone(),
        kind: Some(WHOLE_POST),
        command: Some(Command { title, command: RENAME_FILE.to_owned(), arguments: Some(vec![argument]) }),
        ..CodeAction::default()
    }
}

/// The term under the cursor out of every post.
fn remove_term(moment: &Moment, offset: usize) -> Option<CodeAction> {
    let (term, count) = features::terms::removable(&moment.snapshot, offset)?;
    let noun = features::terms::noun(term.kind);
    let title = format!("Remove the {noun} `{}` from all {count} posts", term.name);
    let argument = json!({"uri": moment.document.uri, noun: term.name});
    Some(CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::REFACTOR_REWRITE),
        command: Some(Command { title, command: REMOVE_TERM.to_owned(), arguments: Some(vec![argument]) }),
        ..CodeAction::default()
    })
}

/// The redirect from the URL that the post has on disk, where the text in the editor gives it another one.
fn redirect_edit(snapshot: &Snapshot) -> Option<TextEdit> {
    let site = &snapshot.site;
    if !redirect::is_used(site) || site.root().as_os_str().is_empty() {
        return None;
    }
    let before = Post::parse_values(scan::read(site.root(), &snapshot.path).ok()?);
    let now = (&*snapshot.post, &*snapshot.path);
    redirect::from_before(site, &snapshot.clock, (&before, &snapshot.path), now)
}

/// The usual front matter for a file that has nothing yet: the new post of an editor that cannot ask for a title.
fn front_matter(state: &State, moment: &Moment, places: &Places<'_>) -> CodeAction {
    let snapshot = &moment.snapshot;
    let habits = commands::habits_of(state, &snapshot.site, &snapshot.path);
    let text = new_post::front_matter_of(snapshot, &habits);
    let all = Span::new(0, snapshot.post.text.len());
    CodeAction {
        title: "Write the front matter that posts of this site have".to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        edit: Some(places.workspace_edit(&[TextEdit::replace(all, text)], moment.document.version)),
        ..CodeAction::default()
    }
}

fn publish(moment: &Moment) -> CodeAction {
    let title = "Publish this draft".to_owned();
    let argument = json!({"uri": moment.document.uri, "show": true});
    CodeAction {
        title: title.clone(),
        kind: Some(WHOLE_POST),
        command: Some(Command { title, command: PROMOTE_DRAFT.to_owned(), arguments: Some(vec![argument]) }),
        ..CodeAction::default()
    }
}

/// The mends of findings that go through the whole site.
fn site_fixes(state: &State, moment: &Moment, found: &[rules::Diagnostic]) -> Vec<CodeAction> {
    if !found.iter().any(features::terms::is_mergeable) {
        return Vec::new();
    }
    let texts = state.texts(moment);
    if !texts.is_whole() {
        return Vec::new();
    }
    let places = Places::new(moment, state.capabilities());
    let site = SitePlaces::new(&texts, state.capabilities());
    let each = found.iter().filter_map(|found| {
        let merge = features::terms::merge(&moment.snapshot, &|path| texts.text(path), found);
        let merge = merge.map(|(title, edit)| places.site_fix(found, title, site.edit(&edit)));
        merge.or_else(|| large_merge(state, moment, found, &places))
    });
    each.collect()
}

/// A merge of so many posts that they are read only once it is chosen.
fn large_merge(
    state: &State,
    moment: &Moment,
    found: &rules::Diagnostic,
    places: &Places<'_>,
) -> Option<CodeAction> {
    let merge = features::terms::large_merge(&moment.snapshot, found)?;
    let noun = features::terms::noun(merge.kind);
    let argument = json!({"uri": moment.document.uri, noun: merge.old, "name": merge.new});
    let (command, arguments) = (RENAME_TERM.to_owned(), Some(vec![argument]));
    state.capabilities().apply_edit.then(|| CodeAction {
        title: merge.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![places.diagnostic(found)]),
        command: Some(Command { title: merge.title, command, arguments }),
        ..CodeAction::default()
    })
}

/// Whether a kind of code actions that is asked for takes in another: `source` takes in `source.fixAll`.
fn takes_in(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(asked.as_str());
    asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
