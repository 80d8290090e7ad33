//! What the client can do, as far as it changes our answers.

use serde_json::Value;
use tower_lsp::lsp_types::{
    ClientCapabilities, MarkupKind, PositionEncodingKind, ResourceOperationKind, Url,
};

use crate::text::PositionEncoding;

/// What of the client's abilities changes our answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// What columns count.
    pub encoding: PositionEncoding,
    /// It asks for diagnostics, so none are pushed.
    pub pull_diagnostics: bool,
    /// It can be told to ask again.
    pub refresh_diagnostics: bool,
    /// It shows other places beside a diagnostic.
    pub related_information: bool,
    /// The code of a diagnostic may lead to a page.
    pub code_descriptions: bool,
    /// The page that explains the rules, as `editors/rules.md` does: initialization option `rulesPage`.
    pub rules_page: Option<Url>,
    /// It can watch files for us.
    pub watch: bool,
    /// It shows progress.
    pub progress: bool,
    /// Symbols may have symbols in them.
    pub nested_symbols: bool,
    /// Hovers may be Markdown.
    pub hover_markdown: bool,
    /// The documentation of a completion may be Markdown.
    pub completion_markdown: bool,
    /// It asks for the documentation of a completion when it shows it.
    pub resolves_documentation: bool,
    /// It makes the edit of a completion as it stands. One that cannot tell inserting from replacing may take it for a word
    /// to be put before the cursor: Neovim 0.11 leaves what the edit replaces behind the cursor, and cuts the text at its
    /// first blank.
    pub whole_completions: bool,
    /// A list of completions may say once what many of its items would.
    pub completion_defaults: bool,
    /// It shows a few words beside every completion of a list, not only beside the one that is chosen.
    pub label_details: bool,
    /// A completion may be a snippet.
    pub snippets: bool,
    /// Code actions may be more than commands.
    pub code_actions: bool,
    /// A code action may say that it is the likely one.
    pub preferred_actions: bool,
    /// A workspace edit may name the version that it was made for.
    pub versioned_edits: bool,
    /// A workspace edit may say what of it is to be confirmed.
    pub annotations: bool,
    /// It asks what a rename would replace before it asks for the new name.
    pub prepares_renames: bool,
    /// Its user wants the counts of tags above their lines.
    pub code_lens: bool,
    /// It shows inlay hints, and its user has not turned ours off.
    pub inlay_hints: bool,
    /// It makes edits that we ask for.
    pub apply_edit: bool,
    /// Such an edit may make a file.
    pub create_files: bool,
    /// Such an edit may move a file.
    pub rename_files: bool,
    /// It shows a document that we name.
    pub show_document: bool,
    /// It wants to hear when a site is another: `experimental.mastheadSiteChanged`.
    pub site_changed: bool,
    /// It can be told to ask for inlay hints again.
    pub refresh_inlay_hints: bool,
}

impl Capabilities {
    /// A client that can do nothing beyond the protocol's first version.
    pub const NONE: Capabilities = Capabilities {
        encoding: PositionEncoding::Utf16,
        pull_diagnostics: false,
        refresh_diagnostics: false,
        related_information: false,
        code_descriptions: false,
        rules_page: None,
        watch: false,
        progress: false,
        nested_symbols: false,
        hover_markdown: false,
        completion_markdown: false,
        resolves_documentation: false,
        whole_completions: false,
        completion_defaults: false,
        label_details: false,
        snippets: false,
        code_actions: false,
        preferred_actions: false,
        versioned_edits: false,
        annotations: false,
        prepares_renames: false,
        code_lens: false,
        inlay_hints: false,
        apply_edit: false,
        create_files: false,
        rename_files: false,
        show_document: false,
        site_changed: false,
        refresh_inlay_hints: false,
    };

