// Drives the desk of a territorial commission in Chromium: the board and its lists, a key unlocked, a paper typed a second time by the keyboard alone,
// received and signed; three languages, two widths, twice as large, axe, content policy.
// In: an address that is good once, the folder for screenshots, the passphrase, the precinct, the paper as JSON. Out: exit 0, 1 with what was expected and found, 3 where a part is missing.
import { join } from 'node:path';
import { visitDesk } from '../browser/desk.mjs';
import { accessible, browser, expect } from '../browser/visitor.mjs';

const [address, shots, passphrase, precinct, figures] = process.argv.slice(2);
const PAPER = JSON.parse(figures);

const { inAllLanguages, page, violations } = await visitDesk(address, shots);
const to = (path) => page.goto(new URL(path, address).href);

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
