/**
 * Edits that the server wants confirmed: a merge of two tags, a removal. VS Code would show a panel with a box to tick for
 * each change, none of them ticked, and not say what it is about. Here it is one question for all.
 */

import { l10n, window, workspace } from "vscode";
import { ApplyWorkspaceEditRequest, RenameRequest, TextDocumentEdit, type LanguageClient, type Middleware, type WorkspaceEdit } from "vscode-languageclient/node";

/** Nothing to do. */
const NOTHING: WorkspaceEdit = { documentChanges: [] };

/** Asks about the edits that the server answers a rename with. */
export const sendRequest: NonNullable<Middleware["sendRequest"]> = async (type, param, token, next) => {
  const result = await next(type, param, token);
  const method = typeof type === "string" ? type : type.method;
  if (method !== RenameRequest.method || result === null || token?.isCancellationRequested) return result;
  return ((await confirmed(result as WorkspaceEdit)) ?? NOTHING) as typeof result;
};

/** Asks about the edits that the server sends by itself. To be called before the client starts. */
export function askBeforeEdits(client: LanguageClient): void {
  // What is set here comes after, and so takes the place of, the client's own answer.
  client.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
    const wanted = await confirmed(edit);
    if (wanted === undefined) return { applied: false };
    if (!isOfNow(wanted, client)) return { applied: false, failureReason: l10n.t("A file was changed meanwhile.") };
    return { applied: await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(wanted)) };
  });
}

/** The edit, once its author has agreed to what is to be confirmed; undefined where the answer is no. */
async function confirmed(edit: WorkspaceEdit): Promise<WorkspaceEdit | undefined> {
  const annotations = Object.entries(edit.changeAnnotations ?? {});
  for (const [, { label, description, needsConfirmation }] of annotations) {
    if (!needsConfirmation) continue;
    const yes = l10n.t("Apply");
    const detail = description === undefined ? {} : { detail: description };
    if ((await window.showWarningMessage(label, { modal: true, ...detail }, yes)) !== yes) return undefined;
  }
  const asked = annotations.map(([id, annotation]) => [id, { ...annotation, needsConfirmation: false }]);
  return asked.length === 0 ? edit : { ...edit, changeAnnotations: Object.fromEntries(asked) };
}

/** Whether every open document is still the one that the edits are of. */
function isOfNow(edit: WorkspaceEdit, client: LanguageClient): boolean {
  const open = new Map(workspace.textDocuments.map((document) => [client.code2ProtocolConverter.asUri(document.uri), document.version]));
  return (edit.documentChanges ?? []).filter(TextDocumentEdit.is).every(({ textDocument: { uri, version } }) => {
    const now = open.get(uri);
    return version === null || version < 0 || now === undefined || now === version;
  });
}