    /// Reads what a client says of itself.
    pub fn of(client: &ClientCapabilities) -> Self {
        let mut own = Capabilities::NONE;
        if let Some(encodings) =
            client.general.as_ref().and_then(|general| general.position_encodings.as_ref())
        {
            own.encoding = encodings.iter().find_map(encoding).unwrap_or_default();
        }
        if let Some(window) = &client.window {
            own.progress = window.work_done_progress == Some(true);
            own.show_document = window.show_document.as_ref().is_some_and(|show| show.support);
        }
        if let Some(workspace) = &client.workspace {
            let watch = workspace.did_change_watched_files.as_ref();
            own.watch = watch.is_some_and(|watch| watch.dynamic_registration == Some(true));
            let edit = workspace.workspace_edit.as_ref();
            own.versioned_edits = edit.is_some_and(|edit| edit.document_changes == Some(true));
            own.apply_edit = workspace.apply_edit == Some(true);
            let operations = edit.and_then(|edit| edit.resource_operations.as_ref());
            let can = |kind| own.apply_edit && operations.is_some_and(|all| all.contains(&kind));
            own.create_files = can(ResourceOperationKind::Create);
            own.rename_files = can(ResourceOperationKind::Rename);
            own.annotations = edit.is_some_and(|edit| edit.change_annotation_support.is_some());
            let diagnostic = workspace.diagnostic.as_ref();
            let hint = workspace.inlay_hint.as_ref();
            own.refresh_inlay_hints = hint.is_some_and(|hint| hint.refresh_support == Some(true));
            own.refresh_diagnostics = diagnostic.is_some_and(|pull| pull.refresh_support == Some(true));
        }
        let experimental = client.experimental.as_ref().and_then(|own| own.get("mastheadSiteChanged"));
        own.site_changed = experimental.and_then(Value::as_bool) == Some(true);
        let Some(document) = &client.text_document else { return own };
        // A client that cannot be told to ask again would show for good what was found before the site was read.
        own.pull_diagnostics = document.diagnostic.is_some() && own.refresh_diagnostics;
        let push = document.publish_diagnostics.as_ref();
        own.related_information = push.is_some_and(|push| push.related_information == Some(true));
        own.code_descriptions = push.is_some_and(|push| push.code_description_support == Some(true));
        let symbol = document.document_symbol.as_ref();
        own.nested_symbols =
            symbol.is_some_and(|symbol| symbol.hierarchical_document_symbol_support == Some(true));
        own.hover_markdown =
            takes_markdown(document.hover.as_ref().and_then(|hover| hover.content_format.as_ref()));
        let item = document.completion.as_ref().and_then(|completion| completion.completion_item.as_ref());
        own.completion_markdown = takes_markdown(item.and_then(|item| item.documentation_format.as_ref()));
        let resolves = item.and_then(|item| item.resolve_support.as_ref());
        own.resolves_documentation =
            resolves.is_some_and(|all| all.properties.iter().any(|property| property == "documentation"));
        own.whole_completions = item.is_some_and(|item| item.insert_replace_support == Some(true));
        let list = document.completion.as_ref().and_then(|completion| completion.completion_list.as_ref());
        let defaults = list.and_then(|list| list.item_defaults.as_deref()).unwrap_or_default();
        own.completion_defaults =
            ["editRange", "data"].iter().all(|name| defaults.iter().any(|has| has == name));
        own.label_details = item.is_some_and(|item| item.label_details_support == Some(true));
        own.snippets = item.is_some_and(|item| item.snippet_support == Some(true));
        own.inlay_hints = document.inlay_hint.is_some();
        let rename = document.rename.as_ref();
        own.prepares_renames = rename.is_some_and(|rename| rename.prepare_support == Some(true));
        if let Some(action) = &document.code_action {
            own.code_actions = action.code_action_literal_support.is_some();
            own.preferred_actions = action.is_preferred_support == Some(true);
        }
        own
    }

    /// Takes the initialization options into account: `inlayHints: false` turns them off, `codeLens: true` turns them on,
    /// `rulesPage` is where the rules are explained.
    pub fn with_options(mut self, options: Option<&Value>) -> Self {
        let asked = |key| options.and_then(|options| options.get(key)).and_then(Value::as_bool);
        self.inlay_hints &= asked("inlayHints").unwrap_or(true);
        self.code_lens = asked("codeLens").unwrap_or(false);
        let page = options.and_then(|options| options.get("rulesPage")).and_then(Value::as_str);
        self.rules_page = page.and_then(|page| Url::parse(page).ok()).filter(|_| self.code_descriptions);
        self
    }
}

fn encoding(kind: &PositionEncodingKind) -> Option<PositionEncoding> {
    match kind.as_str() {
        "utf-8" => Some(PositionEncoding::Utf8),
        "utf-16" => Some(PositionEncoding::Utf16),
        "utf-32" => Some(PositionEncoding::Utf32),
        _ => None,
    }
}

/// Whether the formats, best first, allow Markdown. Without any the client takes plain text.
fn takes_markdown(formats: Option<&Vec<MarkupKind>>) -> bool {
    formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
}

/// Mends what `initialize` of lsp-types 0.94 misreads: the specification has `workspace.diagnostics`, the crate
/// `workspace.diagnostic`, and so does Helix.
pub fn mend(initialize: &mut Value) {
    let Some(workspace) = initialize.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut)
    else {
        return;
    };
    if let Some(diagnostics) = workspace.get("diagnostics").cloned() {
        workspace.entry("diagnostic").or_insert(diagnostics);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::lsp_types::InitializeParams;

    use super::*;

    fn of(mut params: Value) -> Capabilities {
        mend(&mut params);
        let params: InitializeParams = serde_json::from_value(params).unwrap();
        Capabilities::of(&params.capabilities)
    }

    #[test]
    fn nothing_said_is_the_protocol_s_default() {
        assert_eq!(of(json!({"capabilities": {}})), Capabilities::NONE);
        assert_eq!(Capabilities::NONE, Capabilities::default());
    }

    #[test]
    fn the_first_encoding_that_is_known_is_taken() {
        let encoding =
            |names: &[&str]| of(json!({"capabilities": {"general": {"positionEncodings": names}}})).encoding;
        assert_eq!(encoding(&["utf-7", "utf-32", "utf-8"]), PositionEncoding::Utf32);
        assert_eq!(encoding(&["utf-8", "utf-16"]), PositionEncoding::Utf8);
        assert_eq!(encoding(&[]), PositionEncoding::Utf16);
    }

    #[test]
    fn both_spellings_of_the_refresh_are_read() {
        for name in ["diagnostic", "diagnostics"] {
            let client = of(json!({"capabilities": {"workspace": {name: {"refreshSupport": true}}}}));
            assert!(client.refresh_diagnostics, "{name}");
        }
    }
}
