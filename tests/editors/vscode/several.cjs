// Runs inside VS Code's extension host, in a workspace of two folders: a site, and a shelf that holds two more.
const vscode = require("vscode"), assert = require("node:assert"), fs = require("node:fs"), path = require("node:path");
const { end, servers, test, until } = require("./common.cjs");

const [one, shelf] = vscode.workspace.workspaceFolders.map((folder) => folder.uri);
const late = vscode.Uri.joinPath(shelf, "../late");
const at = (folder, file) => vscode.Uri.joinPath(folder, file);
const read = (uri) => fs.readFileSync(uri.fsPath, "utf8");
const run = (command, ...rest) => vscode.commands.executeCommand(command, ...rest);
const overview = (uri) => run("masthead.overview", ...(uri ? [uri.toString()] : [])).catch(() => []);
const names = async () => (await overview()).map((site) => site.name).join(" ");
const labels = async (uri, position) => {
  const list = await run("vscode.executeCompletionItemProvider", uri, position);
  return list.items.map((item) => item.label.label ?? item.label);
};
const ours = (uri) => vscode.languages.getDiagnostics(uri).filter((found) => found.source === "masthead");
const places = (found) => found.map((each) => `${path.relative(path.dirname(one.fsPath), (each.uri ?? each.targetUri).fsPath)}:${(each.range ?? each.targetRange).start.line}:${(each.range ?? each.targetRange).start.character}`).sort();

