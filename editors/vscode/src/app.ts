/** All that there is beside a site: the server and what is shown of it. Loaded when it is needed first. */

import { commands, window, workspace, type ExtensionContext } from "vscode";

import { OWN_COMMANDS } from "./commands";
import { registerOpenPost } from "./openPost";
import { showPosts } from "./postsView";
import { Session } from "./session";
import { SECTION, needsRestart } from "./settings";
import { showStatus } from "./statusBar";
import { suggestWhileTyping } from "./suggest";

/** What the way in needs of it. */
export interface App {
  /** Does a command of `package.json`. */
  run(command: string, argument?: unknown): Promise<unknown>;
  /** Ends the server. */
  stop(): Promise<void>;
}

/** Starts the server, and shows what it has to show. */
export async function start(context: ExtensionContext): Promise<App> {
  const log = window.createOutputChannel("Masthead", { log: true });
  const session = new Session(context.extensionPath, log);
  context.subscriptions.push(
    log,
    session,
    showStatus(session),
    showPosts(session),
    suggestWhileTyping(() => session.client),
    registerOpenPost(),
    workspace.onDidChangeWorkspaceFolders(() => session.lookAtFolders()),
    workspace.onDidChangeConfiguration((event) => {
      if (needsRestart(event)) void session.restart();
      else if (event.affectsConfiguration(`${SECTION}.rules`)) void session.sendSettings();
    }),
  );
  await commands.executeCommand("setContext", "masthead.inSite", true);
  await session.restart();
  return {
    run: async (command, argument) => OWN_COMMANDS[command]?.({ session, log }, argument),
    stop: () => session.stop(),
  };
}
