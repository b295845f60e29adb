// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// The peer of bench_schema: bytes to verdict with ajv, formats on.
//     node ajv.mjs NODE_MODULES check SCHEMA EVENTS COUNT
//     node ajv.mjs NODE_MODULES compile SCHEMA COUNT
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [modules, task, schemaPath, ...rest] = process.argv.slice(2);
const require = createRequire(modules + "/x.js");
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;
const schemaText = readFileSync(schemaPath, "utf8");

const ajv = new Ajv({ strict: false });
addFormats(ajv);
if (task === "compile") {
  for (let i = 0; i < Number(rest[0]); ++i) {
    ajv.compile(JSON.parse(schemaText));
  }
} else {
  const validate = ajv.compile(JSON.parse(schemaText));
  const bytes = readFileSync(rest[0]);
  const events = [];
  for (let begin = 0, end; (end = bytes.indexOf(10, begin)) >= 0; begin = end + 1) {
    events.push(bytes.subarray(begin, end));
  }
  const count = Number(rest[1]);
  let valid = 0;
  for (let i = 0; i < count; ++i) {
    if (validate(JSON.parse(events[i % events.length].toString("utf8")))) {
      ++valid;
    }
  }
  process.exitCode = valid === count ? 0 : 1;
}
