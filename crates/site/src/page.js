// What a page can do beside being read: its long tables are sorted and searched, and it tells figures of a node that are newer
// than it is. Everything stands on the page without it.
'use strict';
{
  const lang = document.documentElement.lang;
  const words = document.body.dataset;
  const fill = (text, filled) => text.replace(/\{(\w+)\}/g, (whole, name) => filled[name] ?? whole);
  const order = new Intl.Collator(lang, { numeric: true });

  /** A cell as it is sorted: a number where it is one, nothing where it holds none. */
  function valueOf(row, column) {
    const text = row.cells[column]?.innerText.replace(/\s+/g, ' ').trim() ?? '';
    const number = text.replace(/\s/g, '').replace(',', '.');
    if (text === '' || text === '—') return null;
    return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : text;
  }

  function compare(one, other) {
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return order.compare(String(one), String(other));
  }

  function sortTable(table, heading, column) {
    const down = heading.getAttribute('aria-sort') === 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
    // What holds nothing stands last, whichever way.
    rows.sort((a, b) => (a.value === null) - (b.value === null) || (down ? -1 : 1) * (a.value === null ? 0 : compare(a.value, b.value)));
    body.append(...rows.map(({ row }) => row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener('click', () => sortTable(table, heading, column));
    });
  }

  /** A field that hides what does not hold its words, and tells how many of how many are left. */
  function makeSearchable(place, items) {
    const line = document.createElement('p');
    line.className = 'search';
    const label = document.createElement('label');
    const field = Object.assign(document.createElement('input'), { type: 'search', autocomplete: 'off', spellcheck: false });
    label.append(words.search, ' ', field);
    const shown = document.createElement('span');
    shown.setAttribute('role', 'status');
    line.append(label, ' ', shown);
    place.before(line);
    const texts = items.map((item) => (item.title || item.innerText).toLocaleLowerCase(lang).replace(/\s+/g, ' '));
    const search = () => {
      const wanted = field.value.toLocaleLowerCase(lang).trim().replace(/\s+/g, ' ');
      let left = 0;
      items.forEach((item, place) => {
        item.hidden = !texts[place].includes(wanted);
        left += item.hidden ? 0 : 1;
      });
      shown.textContent = fill(words.shown, { n: left, all: items.length });
    };
    field.addEventListener('input', search);
    search();
  }

  for (const table of document.querySelectorAll('table.rows')) {
    if (table.tBodies[0].rows.length < 2) continue;
    makeSortable(table);
    makeSearchable(table.closest('.wide') ?? table, [...table.tBodies[0].rows]);
  }
  for (const grid of document.querySelectorAll('ol.grid')) if (grid.children.length > 20) makeSearchable(grid, [...grid.children]);

  const live = document.getElementById('live');
  /** Milliseconds between two questions, and after which an answer is called old. */
  const PAUSE = 10000;
  const OLD = 30000;
  let told = null;
  let timer = null;
  const clock = (at) => new Intl.DateTimeFormat(lang, { timeStyle: 'medium' }).format(at);

  function figureOf(answer, name) {
    const [kind, id, line] = name.split(' ');
    const election = answer.elections[id];
    if (!election) return null;
    if (kind === 'protocols') return `${election.counted} / ${election.precincts}`;
    const value = kind === 'votes' ? election.votes?.[line] : election[kind];
    if (value === undefined) return null;
    return typeof value === 'number' ? value.toLocaleString(lang) : value.replace('.', lang === 'en' ? '.' : ',');
  }

  function showLive(answer) {
    for (const cell of live.querySelectorAll('[data-live]')) {
      const value = figureOf(answer, cell.dataset.live);
      cell.textContent = value ?? '—';
      if (cell.dataset.live.startsWith('votes')) cell.parentElement.hidden = value === null;
    }
    live.hidden = false;
  }

  function showAge() {
    if (!told) return;
    const old = Date.now() - told.at > OLD;
    const age = document.getElementById('live-age');
    age.classList.toggle('mark', old);
    const text = fill(old ? live.dataset.old : live.dataset.fresh, { time: clock(told.at), entries: told.entries.toLocaleString(lang) });
    if (age.textContent !== text) age.textContent = text;
  }

  /** Asks the node once. Out: whether it is worth asking again. */
  async function askNode() {
    try {
      const answer = await fetch(live.dataset.from, { cache: 'no-cache', credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(PAUSE) });
      if (answer.ok) {
        const found = await answer.json();
        if (found.ledger !== live.dataset.ledger) return false;
        told = { at: Date.now(), entries: found.entries };
        if (found.entries > Number(live.dataset.entries)) showLive(found);
      } else if (!told && [403, 404, 410].includes(answer.status)) return false;
    } catch (error) {
      // No node, or none for now: what was told last stays.
      if (!told && error instanceof SyntaxError) return false;
    }
    return true;
  }

  async function goOn() {
    clearTimeout(timer);
    if (document.hidden) return;
    if (!(await askNode())) return;
    showAge();
    clearTimeout(timer);
    timer = setTimeout(goOn, PAUSE);
  }

  if (live && location.protocol.startsWith('http')) {
    document.addEventListener('visibilitychange', () => { showAge(); goOn(); });
    goOn();
  }
}
