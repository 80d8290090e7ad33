/** Where the front matter of a document is. */

import type { TextDocument } from "vscode";

/** So far down a front matter is looked for. */
const MAX_LINES = 1000;

/** Whether a line (from 0) lies between the opening `---` and the line that closes it. */
export function isInFrontMatter(document: TextDocument, line: number): boolean {
  if (line < 1 || line > MAX_LINES || !/^---\s*$/.test(document.lineAt(0).text)) return false;
  for (let at = 1; at <= line; at++) {
    if (/^(---|\.\.\.)\s*$/.test(document.lineAt(at).text)) return false;
  }
  return true;
}
