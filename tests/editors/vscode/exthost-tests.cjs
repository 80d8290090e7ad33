// Runs inside VS Code's extension host: the true `vscode` API, the installed VSIX, the server in it.
const vscode = require("vscode"), assert = require("node:assert"), fs = require("node:fs"), path = require("node:path");
const { end, servers, test, until } = require("./common.cjs");

const site = vscode.workspace.workspaceFolders[0].uri;
const uri = vscode.Uri.joinPath(site, "_posts/2026-01-20-open.md");

exports.run = async () => {
  console.log(`vscode ${vscode.version} in ${vscode.env.appName}`);
  await test("active in a folder with a site, with no file open", () =>
    until("activation", () => vscode.extensions.getExtension("masthead.masthead")?.isActive));
  await test("one server runs", () => until("a server", () => servers().length === 1));

  const document = await vscode.workspace.openTextDocument(uri);
  let editor = await vscode.window.showTextDocument(document);
  const line = (number) => document.lineAt(number).text;
  // VS Code's own Markdown extension answers as well, so what is not ours is left out.
  const diagnostics = (of = uri) => vscode.languages.getDiagnostics(of).filter((found) => found.source === "masthead");
  const found = (code) => diagnostics().find((one) => (one.code?.value ?? one.code) === code);
  const ask = (command, ...rest) => vscode.commands.executeCommand(`vscode.${command}`, uri, ...rest);
  const at = (row, column) => { editor.selection = new vscode.Selection(row, column, row, column); };
  /** Back to what was saved. */
  const undo = () => until("the saved text", async () => {
    if (document.isDirty) await vscode.commands.executeCommand("undo");
    return !document.isDirty;
  });

  await test("both mistakes, at their UTF-16 columns", async () => {
    await until("two findings", () => diagnostics().length === 2);
    assert.equal(document.getText(found("full-width-colon").range), "：");
    const quote = found("text-after-quote").range;
    assert.equal(line(2).slice(0, quote.start.character), 'title: "投資😀と');
    assert.equal(document.getText(quote), '"');
    return diagnostics().map((one) => `${one.range.start.line}:${one.range.start.character} ${one.message}`).join(" | ");
  });
  await test("the code of a finding leads to its explanation", async () => {
    const { target } = found("text-after-quote").code;
    assert.equal(target.fragment, "text-after-quote");
    const page = (await vscode.workspace.fs.readFile(target)).toString();
    assert(page.includes("\n## text-after-quote\n"), "the page has no heading of the rule");
    return target.path;
  });
  for (const [code, row, after] of [
    ["full-width-colon", 3, "date: 2026-01-20 09:00:00 +0900"],
    ["text-after-quote", 2, String.raw`title: "投資😀と\"技術\"の話"`],
  ]) {
    await test(`quick fix of ${code}`, async () => {
      const fix = await until("a fix", async () => {
        const fixes = await ask("executeCodeActionProvider", found(code).range, vscode.CodeActionKind.QuickFix.value);
        return fixes.find((action) => action.edit);
      });
      assert(await vscode.workspace.applyEdit(fix.edit));
      assert.equal(line(row), after);
      await until("the finding to go", () => !found(code));
      return fix.title;
    });
  }
  await test("a tag typed and accepted: the whole line", async () => {
    at(5, line(5).length - 1);
    await vscode.commands.executeCommand("type", { text: "," });
    await vscode.commands.executeCommand("type", { text: " " });
    await vscode.commands.executeCommand("type", { text: '"' });
    // The list is open once something can be accepted.
    await until("the tag", async () => {
      await vscode.commands.executeCommand("acceptSelectedSuggestion");
      return line(5) !== 'tags: ["東京", ""]' && line(5) !== 'tags: ["東京", "]';
    });
    assert.equal(line(5), 'tags: ["東京", "AI"]');
  });
  await test("nothing is left to mend, and the saved file is right", async () => {
    await until("no findings", () => diagnostics().length === 0);
    assert(await document.save());
    const saved = fs.readFileSync(uri.fsPath, "utf8").split("\n").slice(0, 8);
    assert.deepEqual(saved, ["---", "layout: post", String.raw`title: "投資😀と\"技術\"の話"`, "date: 2026-01-20 09:00:00 +0900", 'categories: ["日記"]', 'tags: ["東京", "AI"]', 'author: "編集部"', "---"]);
  });
  await test("hover tells of the tag's posts", async () => {
    const hovers = await ask("executeHoverProvider", new vscode.Position(5, 14));
    const text = hovers.flatMap((hover) => hover.contents).map((content) => content.value ?? content).join("\n");
    assert.match(text, /最初の投稿/);
    return text;
  });
  await test("symbols, each once", async () => {
    const names = (await ask("executeDocumentSymbolProvider")).map((symbol) => symbol.name);
    assert(names.includes("Front matter"), String(names));
    // VS Code lists the headings itself.
    assert.equal(names.filter((name) => name.includes("見出し")).length, 1, String(names));
    return names;
  });
  await test("the URL is shown beside the text", async () => {
    const hints = await ask("executeInlayHintProvider", new vscode.Range(0, 0, 12, 0));
    const labels = hints.map((hint) => (typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("")));
    assert.match(labels.join(" "), /\/2026\/01\/20\/open/);
    return labels;
  });
  await test("the tag of a new file is offered in another post", async () => {
    fs.writeFileSync(path.join(site.fsPath, "_posts/2026-01-25-new.md"), "---\ntitle: 新しい投稿\ntags: [新しいタグ]\n---\n");
    at(5, line(5).length - 1);
    await vscode.commands.executeCommand("type", { text: ", " });
    await until("the tag", async () => {
      const list = await ask("executeCompletionItemProvider", editor.selection.active);
      return list.items.some((item) => (item.label.label ?? item.label) === "新しいタグ");
    });
    await undo();
    assert.equal(line(5), 'tags: ["東京", "AI"]');
  });
  await test("a link to a heading of another post leads to its line", async () => {
    const other = path.join(site.fsPath, "_posts/2026-01-26-headed.md");
    fs.writeFileSync(other, `---\ntitle: 見出しのある投稿\n---\n${"一行\n\n".repeat(4)}## 嵐山\n`);
    const end = document.lineCount - 1;
    at(end, document.lineAt(end).text.length);
    await vscode.commands.executeCommand("type", { text: "\n[a](/2026/01/26/headed.html#嵐山)" });
    // VS Code's own Markdown takes it for a file.
    const link = await until("our link", async () => (await ask("executeLinkProvider")).find((one) => one.target?.fragment === "L12"));
    await vscode.commands.executeCommand("vscode.open", link.target);
    const active = vscode.window.activeTextEditor;
    assert.equal(active.document.uri.fsPath, other);
    assert.equal(active.document.lineAt(active.selection.active.line).text, "## 嵐山");
    editor = await vscode.window.showTextDocument(document);
    await undo();
    return link.target.toString();
  });
  await test("a file outside of a site is left alone", async () => {
    const outside = path.join(path.dirname(site.fsPath), "outside.md");
    fs.writeFileSync(outside, "---\ntitle： \"a\" b\n---\n");
    const other = vscode.Uri.file(outside);
    await vscode.window.showTextDocument(other);
    // A later change of a file that is ours has its answer, so the other one would have had its own.
    editor = await vscode.window.showTextDocument(document);
    at(3, 4);
    await vscode.commands.executeCommand("type", { text: "：" });
    await until("a finding in ours", () => diagnostics().length > 0);
    assert.deepEqual(diagnostics(other), []);
    await undo();
    await until("no findings", () => diagnostics().length === 0);
  });
  await test("the restart command gives another server", async () => {
    const before = servers();
    await vscode.commands.executeCommand("masthead.server.restart");
    const after = await until("another server", () => servers().length === 1 && servers()[0] !== before[0] && servers());
    return `${before} -> ${after}`;
  });

  const settings = vscode.workspace.getConfiguration("masthead");
  const set = (key, value) => settings.update(key, value, vscode.ConfigurationTarget.Workspace);
  const type = async (row, column, text) => { at(row, column); await vscode.commands.executeCommand("type", { text }); };
  await test("a rule's severity is a setting, while the server runs", async () => {
    const [server] = servers();
    await type(3, 4, "：");
    const { code, severity } = await until("a finding", () => diagnostics()[0]);
    const rule = code?.value ?? code;
    assert(severity < vscode.DiagnosticSeverity.Hint);
    await set("rules", { [rule]: "hint" });
    await until("a hint", () => found(rule)?.severity === vscode.DiagnosticSeverity.Hint);
    await set("rules", { [rule]: "off" });
    await until("no finding", () => !found(rule));
    await set("rules", undefined);
    await until("the finding again", () => found(rule)?.severity === severity);
    await undo();
    assert.deepEqual(servers(), [server]);
    return rule;
  });
  const hints = async () => (await ask("executeInlayHintProvider", new vscode.Range(0, 0, 12, 0))) ?? [];
  await test("the hints beside the text can be turned off", async () => {
    await until("a hint", async () => (await hints()).length > 0);
    await set("inlayHints", false);
    await until("no hints", async () => (await hints()).length === 0);
    await set("inlayHints", undefined);
    await until("a hint again", async () => (await hints()).length > 0);
  });
  await test("a server that is named counts, and a wrong one starts nothing", async () => {
    const own = path.join(path.dirname(site.fsPath), "own masthead");
    const inside = path.join(vscode.extensions.getExtension("masthead.masthead").extensionPath, "server/masthead");
    fs.copyFileSync(inside, own);
    await set("server.path", own);
    const program = () => {
      // One that ends meanwhile is none.
      try { return servers().map((pid) => fs.readlinkSync(`/proc/${pid}/exe`)).join(); } catch { return ""; }
    };
    await until("that one", () => program() === own);
    await set("server.path", "/nowhere/masthead");
    await until("none", () => servers().length === 0);
    await set("server.path", undefined);
    await until("the one in the extension", () => program() === inside);
    const bin = path.join(path.dirname(site.fsPath), "bin"), before = process.env.PATH;
    fs.mkdirSync(bin, { recursive: true });
    fs.copyFileSync(inside, path.join(bin, "masthead"));
    fs.renameSync(inside, `${inside}.away`);
    // The tests and the extension are one process.
    process.env.PATH = bin + path.delimiter + before;
    try {
      await vscode.commands.executeCommand("masthead.server.restart");
      await until("the one on the PATH", () => program() === path.join(bin, "masthead"));
    } finally {
      process.env.PATH = before;
      fs.renameSync(`${inside}.away`, inside);
    }
    await vscode.commands.executeCommand("masthead.server.restart");
    await until("the one in the extension again", () => program() === inside);
  });
  await test("the log has what the server says", async () => {
    await set("log.level", "debug");
    await until("a server", () => servers().length === 1);
    await vscode.commands.executeCommand("masthead.server.showLog");
    await vscode.commands.executeCommand("workbench.action.closePanel");
    await set("log.level", undefined);
    await until("a server again", () => servers().length === 1);
  });
  end();
};
