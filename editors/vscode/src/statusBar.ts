/** The status bar: what Jekyll makes of the open post, and its URL. */

import { Disposable, MarkdownString, StatusBarAlignment, l10n, window, type StatusBarItem, type TextDocument } from "vscode";

import { execute, type PostUrl, type Status } from "./protocol";
import type { Session } from "./session";
import { isOurs } from "./sites";
import { decoded } from "./url";

/** The icon and the word of each status. */
const SHOWN: Record<Status, { icon: string; word: string }> = {
  published: { icon: "globe", word: l10n.t("Published") },
  future: { icon: "clock", word: l10n.t("Future") },
  unpublished: { icon: "eye-closed", word: l10n.t("Unpublished") },
  draft: { icon: "edit", word: l10n.t("Draft") },
  broken: { icon: "warning", word: l10n.t("Broken") },
  dropped: { icon: "circle-slash", word: l10n.t("Left out") },
  aborts: { icon: "error", word: l10n.t("Stops the build") },
};

/** Shows the open post's status and URL. A click on it opens the URL's command. */
export function showStatus(session: Session): Disposable {
  const item = window.createStatusBarItem("masthead.post", StatusBarAlignment.Right, 100);
  item.name = l10n.t("Masthead: Post");
  item.command = "masthead.post.showUrl";
  let asked = 0;
  const update = async (): Promise<void> => {
    const turn = ++asked;
    const document = window.activeTextEditor?.document;
    const post = document && isOurs(document) ? await ask(session, document) : null;
    // A slow answer must not cover the one of a later question.
    if (turn === asked) show(item, post);
  };
  void update();
  return Disposable.from(item, session.onDidChange(update), window.onDidChangeActiveTextEditor(update));
}

async function ask(session: Session, document: TextDocument): Promise<PostUrl | null> {
  if (session.client === undefined) return null;
  return execute<PostUrl | null>(session.client, "masthead.postUrl", document.uri.toString()).catch(() => null);
}

function show(item: StatusBarItem, post: PostUrl | null): void {
  if (post === null) return item.hide();
  const { icon, word } = SHOWN[post.status];
  const path = post.url === null ? "" : decoded(post.url);
  item.text = post.status === "published" ? `$(${icon}) ${path}` : `$(${icon}) ${[word, path].filter(Boolean).join(": ")}`;
  item.tooltip = tooltip(post, word, path);
  item.show();
}

function tooltip(post: PostUrl, word: string, path: string): MarkdownString {
  const text = new MarkdownString();
  const lines = [post.title, post.reason ? `${word}: ${post.reason}` : word, shownDate(post.date), post.absolute ? decoded(post.absolute) : path];
  for (const line of lines.filter(Boolean)) text.appendText(line).appendMarkdown("\n\n");
  return text.appendMarkdown(l10n.t("Click to copy or open the URL."));
}

/** `2026-06-01 21:00:00 +09:00` of `2026-06-01T21:00:00+09:00`. */
function shownDate(date: string | null): string {
  return date?.replace(/T(.{8})/, " $1 ").trim() ?? "";
}
