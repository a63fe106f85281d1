// What a visitor loads, gzipped; fails where it is more than was promised.
import { readFile, readdir, stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const FIRST_PAINT = 90_000;
const CALLING = 300_000;
const WIDGET = 5_000;
const DEBUG = "src/debug/DebugPanel.tsx";

const root = new URL("../../phone_agent/web/static/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", root), "utf8"));
const packed = async (name) => gzipSync(await readFile(new URL(name, root)), { level: 9 }).length;

function filesOf(key, following, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  const chunk = manifest[key];
  for (const next of [...(chunk.imports ?? []), ...(following(chunk) ? (chunk.dynamicImports ?? []) : [])]) {
    if (next !== DEBUG) filesOf(next, following, seen);
  }
  return seen;
}

async function weight(keys) {
  const names = new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]));
  const sizes = await Promise.all([...names].map(packed));
  return sizes.reduce((sum, size) => sum + size, 0);
}

if (!manifest[DEBUG]) throw new Error("the developer's panel has no chunk of its own");
const first = filesOf("index.html", () => false);
const calling = filesOf("index.html", () => true);
const rows = [
  ["first paint (scripts and styles)", await weight(first), FIRST_PAINT],
  ["the whole calling page", await weight(calling), CALLING],
  ["widget.js", await packed("widget.js"), WIDGET],
  ["the developer's panel, only where it is opened", await weight(new Set([DEBUG])), Infinity],
];
for (const [what, size, limit] of rows) {
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${what}${limit < Infinity ? ` (at most ${limit / 1000})` : ""}`);
}
const livekitFirst = await Promise.all([...first].map((key) => readFile(new URL(manifest[key].file, root), "utf8")));
if (livekitFirst.some((text) => text.includes("publishDtmf"))) throw new Error("the first paint waits for LiveKit");
const files = await readdir(new URL("assets/", root));
const total = (await Promise.all(files.map((name) => stat(new URL(`assets/${name}`, root))))).reduce((sum, { size }) => sum + size, 0);
console.log(`${(total / 1000).toFixed(0).padStart(7)} kB  on disk, not packed`);
if (rows.some(([, size, limit]) => size > limit)) throw new Error("heavier than was promised");
