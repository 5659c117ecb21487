// The page around the verifier: what the visitor chose, how far it is, the report. The verifier runs in a worker.

const LANGS = ['kk', 'ru', 'en'];
const at = (id) => document.getElementById(id);
const state = { lang: 'en', worker: null, source: null, last: null, links: [], notes: [] };
/** Where this browser keeps the checkpoints of ledgers that were verified here, and what contradicted one. */
const VISITS = 'hattama-visits';
const CONTRADICTIONS = 'hattama-contradictions';
/** So many checkpoints of one ledger are kept: the first one and the newest. */
const VISITS_MAX = 16;
/** At most so many helpers check signatures. */
const HELPERS_MAX = 4;
/** A program that uses what browsers have since 2023 (128 bits at once). */
const NEW_ENOUGH = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);

/** A text in the language chosen, with what it speaks of filled in. */
function say(word, filled = {}) {
  const text = WORDS[state.lang][word] ?? word;
  const number = new Intl.NumberFormat(state.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const write = (value) => (typeof value === 'number' ? number.format(value) : value);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in filled ? write(filled[name]) : whole));
}

function sayAll() {
  document.documentElement.lang = state.lang;
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.setAttribute('aria-pressed', String(button.dataset.lang === state.lang));
  }
  at('languages').setAttribute('aria-label', say('language'));
  at('report').title = say('report');
  showChosen();
  showNotes();
  showChecks();
  if (state.last) state.last();
}

function choose(lang) {
  state.lang = lang;
  sayAll();
  if (state.worker && !at('saves').hidden) state.worker.postMessage({ kind: 'page', lang: LANGS.indexOf(lang) });
}

function showChosen() {
  const { source } = state;
  at('chosen').textContent = source ? say('chosen', { name: source.name ?? source.address }) : '';
}

/** Shows how far it is, again in another language when that is chosen. */
function show(word, filled = {}, exit = null) {
  state.last = () => {
    at('state').textContent = say(word, filled) + (exit === null ? '' : ` ${say('took', filled)}`);
  };
  at('state').className = exit === null ? '' : `exit-${exit}`;
  state.last();
}

function showFault(word, filled = {}) {
  end();
  state.last = () => { at('fault').textContent = word === 'found' ? filled.found : say(word, filled); };
  at('state').textContent = '';
  at('fault').hidden = false;
  state.last();
}

/** Lines beside the outcome, again in another language when that is chosen. */
function showNotes() {
  at('notes').replaceChildren(...state.notes.map(({ word, filled, links = [] }) => {
    const line = document.createElement('p');
    line.textContent = say(word, filled);
    if (word === 'note-contradicted') line.className = 'alarm';
    for (const [name, href] of links) {
      const file = document.createElement('a');
      Object.assign(file, { download: name, href, textContent: name });
      line.append(' ', file);
    }
    return line;
  }));
}

function note(word, filled = {}, links = []) {
  state.notes.push({ word, filled, links });
  showNotes();
}

/** What is kept under a name; nothing where the browser keeps nothing. */
function recall(key, nothing) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? nothing;
  } catch (error) {
    return nothing;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch (error) {
    note('note-no-memory');
  }
}

/** Keeps the checkpoint of a ledger that was verified; tells an older copy, and a contradiction with both notes. */
function remember(message) {
  const visits = recall(VISITS, {});
  const seen = visits[`@${message.origin}`] ?? [];
  const newest = seen.at(-1);
  const day = (visit) => (visit?.when ?? '').slice(0, 10);
  if (message.remembered === 3) {
    const both = { origin: message.origin, seen, found: message.note, when: new Date().toISOString() };
    keep(CONTRADICTIONS, [...recall(CONTRADICTIONS, []), both].slice(-VISITS_MAX));
    const file = (name, text) => [name, linkTo(text, 'text/plain')];
    const kept = seen.map((visit, n) => file(`seen-${n + 1}.checkpoint`, visit.note));
    note('note-contradicted', { name: message.origin, found: day(newest) }, [...kept, file('found.checkpoint', message.note)]);
  } else if (message.remembered === 2) {
    note('note-older', { found: day(newest) });
  } else if (message.remembered === 1) {
    note('note-continued', { found: day(newest) });
  }
  if (message.exit !== 0 || message.remembered > 1) return;
  if (newest?.note !== message.note) seen.push({ note: message.note, when: new Date().toISOString() });
  visits[`@${message.origin}`] = seen.length > VISITS_MAX ? [seen[0], ...seen.slice(1 - VISITS_MAX)] : seen;
  keep(VISITS, visits);
  at('forget').hidden = false;
}

function forget() {
  try {
    localStorage.removeItem(VISITS);
    localStorage.removeItem(CONTRADICTIONS);
  } catch (error) { /* Nothing is kept here. */ }
  at('forget').hidden = true;
  note('note-forgotten');
}

function end() {
  at('progress').hidden = true;
  at('stop').hidden = true;
  at('go').disabled = false;
}

function clear() {
  for (const id of ['fault', 'saves', 'report', 'checks']) at(id).hidden = true;
  state.checks = null;
  at('report').removeAttribute('srcdoc');
  at('state').className = '';
  state.notes = [];
  showNotes();
  for (const link of state.links.splice(0)) URL.revokeObjectURL(link);
}

