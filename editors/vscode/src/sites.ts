/** Which files lie in a Jekyll site: the same question that the server asks of a path, with the same answer. */

import * as fs from "node:fs";
import * as path from "node:path";
import { Disposable, FileType, RelativePattern, Uri, workspace, type TextDocument } from "vscode";

/** The names that Jekyll's configuration may have. */
const CONFIGS = ["_config.yml", "_config.yaml"];

/** Folders whose parent is a site, also without a configuration. */
const POSTS = ["_posts", "_drafts"];

/** What a site asks of the server, in a file of its own. */
const SETTINGS = "masthead.toml";

/** Other people's sites inside a folder: themes that were installed, and what Jekyll has written. */
const NOT_OURS_NAMES = ["node_modules", "vendor", "_site", ".git"];
const NOT_OURS = `**/{${NOT_OURS_NAMES.join(",")}}/**`;

/** Folders with their answer, so that a keystroke does not ask the disk. */
const roots = new Map<string, string | undefined>();

/** Calls back when files come or go that decide where a site is. */
export function watchSites(onChange: () => unknown): Disposable {
  const watcher = workspace.createFileSystemWatcher(`**/{${[...CONFIGS, ...POSTS].join(",")}}`, false, true, false);
  const changed = (isNewSite: boolean): void => {
    const before = new Map(roots);
    roots.clear();
    if (isNewSite || [...before].some(([folder, root]) => rootAbove(folder) !== root) || before.size === 0) onChange();
  };
  // A configuration that comes makes a site, also where nobody has opened a file of it; one of a theme does not.
  const isNewSite = ({ fsPath }: Uri): boolean =>
    CONFIGS.includes(path.basename(fsPath)) && !fsPath.split(path.sep).some((folder) => NOT_OURS_NAMES.includes(folder));
  return Disposable.from(watcher, watcher.onDidCreate((uri) => changed(isNewSite(uri))), watcher.onDidDelete(() => changed(false)));
}

/** The folder of the site that a file lies in: the nearest above it with a configuration, else with `_posts`. */
export function siteOf(uri: Uri): string | undefined {
  if (uri.scheme !== "file") return undefined;
  const folder = path.dirname(uri.fsPath);
  if (!roots.has(folder)) roots.set(folder, rootAbove(folder));
  return roots.get(folder);
}

function rootAbove(folder: string): string | undefined {
  let withPosts: string | undefined;
  for (let at = folder; ; at = path.dirname(at)) {
    if (CONFIGS.some((name) => isFile(path.join(at, name)))) return at;
    if (POSTS.includes(path.basename(at))) withPosts = path.dirname(at);
    if (path.dirname(at) === at) return withPosts;
  }
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether the server should see a document: posts, pages and the two files of settings, of a site only. */
export function isOurs(document: TextDocument): boolean {
  if (document.uri.scheme === "untitled") return document.languageId === "markdown";
  const name = path.basename(document.uri.fsPath);
  const isText = ["markdown", "html", "liquid"].includes(document.languageId) || /\.(md|markdown|mkdown|mkdn|mkd|html?)$/i.test(name);
  return (isText || CONFIGS.includes(name) || name === SETTINGS) && siteOf(document.uri) !== undefined;
}

/** So many sites below one folder are looked for: a theme's own tests can hold hundreds. */
const MAX_SITES = 20;

/** The sites of the workspace: those that its folders are, lie in, or hold. */
export async function sitesOfWorkspace(): Promise<Uri[]> {
  const found = await Promise.all((workspace.workspaceFolders ?? []).map((folder) => sitesAt(folder.uri)));
  const all = new Map(found.flat().map((site) => [site.toString(), site]));
  return [...all.values()];
}

async function sitesAt(folder: Uri): Promise<Uri[]> {
  const own = siteOf(Uri.joinPath(folder, "post.md"));
  if (own !== undefined) return [Uri.file(own)];
  if (await isFolder(Uri.joinPath(folder, "_posts"))) return [folder];
  // One site's posts could fill the list by themselves, so those with a configuration are looked for first.
  for (const pattern of [`**/{${CONFIGS.join(",")}}`, "**/_posts/*"]) {
    const files = await workspace.findFiles(new RelativePattern(folder, pattern), NOT_OURS, MAX_SITES);
    if (files.length > 0) return files.flatMap((file) => siteOf(file) ?? []).map((site) => Uri.file(site));
  }
  return [];
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
