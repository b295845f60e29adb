// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0

// The peer of bench_validate: bytes to verdict with ajv. node ajv.mjs FOLDER SCHEMA EVENTS COUNT
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, schemaPath, eventsPath, count] = process.argv.slice(2);
const require = createRequire(folder + "/package.json");
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, "utf8")));

const bytes = readFileSync(eventsPath);
const events = [];
for (let begin = 0, end; (end = bytes.indexOf(10, begin)) >= 0; begin = end + 1) {
  events.push(bytes.subarray(begin, end));
}
let valid = 0;
for (let i = 0; i < Number(count); ++i) {
  if (validate(JSON.parse(events[i % events.length].toString("utf8")))) {
    ++valid;
  }
}
console.log(valid);