exports.run = async () => {
  // VS Code's watcher tells nothing of a file that is written before it has seen its new folder.
  const seen = () => new Promise((done) => setTimeout(done, 2_000));
  await test("all three sites are known, with no file open", () => until("three sites", async () => (await names()) === "one blog-a blog-b" && names()));
  await test("by one server", () => assert.equal(servers().length, 1));
  await test("each has its own tags", async () => {
    for (const [name, own, other] of [["blog-a", "甲", "乙"], ["blog-b", "乙", "甲"]]) {
      const uri = at(shelf, `${name}/_posts/2026-02-01-01.md`);
      await vscode.window.showTextDocument(uri);
      const found = await until("tags", async () => {
        const found = await labels(uri, new vscode.Position(2, 7));
        return found.includes(`新${own}`) && found;
      });
      assert(!found.includes(`新${other}`) && !found.includes("生成AI"), String(found));
    }
  });
  await test("and its own URLs", async () => {
    const { url } = await run("masthead.postUrl", at(shelf, "blog-b/_posts/2026-02-01-01.md").toString());
    assert.equal(url, "/b/01/");
  });
  await test("a folder beside them is left alone", async () => {
    const uri = at(shelf, "notes.md");
    await vscode.window.showTextDocument(uri);
    const post = at(shelf, "blog-a/_posts/2026-02-01-02.md");
    await vscode.window.showTextDocument(post);
    await until("findings in a post", () => ours(post).length > 0);
    assert.deepEqual(ours(uri), []);
  });
  await test("a folder that is added brings its site", async () => {
    // The third: with two or more VS Code does not start its extensions anew.
    assert(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: late }));
    await until("the site below it", async () => (await names()) === "deep one blog-a blog-b");
  });
  await test("and takes it along when it goes", async () => {
    assert(vscode.workspace.updateWorkspaceFolders(2, 1));
    await until("it gone", async () => (await names()) === "one blog-a blog-b");
  });
  await test("a site that is made below a folder is found", async () => {
    fs.mkdirSync(at(shelf, "blog-c/_posts").fsPath, { recursive: true });
    await seen();
    fs.writeFileSync(at(shelf, "blog-c/_config.yml").fsPath, "title: c\n");
    fs.writeFileSync(at(shelf, "blog-c/_posts/2026-02-01-c.md").fsPath, "---\ntitle: c\ntags: [丙]\n---\n");
    await until("it", async () => (await names()).includes("blog-c"));
    assert.equal(servers().length, 1);
  });
  await test("the mistakes of _config.yml are told while it is typed", async () => {
    const uri = at(shelf, "blog-a/_config.yml");
    const editor = await vscode.window.showTextDocument(uri);
    assert.deepEqual(ours(uri), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "permalink: /:yaer/:title/\n"));
    const [found] = await until("a finding", () => ours(uri).length > 0 && ours(uri));
    await run("workbench.action.files.revert");
    await until("none", () => ours(uri).length === 0);
    return found.message;
  });
  await test("and those of masthead.toml", async () => {
    const uri = at(shelf, "blog-a/masthead.toml");
    fs.writeFileSync(uri.fsPath, "[rules]\n");
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'no-front-mater = "off"\n'));
    const [found] = await until("a finding", () => ours(uri).length > 0 && ours(uri));
    await run("workbench.action.files.revert");
    return found.message;
  });

  // In the first folder: a tag over open and closed files.
  const first = at(one, "_posts/2026-01-05-first.md"), second = at(one, "_posts/2026-01-12-second.md");
  const document = await vscode.workspace.openTextDocument(first);
  await vscode.window.showTextDocument(document);
  const tag = new vscode.Position(5, 8); // in "AI"
  const ask = (command, ...rest) => run(`vscode.${command}`, first, tag, ...rest);
  await test("references of a tag", async () => {
    // VS Code's own Markdown extension takes `["AI", …]` for a link, which begins one character before.
    const found = places(await ask("executeReferenceProvider")).filter((place) => !place.endsWith(":7"));
    assert.deepEqual(found, ["one/_posts/2026-01-05-first.md:5:8", "one/_posts/2026-01-12-second.md:5:8"]);
  });
  await test("its definition", async () => {
    fs.mkdirSync(at(one, "tags").fsPath);
    await seen();
    fs.writeFileSync(at(one, "tags/ai.md").fsPath, "---\nlayout: tag\ntag: AI\n---\n");
    const found = await until("a page", async () => { const found = await ask("executeDefinitionProvider"); return found.length > 0 && found; });
    assert.deepEqual(places(found).map((place) => place.split(":")[0]), ["one/tags/ai.md"]);
  });
  await test("its highlights", async () => {
    const found = await ask("executeDocumentHighlights");
    assert.deepEqual(found.map(({ range }) => document.getText(range).replace(/"/g, "")), ["AI"]);
  });
  await test("symbols of the workspace", async () => {
    const found = await run("vscode.executeWorkspaceSymbolProvider", "#AI");
    assert(found.some((symbol) => symbol.name === "#AI"), found.map((symbol) => symbol.name).join());
    const titles = await run("vscode.executeWorkspaceSymbolProvider", "番目");
    assert(titles.some((symbol) => symbol.name.includes("二番目の投稿")), titles.map((symbol) => symbol.name).join());
  });
  await test("a tag is renamed in open and closed files, and nothing else is", async () => {
    const before = [first, second].map(read);
    const edit = await ask("executeDocumentRenameProvider", "人工知能");
    assert(await vscode.workspace.applyEdit(edit, { isRefactoring: true }));
    await vscode.workspace.saveAll(false);
    const want = before.map((text) => text.replace('"AI"', '"人工知能"'));
    await until("the files", () => [first, second].every((file, at) => read(file) === want[at]));
    assert(read(at(one, "tags/ai.md")).includes("人工知能"));
    assert(!read(at(shelf, "blog-a/_posts/2026-02-01-01.md")).includes("人工知能"));
  });
  await test("a near-duplicate is mended in the whole site", async () => {
    const files = ["x", "y"].map((name) => at(one, `_posts/2026-01-2${name === "x" ? 1 : 2}-${name}.md`));
    for (const file of files) fs.writeFileSync(file.fsPath, '---\ntitle: "題"\ntags: [とうきょう, ｾｲｾｲAI]\n---\n');
    fs.writeFileSync(at(one, "_posts/2026-01-23-z.md").fsPath, '---\ntitle: "題"\ntags: [生成AI, トウキョウ]\n---\n');
    fs.writeFileSync(at(one, "_posts/2026-01-24-z2.md").fsPath, '---\ntitle: "題"\ntags: [トウキョウ]\n---\n');
    fs.writeFileSync(at(one, "_posts/2026-01-25-z3.md").fsPath, '---\ntitle: "題"\ntags: [トウキョウ]\n---\n');
    await vscode.window.showTextDocument(files[0]);
    const code = (found) => found.code?.value ?? found.code;
    const found = await until("the finding", () => ours(files[0]).find((found) => code(found) === "near-duplicate-term"));
    const actions = await run("vscode.executeCodeActionProvider", files[0], found.range, vscode.CodeActionKind.QuickFix.value, 20);
    const whole = actions.find((action) => action.title.includes("whole site"));
    assert(whole, actions.map((action) => action.title).join());
    assert(await vscode.workspace.applyEdit(whole.edit));
    await until("both", async () => (await vscode.workspace.saveAll(false)) && files.every((file) => read(file).includes("tags: [トウキョウ, ")));
    return whole.title;
  });
  await test("a file that is renamed takes its links along", async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(first, at(one, "_posts/2026-01-05-hajime.md"));
    assert(await vscode.workspace.applyEdit(edit));
    const other = await vscode.workspace.openTextDocument(second);
    await until("the link", () => other.getText().includes("{% post_url 2026-01-05-hajime %}"));
    await vscode.workspace.saveAll(false);
  });
  await test("no server is left over", () => assert.equal(servers().length, 1));
  end();
};
