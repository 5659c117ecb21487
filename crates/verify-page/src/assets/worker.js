'use strict';
// Runs the verifier apart from the page, so that the page stays alive. Messages in: the program, then what to verify, then
// which form of the report. Messages out: how far it is, what went wrong, the outcome. The same script is its own helper:
// it checks signatures of bundles for the worker that verifies.

/** So many bytes of one file are read at most: no file of a published ledger is longer. */
const FILE_BYTES_MAX = 256 * 1024 * 1024 + 1;
/** Milliseconds that a server may be silent. */
const SILENCE = 30000;
/** Milliseconds that a helper may take for one bundle; longer, and its bundle is checked here. */
const HELPER_SILENCE = 20000;
/** Points on the longer side of a photograph: more show no more of a code. */
const PHOTO_SIDE = 4000;
/** Fewer bundles are checked faster than helpers start. */
const BUNDLES_MIN = 3;
/** Seconds that a checkpoint may have lain with somebody in between before it is told. */
const AGE_MAX = 300;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let wasm;
let lang = 2;
let code = '';
let program;

/** A fault that the page has words for. */
class Told extends Error {
  constructor(word, filled = {}) { super(word); this.word = word; this.filled = filled; }
}

/** What the program may call: `tell` and `check`. A library inside would ask for random numbers if zips were written with a password. */
function imports(module, tell, check) {
  const given = { page: { tell, check } };
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
    const age = Number(answer.headers.get('age') ?? 0);
    if (path === 'checkpoint' && age > AGE_MAX) postMessage({ kind: 'note', word: 'note-cached', filled: { name: base, n: String(Math.round(age / 60)) } });
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
    if (path === 'checkpoint' && bytes[0] === 0x1f && bytes[1] === 0x8b) throw new Told('fault-compressed', { name: address });
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

/** An instance of the same program in a worker of its own; null where the browser gives none. */
async function startHelper(address) {
  try {
    const helper = new Worker(address);
    const ready = await answerOf(helper, { kind: 'help', program });
    if (ready?.kind === 'helping') return helper;
    helper.terminate();
  } catch (error) { /* Without helpers everything is checked here. */ }
  return null;
}

/** What a helper answers; null if it dies, cannot be understood, or is silent for too long. */
function answerOf(helper, message) {
  return new Promise((ready) => {
    const timer = setTimeout(() => ready(null), HELPER_SILENCE);
    const end = (answer) => { clearTimeout(timer); ready(answer); };
    helper.onmessage = ({ data }) => end(data);
    helper.onerror = (error) => { error.preventDefault?.(); end(null); };
    helper.onmessageerror = () => end(null);
    helper.postMessage(message);
  });
}

/**
 * Has signatures checked beside, on other cores. A helper says which entries it found good, by leaf hash; whatever it does
 * not say, because it died, was silent or left it out, is checked here by the replay itself.
 */
async function checkBeside(wanted) {
  const bundles = wasm.hattama_bundles() >>> 0;
  if (wanted < 2 || bundles < BUNDLES_MIN) return { helpers: 0, checked: 0 };
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  let next = 0;
  let done = 0;
  let helpers = 0;
  let checked = 0;
  say('checking', { done: '0', total: String(bundles) });
  await Promise.all(Array.from({ length: Math.min(wanted, bundles) }, async () => {
    const helper = await startHelper(address);
    if (!helper) return;
    helpers += 1;
    while (next < bundles) {
      const place = next;
      next += 1;
      const path = take(wasm.hattama_bundle_path(place));
      const length = wasm.hattama_bundle(place) >>> 0;
      const bytes = new Uint8Array(wasm.memory.buffer, wasm.hattama_answer() >>> 0, length).slice();
      const answer = await answerOf(helper, { kind: 'check', path, bytes });
      if (!(answer?.leaves instanceof Uint8Array)) break;
      hand(answer.leaves);
      checked = wasm.hattama_checked() >>> 0;
      done += 1;
      say('checking', { done: String(done), total: String(bundles) });
    }
    helper.terminate();
  }));
  URL.revokeObjectURL(address);
  return { helpers, checked };
}

/** As a helper: the leaf hashes of the good entries of a bundle. */
function checkBundle({ path, bytes }) {
  const word = encoder.encode(path);
  hand(word, bytes);
  const length = wasm.hattama_check(word.length) >>> 0;
  return new Uint8Array(wasm.memory.buffer, wasm.hattama_answer() >>> 0, length).slice();
}

/** A photograph as grey points; null where the browser cannot read such a picture. */
async function unpackPhoto(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, PHOTO_SIDE / Math.max(picture.width, picture.height));
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(picture, 0, 0, width, height);
    picture.close();
    const { data } = context.getImageData(0, 0, width, height);
    const bytes = new Uint8Array(width * height);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (data[4 * at] + data[4 * at + 1] + data[4 * at + 2]) / 3;
    return { kind: 'picture', width, height, bytes };
  } catch (error) {
    return null;
  }
}

