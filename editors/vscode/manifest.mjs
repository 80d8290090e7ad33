// manifest.mjs PACKAGE.json SCHEMA.json: the manifest with every rule's code under `masthead.rules`, so that VS Code
// completes them in its settings. They stand in one place only: the schema of `masthead.toml`, made from the rules.
import { readFileSync } from "node:fs";

const [manifest, schema] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
manifest.contributes.configuration.properties["masthead.rules"].properties = schema.properties.rules.properties;
console.log(JSON.stringify(manifest, undefined, 2));
