// pictures.mjs DIR PORT FOLDER OUT: the pictures of the extension's page, out of VS Code's window.
import { folder, leave, open, page, press, remote, rows, see } from "./page.mjs";

const out = process.argv[5];
const clip = { x: 0, y: 34, width: 1100, height: 606 };
const picture = (name) => page.screenshot({ path: `${out}/${name}.png`, clip });
const line = (label) => page.locator(".composite.viewlet .pane-body .monaco-list-row").filter({ hasText: label }).first();

await page.setViewportSize({ width: 1100, height: 640 });
await open([["openFile", remote(`${folder}/_posts/2026-01-20-open.md`)]]);
await page.locator(".squiggly-error").nth(1).waitFor({ timeout: 120_000 });
await page.locator(".activitybar .action-label[aria-label^=Masthead]").first().click();
await line("Tags").click();
await line(/^AI/).click();
await line("Broken").click();
await see(".composite.viewlet .pane-body .monaco-list-row", "壊れた投稿");
await page.locator(".squiggly-error").first().hover({ force: true });
await see(".monaco-hover:not(.hidden)", "quote");
await page.waitForTimeout(500);
await picture("diagnostics");

await page.mouse.move(900, 500);
await page.locator(".editor-instance .view-line").nth(3).click();
await press("Control+Home", ...Array(5).fill("ArrowDown"), "End", "ArrowLeft");
await page.keyboard.type(", A", { delay: 40 });
await rows(".suggest-widget.visible .monaco-list-row", 2);
// The view beside it follows what has been typed.
await page.waitForTimeout(3000);
await picture("completion");
await leave(0);
