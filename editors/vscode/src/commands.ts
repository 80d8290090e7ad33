/** The commands of the palette. */

import {
  InputBoxValidationSeverity,
  Selection,
  Uri,
  commands,
  env,
  l10n,
  window,
  workspace,
  type InputBoxValidationMessage,
  type LogOutputChannel,
  type TextDocument,
} from "vscode";

import { execute, type NewPost, type NewPostName, type PostUrl, type SiteOverview } from "./protocol";
import type { Session } from "./session";
import { siteOf } from "./sites";
import { decoded } from "./url";

/** What the commands work with. */
export interface Tools {
  session: Session;
  log: LogOutputChannel;
}

/** The commands that `package.json` names, but for those of the Posts view's lines. */
export const OWN_COMMANDS: Record<string, (tools: Tools, argument?: unknown) => unknown> = {
  "masthead.server.restart": ({ session }) => session.restart(),
  "masthead.server.showLog": ({ log }) => log.show(),
  "masthead.post.new": ({ session }, argument) => told(() => newPost(session, false, siteIn(argument))),
  "masthead.post.newDraft": ({ session }, argument) => told(() => newPost(session, true, siteIn(argument))),
  "masthead.post.showUrl": ({ session }, argument) => told(() => showUrl(session, uriOf(argument))),
  "masthead.post.fixAll": () => told(fixAll),
  "masthead.post.promote": ({ session }, argument) => told(() => promote(session, uriOf(argument))),
  "masthead.term.rename": ({ session }, argument) => told(() => renameTerm(session, argument)),
  "masthead.term.remove": ({ session }, argument) => told(() => removeTerm(session, argument)),
};

/** Says why a command could not be done: the server's own sentence. */
async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

type Client = NonNullable<Session["client"]>;

function running(session: Session): Client {
  if (session.client === undefined) throw new Error(l10n.t("Masthead's server does not run: use the command Masthead: Restart the Server."));
  return session.client;
}

/** The post that a command is about: what it was called with, else what is open. */
function uriOf(argument: unknown): Uri {
  if (argument instanceof Uri) return argument;
  const post = (argument as { post?: { uri?: unknown } } | undefined)?.post;
  if (typeof post?.uri === "string") return Uri.parse(post.uri, true);
  const open = window.activeTextEditor?.document.uri;
  if (open === undefined) throw new Error(l10n.t("Open a post first."));
  return open;
}

/** The site of the Posts view's line that a command was called on. */
function siteIn(argument: unknown): string | undefined {
  const uri = (argument as { overview?: { uri?: unknown } } | undefined)?.overview?.uri;
  return typeof uri === "string" ? uri : undefined;
}

async function newPost(session: Session, draft: boolean, named: string | undefined): Promise<void> {
  const client = running(session);
  const site = named ?? (await chooseSite(session));
  if (site === undefined) return;
  const title = await window.showInputBox({
    title: draft ? l10n.t("New Draft") : l10n.t("New Post"),
    prompt: l10n.t("The title. The file is named after it."),
    validateInput: (text) => (text.trim() === "" ? l10n.t("A post needs a title.") : undefined),
    ignoreFocusOut: true,
  });
  if (title === undefined) return;
  const wish = { uri: site, title, draft };
  const name = await execute<NewPostName>(client, "masthead.newPostName", wish);
  const slug = name.whole && !name.taken ? name.slug : await askSlug(client, wish, name);
  if (slug === undefined) return;
  const made = await execute<NewPost>(client, "masthead.newPost", { ...wish, slug });
  const document = await workspace.openTextDocument(Uri.parse(made.uri, true));
  const { line, character } = made.position;
  await window.showTextDocument(document, { selection: new Selection(line, character, line, character) });
  await saveEdit(document);
}

/** Asks for the slug where the title gives none that will do: a Japanese one, on a site whose slugs are ASCII. */
async function askSlug(client: Client, wish: object, { slug, taken }: NewPostName): Promise<string | undefined> {
  const why = taken
    ? l10n.t("There is a post of that name. Its name in the URL, as you want it.")
    : l10n.t("Its name in the URL. The names on this site are ASCII, and the title is not.");
  const check = async (text: string): Promise<InputBoxValidationMessage | string> => {
    // The box begins empty where the title leaves nothing: what stands here goes before the prompt.
    if (text.trim() === "") return why;
    const name = await execute<NewPostName>(client, "masthead.newPostName", { ...wish, slug: text });
    if (!name.whole) return l10n.t("Of this nothing is left in a file's name. Write letters or numbers.");
    return name.taken ? l10n.t("There is such a file already: {0}", name.path) : { message: name.path, severity: InputBoxValidationSeverity.Info };
  };
  return window.showInputBox({
    title: l10n.t("Name of the File"),
    prompt: why,
    value: slug,
    validateInput: check,
    ignoreFocusOut: true,
  });
}

