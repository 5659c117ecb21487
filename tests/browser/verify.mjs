// Verifies folders with the program for browsers, outside of one: each argument after the program is a folder or a zip, and
// each line that comes out is the outcome of one, as JSON: {"exit": 0, "report": {…}}. With HATTAMA_BESIDE=1 the signatures are
// checked first, as helpers do, and how long that took is told apart.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const [program, ...sources] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(program));
const given = { page: { tell() {}, check() {} } };
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  given[from] ??= {};
  given[from][name] ??= () => { throw new Error(`${from}.${name}`); };
}
const instance = await WebAssembly.instantiate(module, given);
const wasm = instance.exports;
const encoder = new TextEncoder();

function hand(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = wasm.hattama_buffer(length) >>> 0;
  for (const part of parts) {
    new Uint8Array(wasm.memory.buffer, at, part.length).set(part);
    at += part.length;
  }
}

const take = (length) => new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.hattama_answer() >>> 0, length >>> 0));

function* files(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** What the helpers of the page do, one bundle after another. */
function checkBeside() {
  const bytes = (length) => new Uint8Array(wasm.memory.buffer, wasm.hattama_answer() >>> 0, length >>> 0).slice();
  const bundles = wasm.hattama_bundles() >>> 0;
  for (let place = 0; place < bundles; place += 1) {
    const path = bytes(wasm.hattama_bundle_path(place));
    hand(path, bytes(wasm.hattama_bundle(place)));
    hand(bytes(wasm.hattama_check(path.length)));
    wasm.hattama_checked();
  }
}

for (const source of sources) {
  hand(encoder.encode(source));
  wasm.hattama_begin();
  let refused = 0;
  if (statSync(source).isDirectory()) {
    for (const path of files(source)) {
      const name = encoder.encode(relative(source, path).split(sep).join('/'));
      hand(name, readFileSync(path));
      wasm.hattama_file(name.length, 2);
    }
  } else {
    hand(readFileSync(source));
    refused = wasm.hattama_zip(2);
  }
  if (refused) {
    console.log(JSON.stringify({ exit: 2, refused: take(refused) }));
    continue;
  }
  const before = performance.now();
  if (process.env.HATTAMA_BESIDE) checkBeside();
  const begun = performance.now();
  const exit = wasm.hattama_verify();
  const milliseconds = Math.round(performance.now() - begun);
  const report = JSON.parse(take(wasm.hattama_report(0, 2)));
  console.log(JSON.stringify({ exit, milliseconds, beside: Math.round(begun - before), memory: wasm.memory.buffer.byteLength, report }));
}
