//! The protocol's methods, each in a line or two: reading this file is reading what the server does.
//!
//! tower-lsp calls these in the order of the wire, each up to its first await. So notifications have no await, and
//! requests take their document before theirs: [`Backend::answer`] does it for all. What is asked at every key,
//! [`Backend::completion`] and [`Backend::hover`], and what is answered from many files, [`Backend::references`] and
//! [`Backend::rename`], goes past tower-lsp and stands behind the others.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{LanguageServer, async_trait};

use super::capabilities::announced;
use super::client::Capabilities;
use super::convert::{self, Places, SitePlaces};
use super::documents::OpenDocument;
use super::findings;
use super::log::log_if_slow;
use super::moment::Moment;
use super::moves;
use super::notices::Notice;
use super::state::State;
use super::versions::{DocumentKey, DocumentVersion};
use super::{code_actions, commands, later, levels, site_changes, symbols, watch};
use crate::fault;
use crate::features::files::Texts;
use crate::features::{self, Snapshot};

/// The server as tower-lsp sees it.
#[derive(Debug)]
pub struct Backend {
    state: Arc<State>,
}

#[async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let options = params.initialization_options.as_ref();
        self.state.initialize(Capabilities::of(&params.capabilities).with_options(options));
        if let Some(levels) = options.and_then(levels::of) {
            self.state.set_levels(levels);
        }
        self.state.set_folders(folders(&params));
        Ok(InitializeResult {
            capabilities: announced(self.state.capabilities()),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").into(),
                version: Some(env!("CARGO_PKG_VERSION").into()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.state.capabilities().watch {
            tokio::spawn(watch::register(self.state.clone()));
        }
        if self.state.capabilities().site_changed {
            tokio::spawn(site_changes::run(Arc::downgrade(&self.state), self.state.touches()));
        }
        self.state.in_background(|state| state.open_folders());
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        log_if_slow("didOpen", || {
            let opened = params.text_document;
            let document =
                DocumentVersion::new(opened.uri, opened.version, &opened.language_id, &opened.text);
            let document = self.state.documents.open(OpenDocument::new(document));
            let key = document.key.clone();
            watch::edited(&self.state, &document);
            self.state.tell_at_pause(Notice::Opened(key.clone()));
            watch::look(&self.state, key);
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        log_if_slow("didChange", || {
            let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
            let (key, encoding) = (DocumentKey::new(&uri), self.state.capabilities().encoding);
            let changes = params.content_changes;
            let whole = changes.iter().any(|change| change.range.is_none());
            let edit = move |text: &mut _| convert::apply(text, &changes, encoding);
            match self.state.documents.edit(&key, version, whole, edit) {
                Some(document) => {
                    watch::edited(&self.state, &document);
                    self.state.tell_at_pause(Notice::Changed(key));
                }
                None => tracing::warn!("a change of {uri}, which is not open"),
            }
        });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        watch::look(&self.state, DocumentKey::new(&params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let key = DocumentKey::new(&params.text_document.uri);
        match self.state.documents.close(&key) {
            Some(closed) => {
                self.state.tell_at_pause(Notice::Gone(closed.uri.clone()));
                watch::closed(&self.state, key);
            }
            None => tracing::warn!("{} was closed, which is not open", params.text_document.uri),
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        log_if_slow("didChangeWatchedFiles", || watch::changed(&self.state, params.changes));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if let Some(levels) = levels::of(&params.settings) {
            self.state.set_levels(levels);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.state.set_folders(params.event.added.into_iter().map(|folder| folder.uri).collect());
        let removed: Vec<_> = params.event.removed.into_iter().map(|folder| folder.uri).collect();
        self.state.in_background(move |state| {
            state.close_folders(&removed);
            state.open_folders();
        });
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        Ok(later::resolve(&self.state, item))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(params.text_document, |snapshot, places, _| {
            places.symbols(&features::symbols::symbols(snapshot))
        })
        .await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let state = self.state.clone();
        let work = move || symbols::in_all_sites(&state, &params.query);
        Ok(Some(off_the_order(work, "workspace/symbol").await?))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let about = text_document.uri.to_string();
        let found = self.in_site(text_document, move |snapshot, offset, texts, whole, places| {
            let found = features::definition::definition(snapshot, texts, whole, offset(position))?;
            Some(GotoDefinitionResponse::Array(places.locations(&found)))
        });
        Ok(off_the_order(found, &about).await?.flatten())
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let found = self.answer(text_document, move |snapshot, places, _| {
            let spans = features::highlights::highlights(snapshot, places.offset(position))?;
            let of = |span| DocumentHighlight {
                range: places.range(span),
                kind: Some(DocumentHighlightKind::TEXT),
            };
            Some(spans.into_iter().map(of).collect())
        });
        Ok(found.await?.flatten())
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let (position, state) = (params.position, self.state.clone());
        let found = self.moment(params.text_document, move |moment| {
            let texts = state.texts(moment);
            let places = Places::new(moment, state.capabilities());
            let (whole, offset) = (|path: &str| texts.whole(path), places.offset(position));
            let (span, placeholder) = features::rename::prepare(&moment.snapshot, &whole, offset)?;
            Some(PrepareRenameResponse::RangeWithPlaceholder { range: places.range(span), placeholder })
        });
        Ok(found.await?.flatten())
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let about = json!({"uri": params.text_document.uri});
        self.answer(params.text_document, move |snapshot, places, _| {
            places.code_lenses(&features::code_lens::code_lenses(snapshot), &about)
        })
        .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(params.text_document, |snapshot, places, _| {
            places.folds(&features::folding::folds(snapshot))
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.answer(params.text_document, move |snapshot, places, _| {
            let around = |position| features::selection::around(snapshot, places.offset(position));
            params.positions.into_iter().filter_map(|position| places.selection(&around(position))).collect()
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.answer(params.text_document, move |snapshot, places, _| {
            places.inlay_hints(&features::inlay_hints::inlay_hints(snapshot, places.span(params.range)))
        })
        .await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let state = self.state.clone();
        if !state.pulled.swap(true, Ordering::Relaxed) {
            state.tell(Notice::Pulled);
        }
        let items = self.moment(params.text_document, move |moment| findings::diagnostics(&state, moment));
        self.state.turns.pass().await;
        Ok(report(items.await?.unwrap_or_default()))
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let state = self.state.clone();
        self.moment(params.text_document.clone(), move |moment| {
            code_actions::code_actions(&state, moment, &params)
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let state = self.state.clone();
        self.moment(params.text_document, move |moment| {
            let texts = state.texts(moment);
            let links = features::links::document_links(&moment.snapshot, &|path| texts.whole(path));
            Places::new(moment, state.capabilities()).document_links(&links)
        })
        .await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let (state, open) = (self.state.clone(), self.state.documents.all());
        off_the_order(move || moves::edit(&state, &open, &params.files), "renamed files").await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<serde_json::Value>> {
        commands::execute(&self.state, params).await
    }
}

/// Work that answers a request.
pub struct Work<F> {
    /// See [`State::is_light`].
    pub is_light: bool,
    /// Does it.
    pub run: F,
}

impl Backend {
    /// A server with this state.
    pub fn new(state: Arc<State>) -> Self {
        Backend { state }
    }

    /// Its state.
    pub fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// Takes the document as it stands now, and gives the work that makes the answer to `textDocument/completion`: the
    /// pump has it done past tower-lsp, see [`super::stdio`].
    pub fn completion(
        &self,
        params: CompletionParams,
    ) -> Work<impl FnOnce() -> Option<convert::CompletionList> + Send + use<>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let (state, document) = (self.state.clone(), self.state.document(&text_document.uri));
        let is_light = document.as_ref().is_some_and(|document| state.is_light(document, position.line));
        let run = move || {
            let moment = state.moment_around(document?);
            let texts = state.texts(&moment);
            let places = Places::new(&moment, state.capabilities());
            let whole = |path: &str| texts.whole(path);
            let (snapshot, offset) = (&moment.snapshot, places.offset(position));
            let found = features::completion::complete_in_site(snapshot, &whole, offset);
            let place = state.place(&moment.document);
            let asks = place.site.as_ref().filter(|_| state.capabilities().resolves_documentation);
            Some(places.completions(found, offset, asks.map(|site| site.number())))
        };
        Work { is_light, run }
    }

    /// [`Backend::completion`] for `textDocument/hover`.
    pub fn hover(&self, params: HoverParams) -> Work<impl FnOnce() -> Option<Hover> + Send + use<>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let (state, document) = (self.state.clone(), self.state.document(&text_document.uri));
        let is_light = document.as_ref().is_some_and(|document| state.is_light(document, position.line));
        let run = move || {
            let moment = state.moment(document?);
            let texts = state.texts(&moment);
            let places = Places::new(&moment, state.capabilities());
            let (snapshot, offset) = (&moment.snapshot, places.offset(position));
            let linked = features::hover::linked_text(snapshot, &|path| texts.whole(path), offset);
            Some(places.hover(&linked.or_else(|| features::hover::hover(snapshot, offset))?))
        };
        Work { is_light, run }
    }

    /// [`Backend::completion`] for `textDocument/references`.
    pub fn references(
        &self,
        params: ReferenceParams,
    ) -> impl FnOnce() -> Result<Option<Vec<Location>>> + Send + use<> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let declarations = params.context.include_declaration;
        let found = self.in_site(text_document, move |snapshot, offset, texts, whole, places| {
            let offset = offset(position);
            let found = features::references::references(snapshot, texts, whole, offset, declarations)?;
            Some(places.locations(&found))
        });
        move || Ok(found().flatten())
    }

    /// [`Backend::completion`] for `textDocument/rename`.
    pub fn rename(
        &self,
        params: RenameParams,
    ) -> impl FnOnce() -> Result<Option<WorkspaceEdit>> + Send + use<> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let (new, state) = (params.new_name, self.state.clone());
        let edit = self.in_site(text_document, move |snapshot, offset, texts, whole, places| {
            if !places.is_whole() {
                return Err("The site is still being read: try again in a moment.".to_owned());
            }
            let edit = features::rename::rename(snapshot, texts, whole, offset(position), &new)?;
            let can_move = state.capabilities().rename_files;
            if edit.as_ref().is_some_and(|edit| edit.moved.is_some()) && !can_move {
                return Err("This editor does not let a language server rename files, so Masthead cannot do this here.".to_owned());
            }
            Ok(edit.map(|edit| {
                edit.warning().into_iter().for_each(|warning| state.warn(warning));
                places.edit(&edit)
            }))
        });
        move || match edit() {
            Some(Ok(edit)) => Ok(edit),
            Some(Err(why)) => Err(failed(why)),
            None => Ok(None),
        }
    }

    /// Takes the document as it stands now, and makes an answer from it on a thread for work. None where the document
    /// is not open.
    ///
    /// No `async fn`: its part before the first await runs when it is called.
    fn answer<T: Send + 'static>(
        &self,
        document: TextDocumentIdentifier,
        work: impl FnOnce(&Snapshot, Places<'_>, &OpenDocument) -> T + Send + 'static,
    ) -> impl Future<Output = Result<Option<T>>> + Send {
        let state = self.state.clone();
        self.moment(document, move |moment| {
            work(&moment.snapshot, Places::new(moment, state.capabilities()), &moment.document)
        })
    }

    /// Takes the document as it stands now, and gives the work that makes an answer from all files of its site; none where
    /// it is not open. `work` gets the snapshot, the way from a position to a byte offset, the texts, the whole texts, and
    /// the way back.
    fn in_site<T, W>(
        &self,
        document: TextDocumentIdentifier,
        work: W,
    ) -> impl FnOnce() -> Option<T> + Send + use<T, W>
    where
        W: FnOnce(&Snapshot, &dyn Fn(Position) -> usize, &Texts<'_>, &Texts<'_>, SitePlaces<'_>) -> T
            + Send
            + 'static,
    {
        let (state, document) = (self.state.clone(), self.state.document(&document.uri));
        move || {
            let early = state.moment(document?);
            // What is asked of all files waits for them to be known, with the document as it was asked about.
            let waited = [state.wait_until_read(&early), watch::settle(&state)];
            let known = waited.contains(&true).then(|| state.moment(early.document.clone()));
            let moment = known.unwrap_or(early);
            let texts = state.texts(&moment);
            let places = Places::new(&moment, state.capabilities());
            let offset = |position| places.offset(position);
            let site = SitePlaces::new(&texts, state.capabilities());
            Some(work(&moment.snapshot, &offset, &|path| texts.text(path), &|path| texts.whole(path), site))
        }
    }

    fn moment<T: Send + 'static>(
        &self,
        document: TextDocumentIdentifier,
        work: impl FnOnce(&Moment) -> T + Send + 'static,
    ) -> impl Future<Output = Result<Option<T>>> + Send {
        let state = self.state.clone();
        let document = state.document(&document.uri);
        async move {
            let Some(document) = document else { return Ok(None) };
            let about = document.uri.to_string();
            off_the_order(move || work(&state.moment(document)), &about).await.map(Some)
        }
    }
}

/// Does the work of a request on a thread for work: a panic is an internal error of that request.
async fn off_the_order<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    about: &str,
) -> Result<T> {
    let why = match tokio::task::spawn_blocking(move || fault::catch(work)).await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(fault)) => fault.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!("a request about {about} failed: {why}");
    Err(Error::internal_error())
}

/// The error of a request that was understood and cannot be done, which editors show: `RequestFailed` of LSP 3.17.
fn failed(why: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: why.into(), data: None }
}

/// The folders that are open in the editor.
fn folders(params: &InitializeParams) -> Vec<Url> {
    #[allow(deprecated, reason = "older clients send nothing else")]
    let root = params.root_uri.clone();
    match &params.workspace_folders {
        Some(folders) if !folders.is_empty() => folders.iter().map(|folder| folder.uri.clone()).collect(),
        _ => root.into_iter().collect(),
    }
}

fn report(items: Vec<Diagnostic>) -> DocumentDiagnosticReportResult {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
    let report =
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report };
    DocumentDiagnosticReport::Full(report).into()
}
