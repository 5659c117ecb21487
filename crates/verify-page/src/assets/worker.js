'use strict';
// Runs the verifier apart from the page, so that the page stays alive. Messages in: the program, then what to verify, then
// which form of the report. Messages out: how far it is, what went wrong, the outcome.

/** So many bytes of one file are read at most: no file of a published ledger is longer. */
const FILE_BYTES_MAX = 256 * 1024 * 1024 + 1;
/** Milliseconds that a server may be silent. */
const SILENCE = 30000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let wasm;
let lang = 2;

/** A fault that the page has words for. */
class Told extends Error {
  constructor(word, filled = {}) { super(word); this.word = word; this.filled = filled; }
}

/** What the program may call: `tell`. A library inside would ask for random numbers if zips were written with a password. */
function imports(module, tell) {
  const given = { page: { tell } };
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    given[from] ??= {};
    given[from][name] ??= () => { throw new Error(`${from}.${name}`); };
  }
  return given;
}

/** Hands bytes in. @param {Uint8Array[]} parts */
function hand(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  let at = wasm.hattama_buffer(length) >>> 0;
  for (const part of parts) {
    new Uint8Array(wasm.memory.buffer, at, part.length).set(part);
    at += part.length;
  }
}

/** Takes the answer of so many bytes. @param {number} length */
function take(length) {
  return decoder.decode(new Uint8Array(wasm.memory.buffer, wasm.hattama_answer() >>> 0, length >>> 0));
}

/** Says what the verifier refused, if it did. @param {number} length */
function refused(length) {
  if (length) throw new Told('found', { found: take(length) });
}

const say = (word, filled = {}) => postMessage({ kind: 'state', word, filled });

/** Reads one answer of a server, at most so long; nothing where it has no such file. */
async function ask(base, path) {
  const address = `${base}/${path}`;
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), SILENCE);
  try {
    const answer = await fetch(address, {
      signal: stop.signal, credentials: 'omit', referrerPolicy: 'no-referrer',
      cache: path === 'checkpoint' ? 'no-store' : 'no-cache',
    });
    // Stores of objects answer 403 for what they do not have.
    if ([403, 404, 410].includes(answer.status)) return null;
    if (!answer.ok) throw new Told('fault-status', { name: address, found: String(answer.status) });
    const parts = [];
    let length = 0;
    const reader = answer.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), SILENCE);
      length += value.length;
      if (length > FILE_BYTES_MAX) throw new Told('fault-large', { name: address, max: String(FILE_BYTES_MAX - 1) });
      parts.push(value);
    }
    const bytes = new Uint8Array(length);
    parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
    const head = decoder.decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
    // Pages are a part of a ledger under their own names alone.
    const isPage = head.startsWith('<!doctype html') || head.startsWith('<html');
    if (isPage && !address.endsWith('.html')) throw new Told('fault-page', { name: address });
    return bytes;
  } catch (error) {
    if (error instanceof Told) throw error;
    throw new Told('fault-fetch', { name: address });
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** Reads a published ledger from where it lies; once more where something was missing. */
async function readAddress(base) {
  for (const again of [false, true]) {
    say('asking', { name: base });
    const checkpoint = await ask(base, 'checkpoint');
    if (!checkpoint) throw new Told('fault-no-checkpoint', { name: base });
    begin(base);
    hand(checkpoint);
    wasm.hattama_address();
    let gaps = false;
    for (;;) {
      const wanted = JSON.parse(take(wasm.hattama_wanted()));
      if (wanted.length === 0) break;
      await Promise.all(wanted.map(async ([path, instead], place) => {
        let name = path;
        let bytes = await ask(base, path);
        if (!bytes && instead) { name = instead; bytes = await ask(base, instead); }
        if (!bytes) return;
        const word = encoder.encode(name);
        hand(word, bytes);
        refused(wasm.hattama_came(place, word.length, lang));
      }));
      const [came, claimed, lacking] = JSON.parse(take(wasm.hattama_answered()));
      gaps = lacking;
      say('reading', { done: String(came), total: String(claimed) });
    }
    if (!gaps || again) return;
  }
}

/** Reads the files of a folder, of which the one with the checkpoint is the ledger's. */
async function readFolder(name, files) {
  const depth = (path) => path.split('/').length;
  const roots = files.map((one) => one.path).filter((path) => /(^|\/)checkpoint$/.test(path) && !/(^|\/)snapshots\//.test(path));
  roots.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  if (roots.length === 0) throw new Told('fault-no-checkpoint', { name });
  const root = roots[0].slice(0, -'checkpoint'.length);
  const own = files.filter((one) => one.path.startsWith(root));
  begin(name);
  for (const [place, one] of own.entries()) {
    if (place % 50 === 0) say('reading', { done: String(place), total: String(own.length) });
    let bytes;
    try {
      bytes = new Uint8Array(await one.file.slice(0, FILE_BYTES_MAX).arrayBuffer());
    } catch (error) {
      throw new Told('fault-fetch', { name: one.path });
    }
    const word = encoder.encode(one.path.slice(root.length));
    hand(word, bytes);
    refused(wasm.hattama_file(word.length, lang));
  }
}

async function readZip(name, file) {
  say('asking', { name });
  begin(name);
  hand(new Uint8Array(await file.arrayBuffer()));
  refused(wasm.hattama_zip(lang));
}

function begin(name) {
  hand(encoder.encode(name));
  wasm.hattama_begin();
}

async function verify(message) {
  const started = performance.now();
  const { source } = message;
  if (source.kind === 'zip') await readZip(source.name, source.file);
  else if (source.kind === 'folder') await readFolder(source.name, source.files);
  else await readAddress(source.address);
  for (const kept of message.pins) {
    const word = encoder.encode(kept.name);
    hand(word, encoder.encode(kept.text ?? ''), new Uint8Array(kept.file ? await kept.file.arrayBuffer() : 0));
    (kept.policy ? wasm.hattama_policy : wasm.hattama_pin)(word.length);
  }
  const read = performance.now();
  const exit = wasm.hattama_verify();
  const ended = performance.now();
  postMessage({
    kind: 'outcome', exit, reading: read - started, verifying: ended - read, json: take(wasm.hattama_report(0, lang)),
    memory: wasm.memory.buffer.byteLength,
  });
}

onmessage = async ({ data: message }) => {
  try {
    if (message.kind === 'program') {
      const tell = (done, total) => say(done < total ? 'replaying' : 'judging', { done: String(done), total: String(total) });
      const module = await WebAssembly.compile(message.program);
      const instance = await WebAssembly.instantiate(module, imports(module, tell));
      wasm = instance.exports;
      postMessage({ kind: 'ready' });
    } else if (message.kind === 'verify') {
      lang = message.lang;
      await verify(message);
    } else {
      postMessage({ kind: 'page', page: take(wasm.hattama_report(1, message.lang)) });
    }
  } catch (error) {
    if (error instanceof Told) postMessage({ kind: 'fault', word: error.word, filled: error.filled });
    else if (error instanceof RangeError || /memory/i.test(String(error))) postMessage({ kind: 'fault', word: 'fault-memory', filled: {} });
    else if (!wasm) postMessage({ kind: 'fault', word: 'fault-start', filled: { found: String(error) } });
    else postMessage({ kind: 'fault', word: 'fault-stopped', filled: { found: String(error) } });
  }
};
