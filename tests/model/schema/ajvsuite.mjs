// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// ajv 8 over the official suite, as tst_jsonschemasuite runs ours: remote documents from its folder, formats
// asserted in the tests of formats and annotations elsewhere. A schema that ajv refuses fails the tests of its group.
//     node ajvsuite.mjs NODE_MODULES SUITE
import { createRequire } from "node:module";
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join, relative } from "node:path";

const [modules, suite] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const addFormats = require("ajv-formats").default;
const drafts = [
  ["draft4", "draft-04", require("ajv-draft-04").default],
  ["draft6", "draft-06", require("ajv").default],
  ["draft7", "draft-07", require("ajv").default],
  ["draft2019-09", "2019-09", require("ajv/dist/2019").default],
  ["draft2020-12", "2020-12", require("ajv/dist/2020").default],
];

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
const parsed = (path) => JSON.parse(readFileSync(path, "utf8"));
const remoteFolder = join(suite, "remotes");
const remotes = filesBelow(remoteFolder).map((path) => [
  "http://localhost:1234/" + relative(remoteFolder, path),
  parsed(path),
]);

function compiled(draft, Ajv, schema, hasFormats) {
  const ajv = new Ajv({ strict: false, validateFormats: hasFormats, logger: false });
  if (hasFormats) {
    addFormats(ajv);
  }
  if (draft === "draft6") {
    ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  }
  for (const [uri, document] of remotes) {
    try {
      ajv.addSchema(document, uri);
    } catch {
      // Of a draft this ajv does not read.
    }
  }
  return ajv.compile(schema);
}

for (const [folder, name, Ajv] of drafts) {
  const root = join(suite, "tests", folder);
  if (!existsSync(root)) {
    continue;
  }
  const figures = {};
  for (const path of filesBelow(root)) {
    const file = relative(root, path);
    const isFormat = file.startsWith("optional/format/") || file === "optional/format.json";
    const part = isFormat ? "format" : file.startsWith("optional/") ? "optional" : "required";
    const hasFormats = part === "format" || file === "optional/ecmascript-regex.json";
    const count = (figures[part] ??= { passed: 0, total: 0 });
    for (const group of parsed(path)) {
      let validate;
      try {
        validate = compiled(folder, Ajv, group.schema, hasFormats);
      } catch {
        validate = undefined;
      }
      for (const test of group.tests) {
        ++count.total;
        try {
          count.passed += validate !== undefined && validate(test.data) === test.valid ? 1 : 0;
        } catch {
          // A stack overflow, say.
        }
      }
    }
  }
  for (const [part, { passed, total }] of Object.entries(figures)) {
    console.log(`${name} ${part}: ${passed} of ${total}`);
  }
}
