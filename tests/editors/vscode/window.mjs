#!/usr/bin/env node
// window.mjs DIR PORT FOLDER: what an author does in VS Code's window, with mouse and keys.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { end, folder, open, page, palette, press, remote, rows, see, shot, step, timeout } from "./page.mjs";

const post = "_posts/2026-01-20-open.md";
const popup = ".suggest-widget.visible .monaco-list-row";
const row = ".composite.viewlet .pane-body .monaco-list-row";
const toast = ".notifications-toasts .notification-list-item-message";

const type = (text) => page.keyboard.type(text, { delay: 40 });
const squiggles = (count) =>
  page.waitForFunction((n) => document.querySelectorAll(".squiggly-error").length === n, count, { timeout }).then(() => {});
/** Waits until a file of the folder is right on the disk. */
async function saved(file, isRight) {
  let text = "";
  for (const end = Date.now() + timeout; Date.now() < end; await page.waitForTimeout(50)) {
    if (existsSync(`${folder}/${file}`)) text = readFileSync(`${folder}/${file}`, "utf8");
    if (isRight(text)) return text;
  }
  throw new Error(text);
}
/** To a line, from 1: at its end. */
const go = (number) => press("Control+Home", ...Array(number - 1).fill("ArrowDown"), "End");
const line = (label) => page.locator(row).filter({ hasText: label }).first();

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
await step("an accepted word opens no list again", async () => {
  await go(7);
  await press("Enter");
  await type("layout: p");
  await see(popup, "^post");
  await press("Enter");
  await see(".view-line", "^layout: post$");
  await page.waitForTimeout(1000);
  const open = await page.locator(popup).count();
  await press("Escape", "Control+Shift+K", "ArrowUp");
  if (open > 0) throw new Error("it is open");
});
await step("Enter behind tags: is the author's, who writes them below", async () => {
  await go(7);
  await press("Enter");
  await type("tags:");
  await page.waitForTimeout(1000);
  await press("Enter");
  await type("  - ");
  await see(popup, "生成AI");
  await press("Escape");
  await see(".view-line", "^tags:$");
  await see(".view-line", "^  - $");
  await press("Control+Shift+K", "ArrowUp", "Control+Shift+K");
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
  const right = ["---", "layout: post", 'title: "投資😀と\\"技術\\"の話"', "date: 2026-01-20 09:00:00 +0900", 'categories: ["日記"]', 'tags: ["東京", "AI"]', 'author: "編集部"', "---", ""];
  await saved(post, (text) => text.startsWith(right.join("\n")));
});

