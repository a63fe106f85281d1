// Makes src/cards.gen.ts from the cards' JSON Schema; --check only tells whether it is fresh.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const root = new URL("../src/", import.meta.url);
const target = new URL("cards.gen.ts", root);
const schema = JSON.parse(await readFile(new URL("cards.schema.json", root), "utf8"));
// What has one value only is always sent: without this it would not tell the cards apart.
for (const part of Object.values(schema.$defs)) {
  const constant = Object.keys(part.properties ?? {}).filter((name) => "const" in part.properties[name]);
  part.required = [...new Set([...constant, ...(part.required ?? [])])];
}
if (schema.$defs.JsonValue) schema.$defs.JsonValue.tsType = "unknown";
const made = await compile(schema, "Contract", {
  additionalProperties: false,
  bannerComment: "// Made by `npm run types` from cards.schema.json: do not edit.",
  format: true,
  style: { printWidth: 120 },
});
const text = made.replace(/[ \t]+$/gm, "");

if (!process.argv.includes("--check")) {
  await writeFile(target, text);
} else if ((await readFile(target, "utf8").catch(() => "")) !== text) {
  console.error("src/cards.gen.ts is older than src/cards.schema.json: npm run types");
  process.exitCode = 1;
}
