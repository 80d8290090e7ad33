/** What the author is told when the server is missing or fails: one sentence, and a button that helps. */

import { commands, env, l10n, window, type LogOutputChannel } from "vscode";

import { SECTION } from "./settings";

interface Button {
  title: string;
  press: () => unknown;
}

const showLog = (log: LogOutputChannel): Button => ({ title: l10n.t("Show Log"), press: () => log.show() });
const restart: Button = { title: l10n.t("Restart"), press: () => commands.executeCommand("masthead.server.restart") };
const chooseServer: Button = {
  title: l10n.t("Choose the Server"),
  // The path belongs to the machine that the server runs on: with a remote window that is not this one.
  press: () => {
    const place = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    return commands.executeCommand(`workbench.action.${place}`, { query: `${SECTION}.server.path` });
  },
};

/** There is no program to start: `why` is a sentence. */
export function serverMissing(why: string, log: LogOutputChannel): void {
  log.error(why);
  tell(why, chooseServer);
}

/** The program is there, and did not become a server. */
export function startFailed(command: string, error: unknown, log: LogOutputChannel): void {
  log.error(`${command}: ${String(error)}`);
  tell(l10n.t("Masthead's server {0} did not start.", command), showLog(log), chooseServer);
}

/** The server has ended by itself too often. */
export function serverGone(log: LogOutputChannel): void {
  log.error("The server has ended by itself again and again.");
  tell(l10n.t("Masthead's server ends again and again, so it is left off."), restart, showLog(log));
}

function tell(sentence: string, ...buttons: Button[]): void {
  void window.showErrorMessage(sentence, ...buttons.map((button) => button.title)).then((title) => {
    buttons.find((button) => button.title === title)?.press();
  });
}