const today = () => new Date().toLocaleDateString("sv", { timeZone: "Asia/Tokyo" });
await step("the status bar has the URL", () => see(".statusbar-item", "^ ?/日記/2026/01/20/open\\.html"));
await step("the Posts view has the site", async () => {
  await page.locator(".activitybar .action-label[aria-label^=Masthead]").first().click();
  await see(row, "^Tags ?4$");
  return rows(row, 2);
});
await step("a tag has its posts, and one opens", async () => {
  await line("Tags").click();
  await see(row, "^AI ?3$");
  await line(/^AI ?3$/).click();
  await see(row, "^二番目の投稿 ?2026-01-12$");
  await shot("posts");
  await line("二番目の投稿").click();
  await see(".tab.active", "2026-01-12-second\\.md");
  await line(/^AI ?3$/).click();
  await line("Tags").click();
});
await step("and the published posts are there, the newest first", async () => {
  await line("Published").click();
  await see(row, "^最初の投稿😀 ?2026-01-05$");
  const posts = (await rows(row)).filter((text) => /\d{4}-\d\d-\d\d$/.test(text));
  await line("Published").click();
  if (!/open|投資/.test(posts[0]) || !posts[1].startsWith("二番目") || posts.length !== 3) throw new Error(posts.join());
  return posts;
});
await step("the view follows the disk", async () => {
  mkdirSync(`${folder}/_drafts`);
  writeFileSync(`${folder}/_drafts/下書き.md`, '---\nlayout: post\ntitle: "下書き"\ncategories: ["日記"]\ntags: ["下書きのタグ"]\n---\n本文\n');
  writeFileSync(`${folder}/_posts/2026-01-30-broken.md`, '---\nlayout: post\ntitle: "壊れた投稿😀"\ntags: ["AI"、"東京"]\n---\n');
  writeFileSync(`${folder}/_posts/2099-01-01-future.md`, '---\nlayout: post\ntitle: "未来"\n---\n');
  for (const list of ["Drafts ?1", "Future ?1", "Broken ?1"]) await see(row, `^${list}$`);
});
await step("a broken post opens at its first problem", async () => {
  await line("Broken").click();
  await line("2026-01-30").click();
  await see(".tab.active", "2026-01-30-broken\\.md");
  await see(".statusbar-item", "Ln 4, Col 12");
  await see(".statusbar-item", "Broken");
  await shot("broken");
});
await step("all is mended by a command", async () => {
  await palette("Masthead: Fix All in This File");
  const line = await see(".view-line", '^tags: \\["AI", "東京"\\]$');
  await press("Control+z");
  await see(".view-line", '^tags: \\["AI"、"東京"\\]$');
  return line;
});
await step("the view follows what is typed", async () => {
  await page.locator(".editor-instance .view-line").nth(3).click();
  await go(4);
  await press("Control+Shift+K");
  await page.waitForFunction(([row]) => ![...document.querySelectorAll(row)].some((each) => each.textContent.startsWith("Broken")), [row], { timeout });
  await press("Control+z");
  await see(row, "^Broken ?1$");
  await press("Control+s");
});
await step("a new post, by its title, which is asked for a name in ASCII as the others have it", async () => {
  await palette("Masthead: New Post");
  await see(".quick-input-title", "New Post");
  await type("Rust 春の旅😀");
  await press("Enter");
  await see(".quick-input-title", "Name of the File");
  await press("End");
  await type(" Trip");
  await see(".quick-input-message", `_posts/${today()}-rust-trip\\.md`);
  await shot("slug");
  await press("Enter");
  const name = `${today()}-rust-trip.md`;
  await see(".tab.active", name);
  return saved(`_posts/${name}`, (text) => text.startsWith('---\nlayout: post\ntitle: "Rust 春の旅😀"\ndate: '));
});
await step("where the title leaves nothing of a name, the box for it begins empty and says why", async () => {
  await palette("Masthead: New Post");
  await see(".quick-input-title", "New Post");
  await type("春の旅");
  await press("Enter");
  await see(".quick-input-title", "Name of the File");
  const said = await see(".quick-input-message", "The names on this site are ASCII");
  const value = await page.locator(".quick-input-widget input").first().inputValue();
  await press("Escape");
  if (value !== "") throw new Error(value);
  return said;
});
await step("its URL, to be copied", async () => {
  await palette("Masthead: Show This Post's URL");
  const said = await see(toast, `^/日記/${today().replaceAll("-", "/")}/rust-trip\\.html`);
  await page.locator(".notifications-toasts .monaco-button").filter({ hasText: "Copy" }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).endsWith("/rust-trip.html"), undefined, { timeout });
  return said;
});
await step("a draft becomes a post", async () => {
  await line("Drafts").click();
  await line("下書き").click();
  await see(".tab.active", "下書き\\.md");
  await see(".statusbar-item", "Draft");
  await palette("Masthead: Promote This Draft to a Post");
  const name = `${today()}-下書き.md`;
  await see(".tab.active", name);
  await saved(`_posts/${name}`, (text) => text.includes(`date: ${today()} `));
  if (existsSync(`${folder}/_drafts/下書き.md`)) throw new Error("the draft is still there");
  return name;
});
/** Names a term in the box that a command of the palette opens. */
async function pick(command, term) {
  await palette(command);
  await see(".quick-input-title", "a Tag or Category");
  await type(term);
  await see(".quick-input-list .monaco-list-row.focused", `${term} ?\\d+`);
  await press("Enter");
}
/** Agrees to the question that comes before edits of the whole site, or does not. */
async function confirm(asked, button = "Apply") {
  const text = await see(".monaco-dialog-box", asked);
  await page.locator(".monaco-dialog-box .monaco-button").filter({ hasText: button }).click();
  return text;
}
const tagged = (file, tags) => async () => {
  for (let tries = 0; tries < 20; tries++) {
    await palette("File: Save All");
    const done = readFileSync(`${folder}/${file}`, "utf8").includes(tags);
    if (done) return;
    await page.waitForTimeout(500);
  }
  throw new Error(readFileSync(`${folder}/${file}`, "utf8"));
};
await step("a tag is renamed by a command, in a post that is not open", async () => {
  await pick("Masthead: Rename or Merge a Tag or Category", "技術動向");
  await see(".quick-input-message", "^The new name of");
  await type("技術");
  await press("Enter");
  await tagged("_posts/2026-01-12-second.md", 'tags: ["AI", "技術"]')();
});
await step("a merge is asked about before it is done", async () => {
  await pick("Masthead: Rename or Merge a Tag or Category", "技術");
  await see(".quick-input-message", "^The new name of");
  await type("AI");
  await press("Enter");
  await confirm("Merge the tag `技術`", "Cancel");
  await pick("Masthead: Rename or Merge a Tag or Category", "技術");
  await see(".quick-input-message", "^The new name of");
  await type("AI");
  await press("Enter");
  const asked = await confirm("Merge the tag `技術` \\(1 post\\) into `AI`");
  await tagged("_posts/2026-01-12-second.md", 'tags: ["AI"]')();
  return asked;
});
await step("and so is one by F2", async () => {
  await line("Tags").click();
  await line("東京").click();
  await line("最初の投稿").click();
  await see(".tab.active", "2026-01-05-first\\.md");
  await page.locator(".editor-instance .view-line").nth(5).click();
  await go(6);
  await press("ArrowLeft", "ArrowLeft", "ArrowLeft", "F2");
  // The box is there before it is shown.
  const isAsked = () => document.activeElement?.closest(".rename-box") && document.activeElement.value === "東京";
  await page.waitForFunction(isAsked, undefined, { timeout });
  await press("Control+a");
  await page.keyboard.insertText("生成AI");
  await press("Enter");
  const asked = await confirm("Merge the tag `東京` \\(\\d posts?\\) into `生成AI`");
  await tagged("_posts/2026-01-05-first.md", 'tags: ["AI", "生成AI"]')();
  await line("Tags").click();
  return asked;
});
await step("a tag is removed from all posts by the menu of its line", async () => {
  await line("Tags").click();
  await line("生成AI").click({ button: "right" });
  // A menu takes no click right after it has opened.
  await page.locator(".monaco-menu .action-label").filter({ hasText: "Remove a Tag" }).hover();
  await see(".monaco-menu .action-item.focused", "Remove a Tag");
  await press("Enter");
  const asked = await confirm("Remove the tag `生成AI` from \\d posts?");
  await tagged("_posts/2026-01-05-first.md", 'tags: ["AI"]')();
  return asked;
});
await step("the walkthrough opens", async () => {
  await palette("Welcome: Open Walkthrough");
  await type("Write a post with Masthead");
  await press("Enter");
  await see(".getting-started-step", "Begin a post");
  const steps = await rows(".getting-started-step .step-title", 3);
  await shot("walkthrough");
  return steps;
});
await step("a missing server is told in a sentence, with a button that helps", async () => {
  mkdirSync(`${folder}/.vscode`, { recursive: true });
  writeFileSync(`${folder}/.vscode/settings.json`, '{ "masthead.server.path": "/nowhere/masthead" }\n');
  const said = await see(toast, "masthead\\.server\\.path names /nowhere/masthead");
  await shot("missing");
  await page.locator(".notifications-toasts .monaco-button").filter({ hasText: "Choose the Server" }).click();
  await see(".settings-editor .setting-item-label", "Path");
  return said;
});
await step("once it is named no more, the server is back", async () => {
  writeFileSync(`${folder}/.vscode/settings.json`, "{}\n");
  await see(row, "^Tags ?\\d+$");
});
await end();
