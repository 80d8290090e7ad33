/** Opening a post out of the Posts view: a broken one at its first problem. */

import { Disposable, DiagnosticSeverity, Range, TextEditorRevealType, Uri, commands, languages, window, type Diagnostic } from "vscode";

/** How long the first problem of a post is waited for. */
const PATIENCE_MS = 5000;

/** Registers the command that the view's lines run. */
export function registerOpenPost(): Disposable {
  return commands.registerCommand("masthead.posts.open", async (uri: Uri, broken: boolean) => {
    const editor = await window.showTextDocument(uri, { preview: true });
    const problem = broken ? await firstProblem(uri) : undefined;
    // Who has begun to read elsewhere is left there.
    if (problem === undefined || window.activeTextEditor !== editor) return;
    await window.showTextDocument(editor.document, { selection: new Range(problem.range.start, problem.range.start) });
    editor.revealRange(problem.range, TextEditorRevealType.InCenterIfOutsideViewport);
  });
}

/** The first error of a file; where there is none, its first finding. Waits until the server has told of it. */
async function firstProblem(uri: Uri): Promise<Diagnostic | undefined> {
  const find = (): Diagnostic | undefined => {
    const found = languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "masthead");
    found.sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));
    const first = found[0];
    return first !== undefined && first.severity <= DiagnosticSeverity.Warning ? first : undefined;
  };
  const now = find();
  if (now !== undefined) return now;
  return new Promise((resolve) => {
    const listener = languages.onDidChangeDiagnostics(() => find() && done());
    const timer = setTimeout(() => done(), PATIENCE_MS);
    const done = (): void => {
      listener.dispose();
      clearTimeout(timer);
      resolve(find());
    };
  });
}
