#!/usr/bin/env node
// window.mjs DIR PORT FOLDER: what an author does in VS Code's window, with mouse and keys.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { end, folder, open, page, palette, press, remote, rows, see, shot, step, timeout } from "./page.mjs";

const post = "_posts/2026-01-20-open.md";
const popup = ".suggest-widget.visible .monaco-list-row";
const status = "#masthead\\.masthead\\.masthead\\.post";
const view = ".composite.viewlet .pane-body .monaco-list-row";
const toast = ".notifications-toasts .notification-list-item-message";

const type = (text) => page.keyboard.type(text, { delay: 40 });
const line = (number, pattern) => see(`.editor-instance .view-line >> nth=${number}`, pattern);
const squiggles = (count) =>
  page.waitForFunction((n) => document.querySelectorAll(".squiggly-error").length === n, count, { timeout }).then(() => {});
/** To a line, from 1: at its end. */
const go = (number) => press("Control+Home", ...Array(number - 1).fill("ArrowDown"), "End");
const row = (label) => page.locator(view).filter({ hasText: label }).first();
const today = () => new Date().toLocaleDateString("sv", { timeZone: "Asia/Tokyo" });

await open([["openFile", remote(`${folder}/${post}`)]]);
await step("the post is open", () => page.waitForSelector(`.monaco-editor[data-uri$="${post}"] .view-line`, { timeout: 60_000 }).then(() => {}));
await step("two squiggles", () => squiggles(2));
await step("the mistake is told under the mouse", async () => {
  await page.locator(".squiggly-error").first().hover({ force: true });
  const text = await see(".monaco-hover:not(.hidden)", "quote");
  await shot("hover");
  await press("Escape");
  return text;
});
await step("a quick fix by its key", async () => {
  const menu = page.locator(".action-widget .monaco-list-row.action");
  await page.locator(".editor-instance .view-line").nth(3).click();
  await go(4);
  // VS Code drops the menu where something changes while it opens: one presses again.
  for (let tries = 0; tries < 5 && !(await menu.first().isVisible()); tries++) {
    await press("Control+.");
    await menu.first().waitFor({ timeout: 4000 }).catch(() => {});
  }
  const texts = await menu.allInnerTexts();
  await shot("quick-fix");
  await press("Enter");
  await see(".view-line", "^date: 2026-01-20 09:00:00 \\+0900$");
  await squiggles(1);
  return texts;
});
await step("and the other one", async () => {
  const menu = page.locator(".action-widget .monaco-list-row.action");
  await press("F8", "Escape");
  for (let tries = 0; tries < 5 && !(await menu.first().isVisible()); tries++) {
    await press("Control+.");
    await menu.first().waitFor({ timeout: 4000 }).catch(() => {});
  }
  await press("Enter");
  await squiggles(0);
});
await step("the list opens while a tag is typed", async () => {
  await go(6);
  await press("ArrowLeft");
  await type(", A");
  const texts = await rows(popup);
  await shot("completion");
  return texts;
});
await step("and the accepted line is whole", async () => {
  await press("Enter");
  return see(".view-line", '^tags: \\["東京", "?AI"?\\]$');
});
await step("the list opens while a key is typed", async () => {
  await go(7);
  await press("Enter");
  await type("per");
  const text = await see(popup, "permalink");
  await press("Escape", "Control+Shift+K");
  return text;
});
await step("no list of words opens in prose", async () => {
  await press("Control+End");
  await type(" Masthead Mast");
  await page.waitForTimeout(1000);
  const open = await page.locator(popup).count();
  await press(...Array(14).fill("Backspace"));
  if (open > 0) throw new Error("it is open");
});
await step("the saved file is right", async () => {
  await press("Control+s");
  await page.waitForFunction(() => document.querySelector(".tab.active.dirty") === null, undefined, { timeout });
  const text = readFileSync(`${folder}/${post}`, "utf8").split("\n").slice(0, 8).join("\n");
  if (!/^---\nlayout: post\ntitle: "投資😀と\\"技術\\"の話"\ndate: 2026-01-20 09:00:00 \+0900\ncategories: \["日記"\]\ntags: \["東京", "?AI"?\]\nauthor: "編集部"\n---$/.test(text)) throw new Error(text);
});
await end();
