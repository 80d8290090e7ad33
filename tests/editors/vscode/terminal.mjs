// terminal.mjs DIR SCREEN.txt OUT.png: draws what `tmux capture-pane -e` has captured, cell by cell, as a terminal would.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [dir, input, output] = process.argv.slice(2);
const cell = { width: 9, height: 20 };
const sixteen = ["#1b1f24", "#c0392b", "#3f8f3f", "#a87b00", "#2f6fbf", "#8b4fa8", "#1f8a8a", "#b8bcc4",
  "#6b7280", "#e0523f", "#57ab5a", "#c69026", "#539bf5", "#b083f0", "#39c5cf", "#ffffff"];

function indexed(n) {
  if (n < 16) return sixteen[n];
  if (n > 231) return `rgb(${Array(3).fill(8 + (n - 232) * 10)})`;
  const part = (x) => (x === 0 ? 0 : 55 + x * 40);
  return `rgb(${[Math.floor((n - 16) / 36), Math.floor((n - 16) / 6) % 6, (n - 16) % 6].map(part)})`;
}

/** Takes the numbers of one SGR sequence into the style. */
function apply(style, codes) {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) { for (const key of Object.keys(style)) delete style[key]; }
    else if (code === 1) style.bold = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 7) style.reverse = true;
    else if (code === 22) delete style.bold;
    else if (code === 23) delete style.italic;
    else if (code === 24) delete style.underline;
    else if (code === 27) delete style.reverse;
    else if (code === 39) delete style.fg;
    else if (code === 49) delete style.bg;
    else if (code === 38 || code === 48 || code === 58) {
      const color = codes[i + 1] === 5 ? indexed(codes[i + 2]) : `rgb(${codes.slice(i + 2, i + 5)})`;
      if (code !== 58) style[code === 38 ? "fg" : "bg"] = color;
      i += codes[i + 1] === 5 ? 2 : 4;
    }
    else if (code >= 30 && code <= 37) style.fg = sixteen[code - 30];
    else if (code >= 40 && code <= 47) style.bg = sixteen[code - 40];
    else if (code >= 90 && code <= 97) style.fg = sixteen[code - 82];
    else if (code >= 100 && code <= 107) style.bg = sixteen[code - 92];
  }
}

const isWide = (char) => /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(char);
const escape = (char) => char.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
const ink = "#1f2328";
let paper = "#fbfbf8";
const spans = [];
const style = {}, grounds = new Map();
const lines = readFileSync(input, "utf8").replace(/\n$/, "").split("\n");
let columns = 0;
lines.forEach((line, row) => {
  let column = 0;
  for (const [, sgr, other, char] of line.matchAll(/\x1b\[([\d;:]*)m|(\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x0e\x0f])|([^\x1b])/gu)) {
    if (sgr !== undefined) apply(style, sgr.replace(/4:\d+/g, "4").split(/[;:]/).map(Number));
    if (char === undefined || other !== undefined) continue;
    const width = isWide(char) ? 2 : 1;
    const [fg, bg] = style.reverse ? [style.bg ?? paper, style.fg ?? ink] : [style.fg ?? ink, style.bg];
    if (style.bg && !style.reverse) grounds.set(style.bg, (grounds.get(style.bg) ?? 0) + width);
    const css = [`left:${column * cell.width}px;top:${row * cell.height}px;width:${width * cell.width}px;color:${fg}`,
      bg && `background:${bg}`, width > 1 && `font-size:${2 * cell.width}px`, style.bold && "font-weight:bold", style.italic && "font-style:italic", style.underline && "text-decoration:underline"];
    spans.push(`<i style="${css.filter(Boolean).join(";")}">${escape(char)}</i>`);
    column += width;
  }
  columns = Math.max(columns, column);
});
// tmux leaves out the cells after the last character of a line: they have the ground of most others.
const most = [...grounds].sort((a, b) => b[1] - a[1])[0];
if (most && most[1] * 2 > spans.length) paper = most[0];

const { chromium } = createRequire(`${dir}/code/`)("playwright-core");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const size = { width: columns * cell.width + 24, height: lines.length * cell.height + 24 };
const page = await browser.newPage({ viewport: size });
await page.setContent(`<style>body{margin:12px;background:${paper};position:relative;font:15px/20px "DejaVu Sans Mono","IPAGothic",monospace}
  i{position:absolute;height:20px;font-style:normal;white-space:pre;overflow:visible;text-align:center}</style><div style="position:relative">${spans.join("")}</div>`);
await page.screenshot({ path: output });
await browser.close();