/** The URI of the site to write to: that of the open file, or the only one, or the one that the author picks. */
async function chooseSite(session: Session): Promise<string | undefined> {
  const open = window.activeTextEditor?.document.uri;
  if (open !== undefined && siteOf(open) !== undefined) return open.toString();
  const sites = await execute<SiteOverview[]>(running(session), "masthead.overview");
  if (sites.length === 0) return workspace.workspaceFolders?.[0]?.uri.toString();
  if (sites.length === 1) return sites[0]?.uri;
  const items = sites.map(({ name, uri }) => ({ label: name, description: workspace.asRelativePath(Uri.parse(uri, true)), uri }));
  return (await window.showQuickPick(items, { title: l10n.t("Which site is it for?") }))?.uri;
}

async function showUrl(session: Session, uri: Uri): Promise<void> {
  const post = await execute<PostUrl | null>(running(session), "masthead.postUrl", uri.toString());
  if (post === null) throw new Error(l10n.t("This file is no post of a Jekyll site, so it has no URL."));
  const url = post.absolute ?? post.url;
  if (url === null) {
    void window.showInformationMessage(l10n.t("This post has no URL: {0}.", post.reason ?? post.status));
    return;
  }
  const why = post.status === "published" ? "" : ` (${post.reason ?? post.status})`;
  // Only a whole URL can be opened in a browser.
  const [copy, browse] = [l10n.t("Copy"), l10n.t("Open")];
  const buttons = post.absolute ? [copy, browse] : [copy];
  const pressed = await window.showInformationMessage(`${decoded(url)}${why}`, ...buttons);
  if (pressed === copy) await env.clipboard.writeText(url);
  if (pressed === browse) await env.openExternal(Uri.parse(url, true));
}

/** What has one right mend is mended: the server's own "fix all", which else is reached by a key or a setting only. */
async function fixAll(): Promise<void> {
  if (window.activeTextEditor === undefined) throw new Error(l10n.t("Open a post first."));
  await commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.masthead", apply: "first" });
}

async function promote(session: Session, uri: Uri): Promise<void> {
  const client = running(session);
  const document = await workspace.openTextDocument(uri);
  if (document.isDirty) await document.save();
  const made = await execute<{ uri: string }>(client, "masthead.promoteDraft", uri.toString());
  const post = await workspace.openTextDocument(Uri.parse(made.uri, true));
  await window.showTextDocument(post);
  await saveEdit(post);
}

/** How often, and after how long, it is looked whether an edit has come. */
const LOOKS = 30;
const PAUSE_MS = 100;

/**
 * Saves a document that the server has edited, so that the file has it too. VS Code may tell us of the edit a moment
 * after it is made, above all where the file was moved with it, and a save before that saves nothing.
 */
async function saveEdit(document: TextDocument): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    if (document.isDirty && (await document.save())) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** A tag or a category of a site. */
interface Term {
  site: string;
  kind: "tag" | "category";
  name: string;
}

/** The term of the Posts view's line that a command was called on, else the one that the author picks. */
async function termOf(session: Session, argument: unknown, title: string): Promise<Term | undefined> {
  const node = argument as { kind?: unknown; site?: unknown; term?: unknown; count?: { name?: unknown } } | undefined;
  const name = node?.count?.name;
  if (node?.kind === "term" && typeof node.site === "string" && typeof name === "string" && (node.term === "tag" || node.term === "category")) {
    return { site: node.site, kind: node.term, name };
  }
  const site = await chooseSite(session);
  if (site === undefined) return undefined;
  const [overview] = await execute<SiteOverview[]>(running(session), "masthead.overview", site);
  if (overview === undefined) return undefined;
  const items = ([["tag", overview.tags], ["category", overview.categories]] as const).flatMap(([kind, terms]) =>
    terms.map(({ name, count }) => ({ label: `$(${kind === "tag" ? "tag" : "folder"}) ${name}`, description: String(count), term: { site, kind, name } })),
  );
  return (await window.showQuickPick(items, { title, matchOnDescription: false }))?.term;
}

async function renameTerm(session: Session, argument: unknown): Promise<void> {
  const title = l10n.t("Rename a Tag or Category");
  const term = await termOf(session, argument, title);
  if (term === undefined) return;
  const { site: uri, kind, name: old } = term;
  const name = await window.showInputBox({
    title,
    prompt: l10n.t("The new name of {0}. One that is there already merges the two.", old),
    value: old,
    ignoreFocusOut: true,
  });
  if (name === undefined || name.trim() === old) return;
  await execute(running(session), "masthead.renameTerm", { uri, [kind]: old, name });
}

async function removeTerm(session: Session, argument: unknown): Promise<void> {
  const term = await termOf(session, argument, l10n.t("Remove a Tag or Category from All Posts"));
  if (term === undefined) return;
  await execute(running(session), "masthead.removeTerm", { uri: term.site, [term.kind]: term.name });
}
