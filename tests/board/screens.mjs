// Drives the desk of a territorial commission in Chromium: the board and its lists, a key unlocked, a paper typed a second time by the keyboard alone,
// received and signed; three languages, two widths, twice as large, axe, content policy.
// In: an address that is good once, the folder for screenshots, the passphrase, the precinct, the paper as JSON. Out: exit 0, 1 with what was expected and found, 3 where a part is missing.
import { join } from 'node:path';
import { accessible, browser, expect } from '../browser/visitor.mjs';

const [address, shots, passphrase, precinct, figures] = process.argv.slice(2);
const PAPER = JSON.parse(figures);

const violations = [];
const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1366, height: 768 } });
const page = await context.newPage();
page.on('console', (message) => {
  if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(message.text());
});
page.on('pageerror', (error) => violations.push(String(error)));
page.on('request', (request) => {
  if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith('data:')) violations.push(`asked elsewhere: ${request.url()}`);
});
const to = (path) => page.goto(new URL(path, address).href);
const speak = async (name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
const look = async (name) => {
  for (const width of [1366, 1024]) {
    await page.setViewportSize({ width, height: 768 });
    await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 683, height: 384 });
  expect(`${name} at 200 %`, true, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await page.setViewportSize({ width: 1366, height: 768 });
};
const inAllLanguages = async (name) => {
  for (const [word, code] of [['Қазақша', 'kk'], ['Русский', 'ru'], ['English', 'en']]) {
    await speak(word);
    expect(`${name} speaks ${code}`, code, await page.evaluate(() => document.documentElement.lang));
    await accessible(page, `${name} in ${code}`);
    await look(`${name}-${code}`);
  }
};

try {
  await page.goto(address);
  await page.waitForURL((url) => url.pathname === '/');
  await inAllLanguages('board');
  await to('/list/to-receive');
  await inAllLanguages('list');
  await to(`/precinct/${precinct}`);
  await inAllLanguages('precinct');
  await to('/findings');
  await inAllLanguages('findings');
  await to('/projector');
  await accessible(page, 'the wall');
  await page.screenshot({ path: join(shots, 'wall.png'), fullPage: true });
  await to(`/second/${precinct}`);
  await inAllLanguages('who');
  await page.locator('#key').selectOption('secretary.pem');
  await page.locator('#passphrase').fill(passphrase);
  await Promise.all([page.waitForURL((url) => url.pathname.startsWith('/second/')), page.keyboard.press('Enter')]);

  // One slip in the whole paper: digits and Enter, nothing else.
  const slip = '11.2';
  expect('the first field is ready', 'l-1', await page.evaluate(() => document.activeElement.id));
  for (;;) {
    const at = await page.evaluate(() => document.activeElement.dataset.line ?? null);
    if (at === null) break;
    const more = await page.evaluate(() => document.querySelectorAll('[data-line]')[document.querySelectorAll('[data-line]').length - 1] !== document.activeElement);
    await page.keyboard.type(at === slip ? String(Number(PAPER[at]) + 1) : PAPER[at]);
    if (!more) break;
    await page.keyboard.press('Enter');
  }
  await inAllLanguages('typing');
  await Promise.all([page.waitForNavigation(), page.locator('#go').click()]);
  expect('the line that differs is typed again', 'again', await page.locator('[data-stage]').getAttribute('data-stage'));
  expect('nothing else is', slip, await page.locator('[data-line]').first().getAttribute('data-line'));
  expect('and it is empty', '', await page.locator('[data-line]').first().inputValue());
  await inAllLanguages('again');
  await page.locator('[data-line]').first().focus();
  await page.keyboard.type(PAPER[slip]);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect('now every figure is that of the event', 'equal', await page.locator('[data-stage]').getAttribute('data-stage'));
  await inAllLanguages('equal');
  await page.locator('#at').fill('2025-10-12 23:30');
  await Promise.all([page.waitForURL('**/document/**'), page.locator('button[value=receive]').click()]);
  await inAllLanguages('received');
  await page.locator('#seat').selectOption('secretary');
  await page.locator('#passphrase').fill(passphrase);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect('it is signed', true, await page.getByText('All have signed').isVisible());
  expect('nothing was refused, nothing asked elsewhere', '', violations.join('; '));
} catch (error) {
  await page.screenshot({ path: join(shots, 'failed.png'), fullPage: true }).catch(() => {});
  console.error(String(error));
  await browser.close();
  process.exit(1);
}
await browser.close();
