/** The running server: started once, started anew on request, ended with the window. */

import { join } from "node:path";

import { Disposable, EventEmitter, Uri, type LogOutputChannel } from "vscode";
import { DidChangeConfigurationNotification, State, type LanguageClient } from "vscode-languageclient/node";

import { newClient, serverSettings } from "./client";
import { serverGone, serverMissing, startFailed } from "./notices";
import { execute, siteChanged } from "./protocol";
import { find } from "./server";
import * as settings from "./settings";
import { sitesOfWorkspace } from "./sites";

/** Holds the client. All that wants the server asks here, since a restart gives another one. */
export class Session implements Disposable {
  private running: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly changed = new EventEmitter<void>();

  /** Fires when the answers may be others: a server has started or ended, or has said that a site has changed. */
  readonly onDidChange = this.changed.event;

  /** `extension` is the folder that the extension is installed in. */
  constructor(
    private readonly extension: string,
    private readonly log: LogOutputChannel,
  ) {}

  /** The client, if its server runs. */
  get client(): LanguageClient | undefined {
    return this.running?.state === State.Running ? this.running : undefined;
  }

  /** Starts the server; ends the one that runs before. Tells the author if it cannot be. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      await this.start();
    });
  }

  /** Ends the server. */
  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  /** Tells the server of settings that it can take while it runs. */
  async sendSettings(): Promise<void> {
    const own = { [settings.SECTION]: serverSettings(settings.read()) };
    await this.client?.sendNotification(DidChangeConfigurationNotification.type, { settings: own });
    this.changed.fire();
  }

  /** Has the server read the sites of folders that have just been opened. */
  async lookAtFolders(): Promise<void> {
    if (this.client !== undefined) await introduce(this.client);
    this.changed.fire();
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  /** Two restarts at once would leave a server behind. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  private async start(): Promise<void> {
    const asked = settings.read();
    const found = find(this.extension, asked.serverPath);
    if ("missing" in found) return serverMissing(found.missing, this.log);
    this.log.info(`Starting ${found.command}`);
    const client = newClient(found.command, asked, Uri.file(join(this.extension, "rules.md")), this.log, () => serverGone(this.log));
    client.onNotification(siteChanged, () => this.changed.fire());
    client.onDidChangeState(() => this.changed.fire());
    this.running = client;
    try {
      await client.start();
      await introduce(client);
    } catch (error) {
      startFailed(found.command, error, this.log);
    }
  }

  private async end(): Promise<void> {
    const client = this.running;
    this.running = undefined;
    if (client === undefined) return;
    try {
      // A server that never came up has nothing to be stopped.
      if (client.needsStop()) await client.stop();
      await client.dispose();
    } catch (error) {
      this.log.warn(`The server did not end well: ${String(error)}`);
    }
    this.changed.fire();
  }
}

/** The server looks at the folders themselves. A site below one it would know only from the first post that is opened. */
async function introduce(client: LanguageClient): Promise<void> {
  for (const site of await sitesOfWorkspace()) {
    await execute(client, "masthead.overview", site.toString()).catch((error: unknown) => client.warn(String(error)));
  }
}