function stop() {
  if (state.worker) state.worker.terminate();
  state.worker = null;
  end();
}

/** The program, unpacked. */
async function unpack() {
  const packed = Uint8Array.from(atob(PROGRAM), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

function linkTo(text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  state.links.push(url);
  return url;
}

/** The signs of what a check has come to, by its place among the words; the words stand beside them. */
const SIGNS = ['·', '…', '✓', 'i', '!', '?', '✗', '–', '–'];
const [WAITING, RUNNING] = [0, 1];

/** The list of checks, all of which wait. */
function listChecks(list) {
  state.checks = { ...list, states: list.ids.map(() => WAITING) };
  at('checks-list').replaceChildren(...list.ids.map((id) => {
    const line = document.createElement('li');
    const sign = Object.assign(document.createElement('span'), { className: 'sign', ariaHidden: 'true' });
    const name = Object.assign(document.createElement('b'), { textContent: id });
    line.append(sign, ' ', name, ' ', document.createElement('span'), ' ', document.createElement('i'));
    return line;
  }));
  at('checks').hidden = false;
  at('checks').open = true;
  showChecks();
}

/** Says of every check, in the language chosen, what it asks and what it has come to. */
function showChecks() {
  if (!state.checks) return;
  state.checks.states.forEach((status, place) => showCheck(place));
  countChecks();
}

function showCheck(place) {
  const { languages, states } = state.checks;
  const { words, questions } = languages[state.lang];
  const line = at('checks-list').children[place];
  const [sign, , question, word] = line.children;
  line.className = `status-${states[place]}`;
  sign.textContent = SIGNS[states[place]];
  question.textContent = questions[place];
  word.textContent = words[states[place]];
}

function countChecks() {
  const done = state.checks.states.filter((status) => status > RUNNING).length;
  at('checks-count').textContent = say('checks', { done: String(done), total: String(state.checks.states.length) });
}

function setCheck(place, status) {
  state.checks.states[place] = status;
  showCheck(place);
  countChecks();
  noteFirstCheck();
}

/** Entries are judged: every check that is made of each of them runs from the first one on. */
function runReplayed() {
  if (!state.checks || state.checks.running) return;
  state.checks.running = true;
  state.checks.replayed.forEach((own, place) => {
    if (!own || state.checks.states[place] !== WAITING) return;
    state.checks.states[place] = RUNNING;
    showCheck(place);
  });
  noteFirstCheck();
}

function noteFirstCheck() {
  document.body.dataset.first ??= Math.round(performance.now() - state.asked);
}

function link(id, text, type) {
  at(id).href = linkTo(text, type);
}

function hear(message, asked) {
  const { filled = {} } = message;
  if (message.kind === 'ready') state.worker.postMessage(asked);
  else if (message.kind === 'checks') listChecks(message.list);
  else if (message.kind === 'check') setCheck(message.place, message.status);
  else if (message.kind === 'note') note(message.word, filled);
  else if (message.kind === 'fault') { stop(); showFault(message.word, filled); }
  else if (message.kind === 'state') {
    show(message.word, filled);
    if (['checking', 'replaying', 'judging'].includes(message.word)) runReplayed();
    const known = filled.total && Number(filled.total) > 0;
    if (known) at('progress').value = Number(filled.done) / Number(filled.total);
    else at('progress').removeAttribute('value');
  } else if (message.kind === 'outcome') {
    end();
    document.body.dataset.exit = message.exit;
    document.body.dataset.memory = message.memory;
    document.body.dataset.helpers = message.beside.helpers;
    document.body.dataset.checked = message.beside.checked;
    document.body.dataset.remembered = message.remembered;
    document.body.dataset.milliseconds = Math.round(message.verifying);
    show(`exit-${message.exit}`, { seconds: message.verifying / 1000 }, message.exit);
    at('checks').open = false;
    at('outcome').scrollIntoView({ block: 'start' });
    link('save-json', message.json, 'application/json');
    if (message.sheets) link('save-sheets', message.sheets, 'text/csv');
    at('save-sheets').hidden = !message.sheets;
    remember(message);
    const evidence = message.evidence.map(([name, text]) => [name, linkTo(text, 'application/json')]);
    if (evidence.length) note('note-evidence', {}, evidence);
    state.worker.postMessage({ kind: 'page', lang: LANGS.indexOf(state.lang) });
  } else if (message.kind === 'page') {
    link('save-page', message.page, 'text/html');
    at('report').srcdoc = message.page;
    at('report').hidden = false;
    at('saves').hidden = false;
  }
}

async function verify(event) {
  event?.preventDefault();
  stop();
  clear();
  const address = at('address').value.trim();
  if (address) {
    const base = readBase(address);
    if (!base) return showFault('fault-address', { found: address });
    state.source = { kind: 'address', address: base };
    showChosen();
  }
  state.asked = performance.now();
  delete document.body.dataset.first;
  const { source } = state;
  if (!source) return showFault('fault-nothing');
  if (typeof WebAssembly !== 'object') return showFault('fault-no-wasm');
  if (typeof DecompressionStream !== 'function' || !WebAssembly.validate(NEW_ENOUGH)) return showFault('fault-old');
  at('go').disabled = true;
  at('stop').hidden = false;
  at('progress').hidden = false;
  at('progress').removeAttribute('value');
  show('starting');
  const helpers = Math.min(navigator.hardwareConcurrency ?? 1, HELPERS_MAX);
  const asked = { kind: 'verify', lang: LANGS.indexOf(state.lang), source, pins: readKept(), photos: [...at('photos').files], helpers, visits: recall(VISITS, {}) };
  try {
    const program = await unpack();
    const code = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
    state.worker = new Worker(code);
    URL.revokeObjectURL(code);
    state.worker.onmessage = ({ data }) => hear(data, asked);
    state.worker.onerror = (error) => { stop(); showFault('fault-start', { found: error.message ?? '' }); };
    state.worker.postMessage({ kind: 'program', program, code: WORKER }, [program]);
  } catch (error) {
    showFault('fault-start', { found: String(error) });
  }
}

/** Where a ledger lies: the address without the name of its checkpoint, without a slash at the end. */
function readBase(text) {
  try {
    const url = new URL(text);
    if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password || url.search || url.hash) return null;
    return url.href.replace(/\/+$/, '').replace(/\/(checkpoint|index\.html)$/, '').replace(/\/+$/, '');
  } catch (error) {
    return null;
  }
}

/** What the visitor keeps from elsewhere: each id on a line of its own, sizes with roots together, files. */
function readKept() {
  const lines = at('pin').value.split('\n').map((line) => line.trim()).filter(Boolean);
  const isHead = (line) => /^\d+\s+[0-9a-f\s]{64,}$/i.test(line) && line.replace(/\s/g, '').length > 64;
  const heads = lines.filter(isHead);
  const pins = lines.filter((line) => !isHead(line)).map((text) => ({ name: text.slice(0, 80), text }));
  if (heads.length) pins.push({ name: heads[0].slice(0, 80), text: heads.join('\n') });
  for (const file of at('pin-files').files) pins.push({ name: file.name, file });
  for (const file of at('policy').files) pins.push({ name: file.name, file, policy: true });
  return pins;
}

/** Every file below a folder that was dropped. */
async function walk(entry, path = '') {
  if (entry.isFile) return [{ path: path + entry.name, file: await new Promise((yes, no) => entry.file(yes, no)) }];
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (some.length === 0) break;
    inside.push(...some);
  }
  const below = await Promise.all(inside.map((one) => walk(one, `${path}${entry.name}/`)));
  return below.flat();
}

