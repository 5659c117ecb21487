// Drives verify.html in Chromium as a visitor would: a zip, a folder, an address, pins, languages, the keyboard.
// In: the folder with verify.html and demo/, the folder for screenshots. Out: exit 0, 1 with what was expected and found, 3
// where a part is missing.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, shots] = process.argv.slice(2);
const require = createRequire(join(process.env.HATTAMA_NODE_MODULES ?? process.cwd(), 'x.js'));
let chromium;
let axe;
try {
  ({ chromium } = require('playwright-core'));
  axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch (error) {
  console.error('no playwright-core and axe-core here (npm install playwright-core axe-core; HATTAMA_NODE_MODULES is their folder)');
  process.exit(3);
}
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) {
  console.error('no chromium here');
  process.exit(3);
}

function expect(what, expected, found) {
  if (expected !== found) throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  console.log(`ok: ${what}`);
}

// A static host of the ledger that other pages may read, on another origin than the page.
function host(root, headers) {
  return new Promise((ready) => {
    const server = createServer((request, response) => {
      const path = join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname));
      if (!path.startsWith(root) || !existsSync(path) || statSync(path).isDirectory()) {
        response.writeHead(404, headers).end();
        return;
      }
      response.writeHead(200, { 'content-type': path.endsWith('.html') ? 'text/html' : 'application/octet-stream', ...headers });
      response.end(readFileSync(path));
    });
    server.listen(0, '127.0.0.1', () => ready({ server, address: `http://127.0.0.1:${server.address().port}` }));
  });
}

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const violations = [];
const open = async (address, options = {}) => {
  const context = await browser.newContext({ locale: 'en-US', ...options });
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
const accessible = async (page, what) => {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { iframes: false })).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`));
  expect(`axe on ${what}`, '', found.join('; '));
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
  console.log(`   ${await page.evaluate(() => `${document.body.dataset.milliseconds} ms, ${Math.round(document.body.dataset.memory / 1048576)} MiB`)}`);
  const inside = page.frameLocator('#report');
  expect('the report is shown', true, (await inside.locator('h1').textContent()).length > 0);
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
