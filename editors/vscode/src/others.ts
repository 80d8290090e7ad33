/**
 * What other extensions offer at the same place. VS Code's own Markdown completes paths and headings in links, with other
 * labels: the same text offered twice reads as two different ones, so what it has is left to it.
 */

import { CompletionItemKind, Range, commands, type CompletionItem, type CompletionList, type Position, type TextDocument } from "vscode";

import { decoded } from "./url";

/** So long the others are waited for. VS Code itself shows no list before all have answered. */
const PATIENCE_MS = 3000;

/** The places of which others are being asked: the question comes to us as well. */
const asked = new Set<string>();

const placeOf = (document: TextDocument, { line, character }: Position): string =>
  `${document.uri.toString()} ${document.version} ${line}:${character}`;

/** Whether it is this extension that asks; once for each of its questions. */
export function isOwnQuestion(document: TextDocument, position: Position): boolean {
  return asked.delete(placeOf(document, position));
}

/** Those of the items that nobody else offers. */
export async function onlyHere(items: CompletionItem[], document: TextDocument, position: Position): Promise<CompletionItem[]> {
  const others = await ofOthers(document, position);
  const there = new Set(others.map((item) => lineWith(item, document, position)));
  return items.filter((item) => !there.has(lineWith(item, document, position)));
}

async function ofOthers(document: TextDocument, position: Position): Promise<CompletionItem[]> {
  const place = placeOf(document, position);
  asked.add(place);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  try {
    const question = commands.executeCommand<CompletionList>("vscode.executeCompletionItemProvider", document.uri, position);
    const { items } = (await Promise.race([question, late])) ?? { items: [] };
    // The words of the text come only where nothing else does.
    return items.filter((item) => item.kind !== CompletionItemKind.Text);
  } catch {
    return [];
  } finally {
    asked.delete(place);
  }
}

/** The line as it would be once the item is accepted. */
function lineWith(item: CompletionItem, document: TextDocument, position: Position): string {
  const { insertText, label, range } = item;
  const name = typeof label === "string" ? label : label.label;
  const text = typeof insertText === "object" ? insertText.value : (insertText ?? name);
  const place = range instanceof Range ? range : (range?.replacing ?? document.getWordRangeAtPosition(position));
  const { start, end } = place ?? new Range(position, position);
  const line = document.lineAt(position.line).text;
  return decoded(line.slice(0, start.character) + text + line.slice(end.character));
}
