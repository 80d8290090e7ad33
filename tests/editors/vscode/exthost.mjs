#!/usr/bin/env node
// exthost.mjs DIR PORT FOLDER TESTS.cjs: runs TESTS.cjs, which has common.cjs beside it, inside VS Code's real extension host.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { dir, leave, open, page, remote, shot } from "./page.mjs";

// VS Code wants tests to be of an extension under development. This one is empty: what is tested is the installed VSIX.
const tests = `${dir}/try/code/tests`;
mkdirSync(tests, { recursive: true });
writeFileSync(`${tests}/package.json`, '{ "name": "tests", "publisher": "masthead", "version": "0.0.1", "engines": { "vscode": "^1.91.0" } }');
copyFileSync(process.argv[5], `${tests}/index.js`);
copyFileSync(new URL("common.cjs", import.meta.url), `${tests}/common.cjs`);

// The page calls these two by name: for each console line of the tests, and when they have ended.
let settle, lines = 0;
await page.exposeFunction("codeAutomationLog", (type, args) => { if (/^(ok|FAIL|vscode) /.test(args[0])) lines += 1, console.log(...args); });
await page.exposeFunction("codeAutomationExit", (code) => settle(code));

// A built VS Code runs tests only with its smoke-test driver on, which is a setting in the page that it serves. (A page
// that playwright rewrites may not open a WebSocket to this machine.)
await page.addInitScript(() => {
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = original.call(this, name);
    if (name !== "data-settings" || this.id !== "vscode-workbench-web-configuration") return value;
    const settings = JSON.parse(value);
    settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
    return JSON.stringify(settings);
  };
});
const late = new Promise((resolve) => setTimeout(resolve, 300_000, "FAIL the tests did not end within 300 s"));
const once = async () => {
  const settled = new Promise((resolve) => (settle = resolve));
  await open([["extensionDevelopmentPath", remote(tests)], ["extensionTestsPath", remote(`${tests}/index.js`)]]);
  return Promise.race([settled, late]);
};
let code = await once();
// An extension host that could not begin while that of the window before was going has tested nothing.
if (code !== 0 && lines === 0) code = await once();
await shot(basename(process.argv[5], ".cjs"));
if (typeof code === "string") console.log(code);
await leave(code === 0 ? 0 : 1);
