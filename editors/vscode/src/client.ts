/** The client of the language server: what it is told at the start, and which documents it is shown. */

import { Uri, type DocumentSymbol, type LogOutputChannel, type TextDocument } from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";

import { askBeforeEdits, sendRequest } from "./confirm";
import { SECTION, type Settings } from "./settings";
import { isOurs } from "./sites";
import { completion } from "./suggest";

/** What the server is told beyond the protocol: on start, and of `rules` also later. */
export function serverSettings(settings: Settings): Pick<Settings, "inlayHints" | "rules"> {
  return { inlayHints: settings.inlayHints, rules: settings.rules };
}

/** A client that is not started yet. `rulesPage` explains the rules, and a finding's code leads there. `onGone` is called when the server has ended too often by itself. */
export function newClient(
  command: string,
  settings: Settings,
  rulesPage: Uri,
  log: LogOutputChannel,
  onGone: () => void,
): LanguageClient {
  const env = { ...process.env, MASTHEAD_LOG: `masthead=${settings.logLevel}` };
  const options: LanguageClientOptions = {
    // Wider than what we answer to: whether a file lies in a site, no pattern can say. The middleware does.
    documentSelector: [
      { scheme: "file", language: "markdown" },
      { scheme: "untitled", language: "markdown" },
      { scheme: "file", pattern: "**/*.{md,markdown,mkdown,mkdn,mkd,html,htm}" },
      { scheme: "file", pattern: "**/{_config.yml,_config.yaml,masthead.toml}" },
    ],
    initializationOptions: { ...serverSettings(settings), rulesPage: rulesPage.toString() },
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // The author hears of it once, in words of ours.
    initializationFailedHandler: () => false,
    errorHandler: restartAFewTimes(onGone),
    middleware: onlyOurs,
  };
  const client = new Client(SECTION, "Masthead", { command, args: ["lsp"], options: { env } }, options);
  client.registerFeature(wantsSiteChanges);
  askBeforeEdits(client);
  return client;
}

/** Its errors go to the log. What the author must know is said elsewhere, once. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The server answers nothing of a document that it was not shown. */
const onlyOurs: Middleware = {
  ...completion,
  sendRequest,
  didOpen: async (document, next) => (isOurs(document) ? next(document) : undefined),
  didChange: async (event, next) => (isOurs(event.document) ? next(event) : undefined),
  didSave: async (document, next) => (isOurs(document) ? next(document) : undefined),
  didClose: async (document, next) => (isOurs(document) ? next(document) : undefined),
  provideDocumentSymbols: async (document, token, next) => {
    const symbols = await next(document, token);
    // VS Code lists the headings of Markdown by itself: ours beside them would stand there twice.
    if (document.languageId !== "markdown" || !document.lineAt(0).text.startsWith("---")) return symbols;
    return (symbols as DocumentSymbol[] | null | undefined)?.filter((symbol) => symbol.range.start.line === 0);
  },
  provideDiagnostics: async (document, previous, token, next) =>
    isShown(document) ? next(document, previous, token) : undefined,
};

function isShown(document: TextDocument | Uri): boolean {
  return document instanceof Uri || isOurs(document);
}

const wantsSiteChanges: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), mastheadSiteChanged: true };
  },
  initialize: () => {},
  getState: () => ({ kind: "static" }),
  clear: () => {},
};

/** How often a server that ends by itself is started again, and within which time. */
const RESTARTS = 3;
const WITHIN_MS = 3 * 60 * 1000;

function restartAFewTimes(onGone: () => void): ErrorHandler {
  const ends: number[] = [];
  return {
    error: (_error, _message, count) => ({ action: (count ?? 0) <= RESTARTS ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true }),
    closed: () => {
      ends.push(Date.now());
      const recent = ends.filter((end) => Date.now() - end < WITHIN_MS);
      if (recent.length <= RESTARTS) return { action: CloseAction.Restart, handled: true };
      onGone();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