/** Has the codes of photographs read by a helper, and hands their texts in. A picture that brings it down brings down no other. */
async function readPhotos(photos) {
  if (photos.length === 0) return;
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  let helper = null;
  for (const [place, file] of photos.entries()) {
    say('photographs', { done: String(place), total: String(photos.length) });
    const picture = await unpackPhoto(file);
    helper ??= await startHelper(address);
    const answer = picture && helper ? await answerOf(helper, picture) : null;
    if (picture && !answer) { helper?.terminate(); helper = null; }
    const word = encoder.encode(file.name);
    hand(word, encoder.encode(JSON.stringify(answer?.texts ?? [])));
    wasm.hattama_codes(word.length);
  }
  helper?.terminate();
  URL.revokeObjectURL(address);
}

/** As a helper: the texts of the codes on a picture. */
function readPicture({ width, height, bytes }) {
  hand(bytes);
  return JSON.parse(take(wasm.hattama_picture(width, height)) || '[]');
}

/** Hands in the checkpoints of earlier visits, of the ledger of this name. */
function handVisits(visits) {
  const note = take(wasm.hattama_checkpoint());
  const origin = note.split('\n', 1)[0];
  for (const visit of visits[`@${origin}`] ?? []) {
    hand(encoder.encode(visit.note));
    wasm.hattama_visit();
  }
  return { note, origin };
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
  await readPhotos(message.photos ?? []);
  const { note, origin } = handVisits(message.visits ?? {});
  const read = performance.now();
  const beside = await checkBeside(message.helpers ?? 0);
  const exit = wasm.hattama_verify();
  const ended = performance.now();
  postMessage({
    kind: 'outcome', exit, reading: read - started, verifying: ended - read, json: take(wasm.hattama_report(0, lang)), sheets: take(wasm.hattama_report(2, lang)),
    memory: wasm.memory.buffer.byteLength, remembered: wasm.hattama_remembered(), note, origin, beside,
    evidence: exit === 0 ? [] : JSON.parse(take(wasm.hattama_evidence())),
  });
}

onmessage = async ({ data: message }) => {
  try {
    if (message.kind === 'help') {
      wasm = (await WebAssembly.instantiate(message.program, imports(message.program, () => {}, () => {}))).exports;
      postMessage({ kind: 'helping' });
    } else if (message.kind === 'check') {
      postMessage({ kind: 'checked', leaves: checkBundle(message) });
    } else if (message.kind === 'picture') {
      postMessage({ kind: 'codes', texts: readPicture(message) });
    } else if (message.kind === 'program') {
      code = message.code;
      const tell = (done, total) => say(done < total ? 'replaying' : 'judging', { done: String(done), total: String(total) });
      program = await WebAssembly.compile(message.program);
      const check = (place, status) => postMessage({ kind: 'check', place, status });
      wasm = (await WebAssembly.instantiate(program, imports(program, tell, check))).exports;
      postMessage({ kind: 'checks', list: JSON.parse(take(wasm.hattama_checks())) });
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
