#!/usr/bin/env node
// post.mjs DIR PORT FOLDER: an author writes a whole post in VS Code's window, by keys, and the file is compared as a whole.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { end, folder, open, page, palette, press, rows, see, shot, step, timeout } from "./page.mjs";

const popup = ".suggest-widget.visible .monaco-list-row";
const type = (text) => page.keyboard.type(text, { delay: 40 });
/** As an input method brings it in. */
const phrase = (text) => page.keyboard.insertText(text);
/** To a line, from 1: at its end. */
const go = (number) => press("Control+Home", ...Array(number - 1).fill("ArrowDown"), "End");
/** Accepts the chosen item, once the list has one that matches; gives all of the list. */
async function accept(pattern) {
  await see(`${popup}.focused`, pattern);
  const texts = (await page.locator(popup).allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  await press("Enter");
  return texts;
}
/** Closes a link. VS Code has done it, but where it has not looked at the line yet: then the bracket is written. */
async function close(line) {
  await see(".view-line", line.replace(/\\\)\$$/, ""));
  await type(")");
  return see(".view-line", line);
}
/** A step that the next ones stand on. */
const then = async (name, work) => { if (!(await step(name, work))) await end(); };
const each = (texts, pattern) => {
  const other = texts.find((text) => !pattern.test(text));
  if (other !== undefined) throw new Error(`«${other}» in ${JSON.stringify(texts)}`);
  return texts;
};

const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Tokyo" });
const post = `_posts/${today}-arashiyama.md`;
for (const [name, tags] of [["kyoto", '"京都", "旅行"'], ["nara", '"旅行"']]) {
  writeFileSync(`${folder}/_posts/2026-01-15-${name}.md`, `---\nlayout: post\ntitle: "${name}の旅"\ndate: 2026-01-15 09:00:00 +0900\ncategories: ["旅"]\ntags: [${tags}]\nauthor: "編集部"\n---\n\n## 一日目\n`);
}
mkdirSync(`${folder}/assets`);
writeFileSync(`${folder}/assets/hashi.png`, "");

await open([]);
await then("a new post", async () => {
  await page.locator(".activitybar .action-label[aria-label^=Masthead]").first().waitFor({ timeout: 120_000 });
  await palette("Masthead: New Post");
  await see(".quick-input-title", "New Post");
  await phrase("秋の嵐山");
  await press("Enter");
  await see(".quick-input-title", "Name of the File");
  await type("arashiyama");
  await press("Enter");
  await see(".tab.active", "arashiyama\\.md");
  await see(".view-line", "^tags: \\[\\]$");
  // VS Code's own Markdown comes up late on a busy machine.
  await see(".view-line", "^---/");
});
await then("the first category has the quotes that the site's lists have", async () => {
  await go(5);
  await press("ArrowLeft");
  await phrase("旅");
  await accept("^旅");
  return see(".view-line", '^categories: \\["旅"\\]$');
});
await then("and so has the first tag; every tag of the list shows how often it is used", async () => {
  await go(6);
  await press("ArrowLeft");
  await press("Control+Space");
  const texts = each(await accept("^旅行"), / \d+ posts?$/);
  await see(".view-line", '^tags: \\["旅行"\\]$');
  await type(", ");
  await see(popup, "^京都");
  await phrase("京");
  await accept("^京都");
  await see(".view-line", '^tags: \\["旅行", "京都"\\]$');
  return texts;
});
await then("what is underlined is mended by its key", async () => {
  await go(7);
  await press("Enter");
  await type("des");
  await accept("^description");
  await phrase("紅葉: 二日間の記録");
  await page.waitForFunction(() => document.querySelectorAll(".squiggly-error").length > 0, undefined, { timeout });
  const menu = page.locator(".action-widget .monaco-list-row.action");
  for (let tries = 0; tries < 5 && !(await menu.first().isVisible()); tries++) {
    await press("Control+.");
    await menu.first().waitFor({ timeout: 4000 }).catch(() => {});
  }
  await press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".squiggly-error").length === 0, undefined, { timeout });
  return see(".view-line", '^description: "紅葉: 二日間の記録"$');
});
await then("a link to another post by its title", async () => {
  await press("Control+End");
  await phrase("前の");
  await type("[");
  await phrase("旅");
  await type("](");
  await see(popup, "の旅");
  await phrase("kyoto");
  await accept("^kyotoの旅");
  await close("^前の\\[旅\\]\\(/旅/2026/01/15/kyoto\\.html\\)$");
  await phrase("の続きです。");
  await press("Enter", "Enter");
});
await then("an image", async () => {
  await type("![");
  await phrase("渡月橋");
  await type("](");
  await accept("hashi\\.png");
  await close("^!\\[渡月橋\\]\\(/assets/hashi\\.png\\)$");
  await press("Enter", "Enter");
});
await then("a heading, and a link to it that is offered once", async () => {
  await type("## ");
  await phrase("紅葉");
  await press("Enter", "Enter", "[");
  await phrase("上へ");
  await type("](#");
  await see(popup, "紅葉");
  // What comes late would come now.
  await page.waitForTimeout(500);
  const texts = await rows(popup);
  await shot("anchor");
  if (texts.length !== 1) throw new Error(JSON.stringify(texts));
  await accept("紅葉");
  return close("^\\[上へ\\]\\(#紅葉\\)$");
});
await then("images in a folder that is typed are offered once", async () => {
  await press("End", "Enter", "Enter");
  await type("![a](/assets/");
  await see(popup, "hashi\\.png");
  await page.waitForTimeout(500);
  const texts = await rows(popup);
  if (texts.length !== 1) throw new Error(JSON.stringify(texts));
  await press("Escape", "End", "Shift+Home", "Delete", "Backspace", "Backspace");
});
await then("nothing is left to mend, and the saved file is right", async () => {
  await press("Control+s");
  const right = `---
layout: post
title: "秋の嵐山"
date: DATE
categories: ["旅"]
tags: ["旅行", "京都"]
author: "編集部"
description: "紅葉: 二日間の記録"
---

前の[旅](/旅/2026/01/15/kyoto.html)の続きです。

![渡月橋](/assets/hashi.png)

## 紅葉

[上へ](#紅葉)
`;
  let text = "";
  for (const end = Date.now() + 10_000; Date.now() < end; await page.waitForTimeout(100)) {
    if (existsSync(`${folder}/${post}`)) text = readFileSync(`${folder}/${post}`, "utf8").replace(/^date: .*$/m, "date: DATE").trimEnd() + "\n";
    if (text === right) break;
  }
  await shot("post");
  if (text !== right) throw new Error(text);
  const marks = await page.locator(".squiggly-error, .squiggly-warning, .squiggly-info").count();
  if (marks > 0) throw new Error(`${marks} marks`);
});
await end();
