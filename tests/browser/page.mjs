// Drives verify.html in Chromium as a visitor would: a zip, a folder, an address, pins, languages, the keyboard.
// In: the folder with verify.html and demo/, the folder for screenshots. Out: exit 0, 1 with what was expected and found, 3
// where a part is missing.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { accessible, browser, expect, host } from './visitor.mjs';

const [dir, shots] = process.argv.slice(2);

const violations = [];
const open = async (address, { hinder, ...options } = {}) => {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  if (hinder) await context.addInitScript(hinder);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(String(error)));
  await page.goto(address);
  return page;
};
const outcome = async (page) => {
  await page.waitForFunction(() => !document.getElementById('saves').hidden || !document.getElementById('fault').hidden, null, { timeout: 120000 });
  const fault = await page.locator('#fault').isVisible() ? await page.locator('#fault').textContent() : null;
  return { fault, exit: await page.evaluate(() => document.body.dataset.exit ?? null), state: await page.locator('#state').textContent() };
};

try {
  const file = pathToFileURL(join(dir, 'verify.html')).href;
  const good = await host(join(dir, 'demo/published'), { 'access-control-allow-origin': '*' });
  const bad = await host(join(dir, 'demo/tampered'), { 'access-control-allow-origin': '*' });
  const closed = await host(join(dir, 'demo/published'), {});
  const site = await host(dir, {});

  // From a file, a folder.
  let page = await open(file);
  await accessible(page, 'the empty page');
  await page.screenshot({ path: join(shots, 'empty-1280.png'), fullPage: true });
  await page.locator('#go').click();
  expect('nothing chosen is told', true, (await outcome(page)).fault.includes('Nothing is chosen'));
  await page.setInputFiles('#folder', join(dir, 'demo/published'));
  await page.locator('#go').click();
  let came = await outcome(page);
  expect('a folder, from a file', '0', came.exit);
  const first = await page.evaluate(() => Number(document.body.dataset.first));
  console.log(`   the first check is shown after ${first} ms`);
  const states = await page.evaluate(() => [...document.getElementById('checks-list').children].map((line) => line.className));
  expect('every check is listed with what it came to', [106, 0].join(), [states.length, states.filter((one) => /status-[01]$/.test(one)).length].join());
  console.log(`   ${await page.evaluate(() => `${document.body.dataset.milliseconds} ms, ${Math.round(document.body.dataset.memory / 1048576)} MiB`)}`);
  const beside = await page.evaluate(() => ({ helpers: Number(document.body.dataset.helpers), checked: Number(document.body.dataset.checked) }));
  console.log(`   ${beside.helpers} helpers, ${beside.checked} entries checked beside`);
  expect('signatures are checked beside where there are cores', true, beside.helpers === 0 || beside.checked > 1000);
  const inside = page.frameLocator('#report');
  expect('the report is shown', true, (await inside.locator('h1').textContent()).length > 0);
  // What the ledger says itself to be made up is named where the figures stand, on a screen and on paper.
  for (const media of ['screen', 'print']) {
    await page.emulateMedia({ media });
    const marks = await inside.locator('body').evaluate((body) => body.innerText.split('SYNTHETIC').length - 1);
    expect(`what is made up is named beside the figures (${media})`, true, marks > 1);
  }
  await page.emulateMedia({ media: null });
  expect('its style is allowed', true, await inside.locator('body').evaluate((body) => getComputedStyle(body).maxWidth !== 'none'));
  await accessible(page, 'the outcome');
  await page.screenshot({ path: join(shots, 'verified-1280.png') });
  await page.locator('button[data-lang=kk]').click();
  await page.waitForFunction(() => document.getElementById('report').contentDocument?.documentElement?.lang === 'kk');
  expect('the report in Kazakh', 'kk', await page.evaluate(() => document.documentElement.lang));
  await page.screenshot({ path: join(shots, 'verified-kk.png') });

  // A zip, and half of one.
  page = await open(file);
  await page.setInputFiles('#zip', join(dir, 'published.zip'));
  await page.locator('#go').click();
  expect('a zip', '0', (await outcome(page)).exit);
  await page.setInputFiles('#zip', join(dir, 'cut.zip'));
  await page.locator('#go').click();
  expect('half a zip is told', true, (await outcome(page)).fault !== null);

  // A folder around the ledger's.
  page = await open(file);
  await page.setInputFiles('#folder', join(dir, 'demo'));
  await page.locator('#go').click();
  expect('a folder around it', true, ['0', '1', '2'].includes((await outcome(page)).exit));

  // From another origin, by address, with the keyboard alone.
  page = await open(`${site.address}/verify.html`, { viewport: { width: 360, height: 740 } });
  await page.locator('#address').focus();
  await page.keyboard.type(`${good.address}/`);
  await page.keyboard.press('Enter');
  expect('an address, with the keyboard', '0', (await outcome(page)).exit);
  await page.screenshot({ path: join(shots, 'verified-360.png') });
  expect('no sideways scrolling at 360', true, await page.evaluate(() => document.documentElement.scrollWidth <= 360));

  page = await open(`${site.address}/verify.html#lang=ru&address=${encodeURIComponent(bad.address)}`, { viewport: { width: 768, height: 900 } });
  await page.locator('#go').click();
  came = await outcome(page);
  expect('the lie fails', '1', came.exit);
  await page.screenshot({ path: join(shots, 'failed-768-ru.png') });

  // One digit of a page, manifest and signature made to match by who holds the key of the office.
  for (const [name, exit] of [['honest-page', '0'], ['lied-page', '1']]) {
    const office = await host(join(dir, name), { 'access-control-allow-origin': '*' });
    page = await open(`${site.address}/verify.html#address=${encodeURIComponent(office.address)}`);
    await page.locator('#go').click();
    expect(`${name}, from another origin`, exit, (await outcome(page)).exit);
    const state = await page.evaluate(() => [...document.getElementById('checks-list').children].find((line) => line.children[1].textContent === 'PUB-11').className);
    expect(`${name}: its check in the list`, exit === '0' ? 'status-2' : 'status-6', state);
    office.server.close();
  }
  // A host that says of nothing what type it is.
  const untyped = await host(join(dir, 'demo/published'), { 'access-control-allow-origin': '*', 'content-type': '' });
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(untyped.address)}`);
  await page.locator('#go').click();
  expect('a host without content types', '0', (await outcome(page)).exit);
  untyped.server.close();

  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(closed.address)}`);
  await page.locator('#go').click();
  expect('a host that does not allow it', true, (await outcome(page)).fault.includes('does not allow'));
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(good.address + '/nothing')}`);
  await page.locator('#go').click();
  expect('an address without a ledger', true, (await outcome(page)).fault.includes('checkpoint'));

  // What was kept from elsewhere: a false id accuses nobody, and is never passed over.
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(good.address)}&pin=${'ab'.repeat(32)}`);
  await page.locator('#go').click();
  expect('the id of another ledger', '2', (await outcome(page)).exit);
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(good.address)}&pin=nonsense`);
  await page.locator('#go').click();
  expect('a pin that is none', '2', (await outcome(page)).exit);

  // The same browser again: what was verified is remembered, an older copy is told, another ledger is an alarm.
  page = await open(`${site.address}/verify.html`);
  const again = async (folder) => {
    await page.setInputFiles('#folder', join(dir, folder));
    await page.locator('#go').click();
    const { exit } = await outcome(page);
    await page.waitForFunction(() => document.getElementById('report').srcdoc);
    return { exit, remembered: await page.evaluate(() => document.body.dataset.remembered), notes: await page.locator('#notes').textContent() };
  };
  expect('the first visit remembers nothing', '0', (await again('demo/published')).remembered);
  expect('the second visit goes on', '1', (await again('demo/published')).remembered);
  await page.evaluate(() => {
    const [[key, [seen]]] = Object.entries(JSON.parse(localStorage.getItem('hattama-visits')));
    const lines = seen.note.split('\n');
    lines[1] = String(Number(lines[1]) + 256);
    localStorage.setItem('hattama-visits', JSON.stringify({ [key]: [seen, { ...seen, note: lines.join('\n') }] }));
  });
  let visit = await again('demo/published');
  expect('an older copy is no alarm', ['0', '2'].join(), [visit.exit, visit.remembered].join());
  expect('and is told', true, visit.notes.includes('older copy'));
  await page.evaluate(() => {
    const [[key, [seen]]] = Object.entries(JSON.parse(localStorage.getItem('hattama-visits')));
    const lines = seen.note.split('\n');
    lines[2] = btoa('x'.repeat(32));
    localStorage.setItem('hattama-visits', JSON.stringify({ [key]: [{ ...seen, note: lines.join('\n') }] }));
  });
  visit = await again('demo/published');
  expect('a contradiction is an alarm', ['true', '3'].join(), [visit.exit !== '0', visit.remembered].join());
  expect('with both checkpoints to save', 2, await page.locator('#notes .alarm a').count());
  expect('and both are kept', 1, await page.evaluate(() => JSON.parse(localStorage.getItem('hattama-contradictions')).length));
  await accessible(page, 'the alarm');
  await page.screenshot({ path: join(shots, 'alarm-1280.png') });
  await page.locator('#forget').click();
  expect('forgotten', '0', (await again('demo/published')).remembered);

  // Photographs of a sheet: found in the ledger with the same figures; a photograph of something else is told, and accuses nobody.
  const photos = readdirSync(join(dir, 'photos')).filter((name) => name.endsWith('.png')).map((name) => join(dir, 'photos', name));
  page = await open(file);
  await page.setInputFiles('#folder', join(dir, 'demo/published'));
  await page.locator('details summary').first().click();
  await page.setInputFiles('#photos', photos.filter((name) => !name.endsWith('menu.png')));
  await page.locator('#go').click();
  expect('a photographed sheet is in the ledger', '0', (await outcome(page)).exit);
  await page.waitForFunction(() => document.getElementById('report').srcdoc);
  expect('and the report says so', true, (await page.evaluate(() => document.getElementById('report').srcdoc)).includes('OBS-02'));
  const scanned = await page.frameLocator('#report').locator('body').textContent();
  expect('with the copy', true, /1 match|1 matches|one match/i.test(scanned));
  await page.setInputFiles('#photos', photos);
  await page.locator('#go').click();
  expect('another photograph is told', '2', (await outcome(page)).exit);
  const saving = page.waitForEvent('download');
  await page.locator('#save-sheets').click();
  const table = readFileSync(await (await saving).path(), 'utf8');
  expect('the table of sheets', true, table.startsWith('photographs,precinct,') && /,(same|superseded),/.test(table));

  // What keeps it from starting is told.
  const hindered = async (what, script, word) => {
    page = await open(`${site.address}/verify.html`, { hinder: script });
    await page.setInputFiles('#folder', join(dir, 'demo/published'));
    await page.locator('#go').click();
    expect(what, true, ((await outcome(page)).fault ?? '').includes(word));
  };
  await hindered('no WebAssembly', 'delete globalThis.WebAssembly', 'runs no `WebAssembly`');
  await hindered('a browser of 2020', 'WebAssembly.validate = () => false', 'too old');
  await hindered('no worker', 'globalThis.Worker = class { constructor() { throw new Error("forbidden"); } }', 'did not start');
  await hindered('no memory', `const own = URL.createObjectURL; URL.createObjectURL = (blob) => own(blob.type === 'text/javascript'
    ? new Blob(['WebAssembly.instantiate = () => { throw new RangeError("out of memory"); };', blob], { type: blob.type }) : blob)`, 'no memory');
  page = await open(`${site.address}/verify.html`, { hinder: `const own = URL.createObjectURL; URL.createObjectURL = (blob) => own(blob.type === 'text/javascript'
    ? new Blob(['globalThis.Worker = class { constructor() { throw new Error("no helper"); } };', blob], { type: blob.type }) : blob)` });
  await page.setInputFiles('#folder', join(dir, 'demo/published'));
  await page.locator('#go').click();
  expect('without helpers it verifies alone', ['0', '0'].join(), [(await outcome(page)).exit, await page.evaluate(() => document.body.dataset.helpers)].join());
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(good.address)}`, { hinder: 'Object.defineProperty(globalThis, "localStorage", { get() { throw new Error("denied"); } })' });
  await page.locator('#go').click();
  expect('a browser that keeps nothing verifies too', '0', (await outcome(page)).exit);
  expect('and says so', true, (await page.locator('#notes').textContent()).includes('keeps nothing'));
  const packed = await host(join(dir, 'demo/published'), { 'access-control-allow-origin': '*' }, (bytes) => gzipSync(bytes));
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(packed.address)}`);
  await page.locator('#go').click();
  expect('a host that compresses and does not say so', true, (await outcome(page)).fault.includes('compressed'));
  packed.server.close();
  const aged = await host(join(dir, 'demo/published'), { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'age', age: '7200' });
  page = await open(`${site.address}/verify.html#address=${encodeURIComponent(aged.address)}`);
  await page.locator('#go').click();
  expect('an old checkpoint verifies', '0', (await outcome(page)).exit);
  expect('and its age is told', true, (await page.locator('#notes').textContent()).includes('120'));
  aged.server.close();

  for (const lang of ['kk', 'ru']) {
    page = await open(`${file}#lang=${lang}`, { viewport: { width: 320, height: 640 } });
    await accessible(page, `the empty page in ${lang}`);
    expect(`no sideways scrolling at 320 in ${lang}`, true, await page.evaluate(() => document.documentElement.scrollWidth <= 320));
    await page.screenshot({ path: join(shots, `empty-320-${lang}.png`), fullPage: true });
  }
  expect('violations of the policy, and errors', '', violations.join('; '));
  for (const { server } of [good, bad, closed, site]) server.close();
} catch (error) {
  console.error(String(error), violations.join('; '));
  await browser.close();
  process.exit(1);
}
await browser.close();
process.exit(0);
