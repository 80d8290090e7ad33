/** Where the server's program is: named by the author, inside the extension, or on the PATH. In this order. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { l10n, workspace } from "vscode";

/** A program, or one sentence that says why there is none. */
export type Found = { command: string } | { missing: string };

const NAME = process.platform === "win32" ? "masthead.exe" : "masthead";

/** Looks for the server. `extension` is the folder that the extension is installed in. */
export function find(extension: string, setting: string | undefined): Found {
  if (setting !== undefined) {
    const command = expand(setting);
    if (isProgram(command)) return { command };
    return { missing: l10n.t("The setting masthead.server.path names {0}, which is no program that can be run.", command) };
  }
  const folders = [path.join(extension, "server"), ...(process.env["PATH"] ?? "").split(path.delimiter)];
  const command = folders.filter((folder) => path.isAbsolute(folder)).map((folder) => path.join(folder, NAME)).find(isProgram);
  if (command !== undefined) return { command };
  return { missing: l10n.t("Masthead's server is missing: {0} is neither in this extension nor on the PATH.", NAME) };
}

/** `~` and `${workspaceFolder}`, as people write them in settings. A relative path counts from the first folder. */
function expand(setting: string): string {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const full = setting
    .replace(/^~(?=$|[\\/])/, () => homedir())
    .replaceAll("${userHome}", () => homedir())
    .replaceAll("${workspaceFolder}", () => folder);
  return path.resolve(folder, full);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
