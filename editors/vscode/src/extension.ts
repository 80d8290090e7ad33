/**
 * The way in. VS Code starts the extension where a folder holds a site, and with the first Markdown file; here it is
 * seen whether that file lies in a site. Until one does, nothing else is loaded and no server runs.
 */

import { Disposable, commands, workspace, type ExtensionContext, type TextDocument } from "vscode";

import type { App } from "./app";
import { isOurs, sitesOfWorkspace, watchSites } from "./sites";

let app: Promise<App> | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const begin = (): Promise<App> => {
    app ??= import("./app").then(({ start }) => start(context));
    return app;
  };
  const open = (document: TextDocument): void => {
    if (isInSite(document)) void begin();
  };
  const look = async (): Promise<void> => {
    if (app === undefined && (await isWanted())) await begin();
  };
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeWorkspaceFolders(look),
    // Open files may be others' now: a new server is shown those that are ours.
    watchSites(async () => (app === undefined ? look() : (await app).run("masthead.server.restart"))),
    ownCommands(context, begin),
  );
  await look();
}

export async function deactivate(): Promise<void> {
  await (await app)?.stop();
}

/** A command starts what it needs, wherever it is called. */
function ownCommands(context: ExtensionContext, begin: () => Promise<App>): Disposable {
  const { contributes } = context.extension.packageJSON as { contributes: { commands: { command: string }[] } };
  const register = ({ command }: { command: string }): Disposable =>
    commands.registerCommand(command, async (argument?: unknown) => (await begin()).run(command, argument));
  return Disposable.from(...contributes.commands.map(register));
}

async function isWanted(): Promise<boolean> {
  if (workspace.textDocuments.some(isInSite)) return true;
  return (await sitesOfWorkspace()).length > 0;
}

/** An unsaved text is ours only beside a site. */
function isInSite(document: TextDocument): boolean {
  return document.uri.scheme === "file" && isOurs(document);
}
