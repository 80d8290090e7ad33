// What the tests in the extension host share. The true `vscode` API, the installed VSIX, the server in it.
const { execFileSync } = require("node:child_process");

exports.until = async (what, work, ms = 60_000) => {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const result = await work();
    if (result) return result;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
  }
};

let failed = 0;
exports.test = async (name, work) => {
  try { console.log(`ok   ${name} ${String((await work()) ?? "").replace(/\s+/g, " ").slice(0, 160)}`); }
  catch (error) { failed++; console.log(`FAIL ${name}: ${error.message}`); }
};
exports.end = () => { if (failed) throw new Error(`${failed} failed`); };

/** Server processes below the extension host. */
exports.servers = () => {
  try { return execFileSync("pgrep", ["-P", String(process.pid), "masthead"]).toString().trim().split("\n"); }
  catch { return []; }
};
