// The page around the verifier: what the visitor chose, how far it is, the report. The verifier runs in a worker.

const LANGS = ['kk', 'ru', 'en'];
const at = (id) => document.getElementById(id);
const state = { lang: 'en', worker: null, source: null, last: null, links: [] };

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

function end() {
  at('progress').hidden = true;
  at('stop').hidden = true;
  at('go').disabled = false;
}

function clear() {
  for (const id of ['fault', 'saves', 'report']) at(id).hidden = true;
  at('report').removeAttribute('srcdoc');
  at('state').className = '';
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

function link(id, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  state.links.push(url);
  at(id).href = url;
}

function hear(message, asked) {
  const { filled = {} } = message;
  if (message.kind === 'ready') state.worker.postMessage(asked);
  else if (message.kind === 'fault') { stop(); showFault(message.word, filled); }
  else if (message.kind === 'state') {
    show(message.word, filled);
    const known = filled.total && Number(filled.total) > 0;
    if (known) at('progress').value = Number(filled.done) / Number(filled.total);
    else at('progress').removeAttribute('value');
  } else if (message.kind === 'outcome') {
    end();
    document.body.dataset.exit = message.exit;
    document.body.dataset.memory = message.memory;
    document.body.dataset.milliseconds = Math.round(message.verifying);
    show(`exit-${message.exit}`, { seconds: message.verifying / 1000 }, message.exit);
    at('outcome').scrollIntoView({ block: 'start' });
    link('save-json', message.json, 'application/json');
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
  const { source } = state;
  if (!source) return showFault('fault-nothing');
  if (typeof WebAssembly !== 'object' || typeof DecompressionStream !== 'function') return showFault('fault-old');
  at('go').disabled = true;
  at('stop').hidden = false;
  at('progress').hidden = false;
  at('progress').removeAttribute('value');
  show('starting');
  const asked = { kind: 'verify', lang: LANGS.indexOf(state.lang), source, pins: readKept() };
  try {
    const program = await unpack();
    const code = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
    state.worker = new Worker(code);
    URL.revokeObjectURL(code);
    state.worker.onmessage = ({ data }) => hear(data, asked);
    state.worker.onerror = (error) => { stop(); showFault('fault-start', { found: error.message ?? '' }); };
    state.worker.postMessage({ kind: 'program', program }, [program]);
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
sayAll();
