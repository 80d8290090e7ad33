// What the VS Code tests share: a folder of the running VS Code in headless Chromium.
// Arguments of each test: DIR PORT FOLDER, with the installed editors, VS Code's port, and the folder or workspace to open.
import { createRequire } from "node:module";

export const [dir, port, folder] = process.argv.slice(2);
// Long: a busy machine needs it, and only a failure waits for it.
export const timeout = 60_000;

/** A path as VS Code names it. */
export const remote = (path) => `vscode-remote://127.0.0.1:${port}${encodeURI(path)}`;

// An import would look beside this file; the package is in DIR.
const { chromium } = createRequire(`${dir}/code/`)("playwright-core");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
export const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

export const shot = (name) => page.screenshot({ path: `${dir}/shots/vscode-${name}.png` });
export const open = (payload, where = folder) =>
  page.goto(`http://127.0.0.1:${port}/?${where.endsWith(".code-workspace") ? "workspace" : "folder"}=${encodeURI(where)}&payload=${encodeURIComponent(JSON.stringify(payload))}`, { timeout: 120_000 });
export const leave = async (code) => { await browser.close(); process.exit(code); };
export const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };

/** Waits until an element's text matches. VS Code draws blanks as U+00A0. */
export async function see(selector, pattern, ms = timeout) {
  const find = ([selector, pattern]) => [...document.querySelectorAll(selector)]
    .map((element) => element.textContent.replaceAll("\u00a0", " ")).find((text) => new RegExp(pattern, "u").test(text));
  try {
    const found = await page.waitForFunction(find, [selector, pattern], { timeout: ms });
    return await found.jsonValue();
  } catch {
    const there = await page.locator(selector).allInnerTexts();
    throw new Error(`no ${selector} with /${pattern}/, but ${JSON.stringify(there).slice(0, 600)}`);
  }
}

/** The texts of all elements, once there are so many. */
export async function rows(selector, least = 1) {
  await page.locator(selector).nth(least - 1).waitFor({ timeout });
  return page.locator(selector).allInnerTexts();
}

/** Runs a command by its name in the palette. */
export async function palette(command) {
  await press("F1");
  await page.locator(".quick-input-widget input").first().waitFor({ timeout });
  await page.keyboard.type(command);
  await see(".quick-input-list .monaco-list-row.focused", command);
  await press("Enter");
}

let failed = 0;
const started = Date.now();
/** Counts as a check; true where it is good. */
export async function step(name, work) {
  try {
    const said = await work();
    console.log(`ok   ${name} ${String(said ?? "").replace(/\s+/g, " ").slice(0, 200)} @${Date.now() - started} ms`);
    return true;
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.message}`);
    await shot(`failed-${name.replace(/\W+/g, "-")}`);
    return false;
  }
}
export const end = () => leave(failed ? 1 : 0);
