#!/usr/bin/env node
// trust.mjs DIR PORT FOLDER: a folder that nobody has said to trust, whose settings name a server of its own.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dir, end, folder, open, page, palette, remote, see, step, timeout } from "./page.mjs";

const user = `${dir}/try/code/data/User/settings.json`;
writeFileSync(user, JSON.stringify({ ...JSON.parse(readFileSync(user, "utf8")), "security.workspace.trust.enabled": true }));
const evil = `${folder}/evil`, sign = `${folder}/started`;
writeFileSync(evil, `#!/bin/sh\ntouch '${sign}'\n`);
chmodSync(evil, 0o755);
mkdirSync(`${folder}/.vscode`, { recursive: true });
writeFileSync(`${folder}/.vscode/settings.json`, JSON.stringify({ "masthead.server.path": evil }));

const post = "_posts/2026-01-20-open.md";
await open([["openFile", remote(`${folder}/${post}`)]]);
await step("untrusted, the server in the extension works", () =>
  page.waitForFunction(() => document.querySelectorAll(".squiggly-error").length === 2, undefined, { timeout: 120_000 }).then(() => {}));
await step("and the one that the folder names was not started", async () => {
  await see(".statusbar-item", "Restricted Mode");
  if (existsSync(sign)) throw new Error("it was");
});
await step("trusted, the folder's setting counts", async () => {
  await palette("Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button").filter({ hasText: /^Trust$/ }).first().click();
  for (const end = Date.now() + timeout; !existsSync(sign); await page.waitForTimeout(100)) if (Date.now() > end) throw new Error("it was not started");
});
await end();
