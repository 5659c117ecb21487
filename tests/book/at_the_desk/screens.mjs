// Drives the desk in Chromium as a secretary would: a protocol typed by the keyboard alone, signed, in three languages, at two widths, on paper.
// In: an address that is good once, the folder for screenshots, the passphrase. Out: exit 0, 1 with what was expected and found, 3 where a part is missing.
import { join } from 'node:path';
import { visitDesk } from '../../browser/desk.mjs';
import { accessible, browser, expect } from '../../browser/visitor.mjs';

const [address, shots, passphrase] = process.argv.slice(2);

const { inAllLanguages, look, page, violations } = await visitDesk(address, shots);

// The paper, line by line: what is typed, and a word for what is chosen.
const PAPER = {
  1: '400', 2: '404', 3: '240', 3.1: '0', 3.2: '0', 3.3: '0', 3.4: '130', 3.5: '110', 4: '163', 5: '1', 5.1: 'papers/act.pdf', 6: '6',
  '7.1.1': '6', '7.1.2': '5', '7.1.3': '', 8: '234', 9: '239', 10: '9', 11.1: '60', 11.2: '150', 12: '20', 13: '1', 14: '20:40', 15: '22:00',
  16.1: '+', 16.2: '+', 16.3: '+', 16.4: '+', 16.5: 'absent', 17: '', 18.1: '', 18.2: '', 18.3: '',
};

try {
  await page.goto(address);
  await page.waitForURL((url) => url.pathname === '/');
  await inAllLanguages('day');

  await page.goto(new URL('/paper/protocol-signed', address).href);
  await page.setViewportSize({ width: 1366, height: 768 });
  expect('the first field is ready', 'l-1', await page.evaluate(() => document.activeElement.id));
  let strokes = 0;
  let lines = 0;
  let digits = 0;
  const press = async (key) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  let last = '';
  for (;;) {
    const at = await page.evaluate(() => document.activeElement.dataset.line ?? null);
    if (at === null || at === last) break;
    last = at;
    const before = strokes;
    for (const sign of PAPER[at] ?? '') await press(sign);
    const count = await page.evaluate(() => document.activeElement.dataset.kind === 'count');
    if (at === '18.3') break;
    await press('Enter');
    if (count) {
      lines += 1;
      digits += PAPER[at].length;
      expect(`line ${at}: its digits and Enter`, PAPER[at].length + 1, strokes - before);
    }
  }
  console.log(`typed: ${lines} figures with ${digits} digits in ${digits + lines} keystrokes; the whole protocol in ${strokes}`);
  const broken = await page.locator('#sums li.bad').count();
  expect('sums while typing', 0, broken);
  expect('a sum holds before anything was sent', true, (await page.locator('#sums li.good').count()) >= 8);
  await page.waitForFunction(() => document.getElementById('kept').textContent !== '');
  expect('it is kept while it is typed', 'Kept', await page.locator('#kept').textContent());
  // A letter is no figure.
  await page.locator('#l-1').focus();
  await page.keyboard.press('o');
  expect('a letter is refused with a word', 'Only digits belong here', await page.locator('#kept').textContent());
  // A figure that contradicts the others shows at once, and holds again when it is mended.
  await page.locator('[id="l-11.1"]').focus();
  await page.keyboard.type('61');
  expect('a contradiction shows while typing', true, (await page.locator('#sums li.bad').count()) >= 1);
  await page.locator('[id="l-11.1"]').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('60');
  expect('and goes when it is mended', 0, await page.locator('#sums li.bad').count());

  await inAllLanguages('count');
  expect('what was typed stays through the languages', '150', await page.locator('[id="l-11.2"]').inputValue());

  // The clock of the exercise, then on to the comparison by the keyboard.
  await page.locator('#at').fill('2025-10-12 22:30');
  await page.locator('[id="l-1"]').focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Shift+Enter')]);
  expect('the comparison is asked for, with the focus on it', 'compared', await page.evaluate(() => document.activeElement.id));
  await accessible(page, 'the comparison');
  await look('compared-en');
  await page.locator('#compared').focus();
  await page.keyboard.press('Space');
  await Promise.all([page.waitForURL('**/document/**'), page.keyboard.press('Enter')]);
  await inAllLanguages('document');

  for (const seat of ['chair', 'deputy', 'secretary', 'm4']) {
    await page.locator('#seat').selectOption(seat);
    await page.locator('#passphrase').fill(passphrase);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }
  expect('all have signed', true, await page.getByText('All have signed').isVisible());
  await look('signed-en');
  await page.emulateMedia({ media: 'print' });
  await page.pdf({ path: join(shots, 'document.pdf'), format: 'A4' });
  await page.emulateMedia({ media: 'screen' });
  const sheet = await page.getByRole('link', { name: 'The sheet to print' }).getAttribute('href');
  await page.goto(new URL('/outbox', address).href);
  await inAllLanguages('outbox');
  await page.goto(new URL(sheet, address).href);
  await page.pdf({ path: join(shots, 'sheet.pdf'), format: 'A4' });
  await page.screenshot({ path: join(shots, 'sheet.png'), fullPage: true });
  expect('nothing was refused, nothing asked elsewhere', '', violations.join('; '));
} catch (error) {
  await page.screenshot({ path: join(shots, 'failed.png'), fullPage: true }).catch(() => {});
  console.error(String(error));
  await browser.close();
  process.exit(1);
}
await browser.close();
