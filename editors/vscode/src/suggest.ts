/**
 * Completion while one types in front matter. VS Code turns it off in Markdown, as it should be in prose; to turn it on
 * there for all Markdown would bring lists of words into every text. So the list is opened from here: in front matter
 * only, and only where the server has something for it.
 */

import {
  CompletionItem,
  CompletionList,
  Disposable,
  Range,
  commands,
  window,
  workspace,
  type Position,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
} from "vscode";
import { CompletionRequest, CompletionTriggerKind, type LanguageClient, type Middleware } from "vscode-languageclient/node";

import { isInFrontMatter } from "./frontMatter";
import { isOwnQuestion, onlyHere } from "./others";
import { isOurs } from "./sites";

/** Longer insertions are pasted, not typed. An input method can bring in a whole phrase at once. */
const MAX_TYPED = 20;

/** Runs when an item of ours has been accepted: a change like those of typing, after which no list is to open. */
const ACCEPTED = "masthead.completion.accepted";

/** When an item was accepted last, in milliseconds. */
let acceptedAt = 0;

/** The change that accepting makes and the news of it come within this time, in any order. */
const ACCEPTED_MS = 150;

const isAccepted = (): boolean => Date.now() - acceptedAt < ACCEPTED_MS;

/** Has the editor tell of each accepted item, offers nothing twice, and keeps the words of the text out of front matter. */
export const completion: Pick<Middleware, "provideCompletionItem"> = {
  provideCompletionItem: async (document, position, context, token, next) => {
    if (isOwnQuestion(document, position)) return undefined;
    const answer = await next(document, position, context, token);
    let items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    if (token.isCancellationRequested) return undefined;
    if (items.length > 0 && !isInFrontMatter(document, position.line)) items = await onlyHere(items, document, position);
    for (const item of items) item.command ??= { command: ACCEPTED, title: "" };
    return items.length === 0 ? nothing(document, position) : new CompletionList(items, !Array.isArray(answer) && answer?.isIncomplete);
  },
};

/**
 * No item to be seen, and yet an answer: without one VS Code fills a list that has been asked for with the words of the
 * text, of which Enter would write one.
 */
function nothing(document: TextDocument, position: Position): CompletionList {
  const before = new Range(position.line, 0, position.line, position.character);
  if (!isInFrontMatter(document, position.line) || document.getText(before).trim() === "") return new CompletionList();
  const unseen = new CompletionItem("");
  unseen.filterText = "\u{10FFFD}";
  unseen.range = before;
  return new CompletionList([unseen]);
}

/** Opens the list while the author types. `running` gives the client, if its server runs. */
export function suggestWhileTyping(running: () => LanguageClient | undefined): Disposable {
  return Disposable.from(
    commands.registerCommand(ACCEPTED, () => {
      acceptedAt = Date.now();
    }),
    workspace.onDidChangeTextDocument((event) => {
      const editor = window.activeTextEditor;
      if (editor?.document === event.document && isTypedWord(event) && isOurs(event.document)) void suggest(running(), editor);
    }),
  );
}

function isTypedWord(event: TextDocumentChangeEvent): boolean {
  const change = event.contentChanges[0];
  if (change === undefined || event.contentChanges.length > 1 || event.reason !== undefined) return false;
  return change.text.length <= MAX_TYPED && /^[^\n]*[\p{L}\p{N}]$/u.test(change.text);
}

async function suggest(client: LanguageClient | undefined, editor: TextEditor): Promise<void> {
  const { document } = editor;
  // The cursor moves only after the change has been told.
  await Promise.resolve();
  const position = editor.selection.active;
  if (client === undefined || isAccepted() || !isInFrontMatter(document, position.line) || isAsked(document)) return;
  const version = document.version;
  const params = {
    ...client.code2ProtocolConverter.asTextDocumentPositionParams(document, position),
    context: { triggerKind: CompletionTriggerKind.Invoked },
  };
  const answer = await client.sendRequest(CompletionRequest.type, params).catch(() => null);
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  if (items.length === 0 || document.version !== version || isAccepted() || window.activeTextEditor !== editor) return;
  await commands.executeCommand("editor.action.triggerSuggest", { auto: true });
}

/** Whether the editor asks by itself: then the author wants it everywhere, and it has been done. */
function isAsked(document: TextEditor["document"]): boolean {
  const quick = workspace.getConfiguration("editor", document).get<unknown>("quickSuggestions");
  if (typeof quick !== "object" || quick === null) return quick === true;
  const other = (quick as { other?: unknown }).other;
  return other === true || other === "on" || other === "inline";
}