async function drop(event) {
  event.preventDefault();
  at('drop').classList.remove('over');
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 1 && entries[0].isFile) {
    const [{ file }] = await walk(entries[0]);
    setSource({ kind: 'zip', name: file.name, file });
  } else if (entries.length) {
    const files = (await Promise.all(entries.map((entry) => walk(entry)))).flat();
    setSource({ kind: 'folder', name: entries[0].name, files });
  }
}

function setSource(source) {
  state.source = source;
  at('address').value = '';
  showChosen();
}

function listen() {
  for (const button of document.querySelectorAll('[data-lang]')) button.onclick = () => choose(button.dataset.lang);
  at('asked').onsubmit = verify;
  at('forget').onclick = forget;
  // The browser says so where somebody forbade the worker: no message would ever come from it.
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (/worker|child|script/.test(effectiveDirective) && !at('stop').hidden) { stop(); showFault('fault-blocked', { found: effectiveDirective }); }
  });
  // A tab in the background may be put to sleep; what it was at goes on when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && !at('stop').hidden && !state.notes.some(({ word }) => word === 'note-asleep')) note('note-asleep');
  });
  at('stop').onclick = () => { stop(); show('stopped'); };
  at('zip').onchange = ({ target }) => {
    const [file] = target.files;
    if (file) setSource({ kind: 'zip', name: file.name, file });
  };
  at('folder').onchange = ({ target }) => {
    const files = [...target.files].map((file) => ({ path: file.webkitRelativePath, file }));
    if (files.length) setSource({ kind: 'folder', name: files[0].path.split('/')[0], files });
  };
  document.ondragover = (event) => { event.preventDefault(); at('drop').classList.add('over'); };
  document.ondragleave = () => at('drop').classList.remove('over');
  document.ondrop = drop;
  at('report').onload = ({ target }) => {
    const height = target.contentDocument?.documentElement?.scrollHeight;
    if (height) target.height = height + 20;
  };
}

listen();
const wanted = new URLSearchParams(location.hash.slice(1));
const own = [wanted.get('lang'), ...(navigator.languages ?? [])].map((one) => String(one).slice(0, 2));
state.lang = own.find((one) => LANGS.includes(one)) ?? 'en';
at('address').value = wanted.get('address') ?? '';
at('pin').value = wanted.get('pin') ?? '';
if (at('pin').value) document.querySelector('details').open = true;
at('forget').hidden = Object.keys(recall(VISITS, {})).length === 0;
sayAll();
