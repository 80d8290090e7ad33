#!/usr/bin/env node
// japanese.mjs DIR PORT FOLDER: what the extension itself says in a VS Code whose language is Japanese.
import { mkdirSync, writeFileSync } from "node:fs";
import { end, folder, open, page, press, remote, rows, see, shot, step, timeout } from "./page.mjs";

const row = ".composite.viewlet .pane-body .monaco-list-row";
const post = "_posts/2026-01-05-first.md";
async function palette(typed, name) {
  await press("F1");
  await page.locator(".quick-input-widget input").first().waitFor({ timeout });
  await page.keyboard.type(typed);
  return see(".quick-input-list .monaco-list-row.focused", name);
}

mkdirSync(`${folder}/_drafts`);
writeFileSync(`${folder}/_drafts/shita.md`, '---\nlayout: post\ntitle: "下書き"\n---\n本文\n');
// With three names in ASCII a Japanese title is asked for one.
writeFileSync(`${folder}/_posts/2026-01-15-nara.md`, '---\nlayout: post\ntitle: "奈良"\n---\n本文\n');

await open([["openFile", remote(`${folder}/${post}`)]]);
await step("the Posts view", async () => {
  await page.locator(".activitybar .action-label[aria-label^=Masthead]").first().click({ timeout: 120_000 });
  await see(row, "^タグ ?\\d+$");
  const texts = await rows(row, 4);
  for (const name of ["カテゴリー", "公開"]) await see(row, `^${name} ?\\d+$`);
  return texts;
});
await step("the status of a draft", async () => {
  await see(row, "^下書き ?1$");
  await page.locator(row).filter({ hasText: "下書き" }).first().click();
  await page.locator(row).filter({ hasText: /^下書き$/ }).first().click();
  return see(".statusbar-item", "下書き: /");
});
await step("a command, by its English name too, and what it asks", async () => {
  const shown = await palette("Masthead: New Post", "新しい投稿");
  await press("Enter");
  await see(".quick-input-title", "^新しい投稿$");
  const said = await see(".quick-input-message", "タイトルを入れてください");
  await page.keyboard.insertText("春");
  await press("Enter");
  await see(".quick-input-title", "^ファイル名$");
  await see(".quick-input-message", "URL に使う名前を半角英数字で");
  await shot("japanese");
  await press("Escape");
  return `${shown} ${said}`;
});
await step("no command is left in English", async () => {
  await palette("Masthead:", "Masthead:");
  const texts = (await rows(".quick-input-list .monaco-list-row", 6)).filter((text) => text.startsWith("Masthead:"));
  await press("Escape");
  const english = texts.filter((text) => !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text));
  if (english.length > 0) throw new Error(english.join());
  return texts;
});
await step("the walkthrough", async () => {
  await palette("Welcome: Open Walkthrough", "Walkthrough");
  await press("Enter");
  await page.keyboard.type("Masthead");
  await see(".quick-input-list .monaco-list-row.focused", "Masthead で投稿を書く");
  await press("Enter");
  await see(".getting-started-step", "投稿を書き始める");
  await shot("japanese-walkthrough");
  return rows(".getting-started-step .step-title", 3);
});
await end();
