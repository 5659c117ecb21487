// What the script of pages does in Chromium: sorting, searching with what is left, figures of a node with their age.
// node acting.mjs SITE ADDRESS SHOTS: the pages of the demo in a folder, the address of the front page on a node that is newer
// than it. Out: exit 0, 1 with what was expected and found, 3 where a part is missing.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { accessible, browser, expect, host } from '../browser/visitor.mjs';

const [site, node, shots] = process.argv.slice(2);

const { server, address } = await host(site);
const faults = [];
const open = async (where, { clock = false, ...options } = {}) => {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  page.on('console', (message) => { if (/Content Security Policy|integrity/i.test(message.text())) faults.push(`${where}: ${message.text()}`); });
  page.on('pageerror', (error) => faults.push(`${where}: ${error}`));
  if (clock) await page.clock.install();
  await page.goto(where);
  return page;
};
const column = (page, n) => page.locator(`table.rows tbody tr:not([hidden]) > :nth-child(${n})`).allInnerTexts();

try {
  const election = readdirSync(join(site, 'en/elections')).find((name) => statSync(join(site, 'en/elections', name)).isDirectory());
  const rows = `en/elections/${election}/precincts-1.html`;
  for (const root of [address, pathToFileURL(site).href]) {
    const page = await open(`${root}/${rows}`);
    const what = root.startsWith('file') ? 'from a disk' : 'from a host';
    const sort = page.locator('table.rows thead button').nth(3);
    await sort.click();
    const voters = (await column(page, 4)).map((text) => Number(text.replace(/\s/g, '')));
    expect(`${what}: sorted by voters`, voters.toSorted((a, b) => a - b).join(), voters.join());
    expect(`${what}: the order is told`, 'ascending', await page.locator('table.rows thead th').nth(3).getAttribute('aria-sort'));
    await page.keyboard.press('Enter');
    const down = (await column(page, 4)).map((text) => Number(text.replace(/\s/g, '')));
    expect(`${what}: the other way with the keyboard`, voters.toReversed().join(), down.join());
    const [number] = await column(page, 1);
    await page.locator('.search input').fill(number.split(' ')[0]);
    const left = (await column(page, 1)).length;
    expect(`${what}: what is left is told`, `${left} of ${voters.length} shown`, await page.locator('.search [role=status]').innerText());
    expect(`${what}: and something is`, true, left > 0 && left < voters.length);
    await page.locator('.search input').fill('nothing has this');
    expect(`${what}: nothing left is told`, `0 of ${voters.length} shown`, await page.locator('.search [role=status]').innerText());
    await page.locator('.search input').fill('');
    expect(`${what}: all are back`, voters.length, (await column(page, 1)).length);
    if (root === address) {
      await accessible(page, 'a table with its script');
      await page.screenshot({ path: join(shots, 'sorted-1280.png') });
    }
  }
  let page = await open(`${address}/kk/elections/${election}.html`, { viewport: { width: 320, height: 700 } });
  const cells = await page.locator('ol.grid li').count();
  await page.locator('.search input').first().fill('1');
  expect('cells are searched, in Kazakh', true, (await page.locator('.search [role=status]').first().innerText()).startsWith(`${cells} `));
  expect('no sideways scrolling at 320', true, await page.evaluate(() => document.documentElement.scrollWidth <= 320));
  await accessible(page, 'cells with their search');
  expect('without a node nothing newer is shown', false, await page.locator('#live').isVisible());
  page = await open(`${address}/${rows}`, { javaScriptEnabled: false });
  expect('without script every row is there', true, (await column(page, 1)).length > 1);
  expect('and nothing that needs one', 0, await page.locator('.search, button').count());

  // A node that knows more than the page.
  page = await open(node, { clock: true });
  await page.locator('#live').waitFor();
  const figures = await page.locator('#live td').allInnerTexts();
  expect('newer figures: protocols and turnout', true, /^\d+ \/ \d+$/.test(figures[0]) && /^\d+[.,]\d\d$/.test(figures[1]));
  expect('no votes before the polls close', 0, await page.locator('#live [data-live^=votes]:visible').count());
  expect('the last answer is told', false, await page.locator('#live-age').evaluate((age) => age.classList.contains('mark')));
  await accessible(page, 'newer figures');
  await page.screenshot({ path: join(shots, 'live-1280.png') });
  let asked = 0;
  let statuses = [];
  page.on('response', (response) => { if (response.url().endsWith('/live')) { asked += 1; statuses.push(response.status()); } });
  await page.clock.fastForward(10500);
  await page.waitForTimeout(500);
  expect('it asks again after ten seconds', true, asked > 0);
  await page.context().route('**/live', (route) => route.abort());
  for (let turn = 0; turn < 5; turn += 1) {
    await page.clock.fastForward(10500);
    await page.waitForTimeout(200);
  }
  expect('an old answer is marked', true, await page.locator('#live-age').evaluate((age) => age.classList.contains('mark')));
  expect('and its figures stay', figures.join(), (await page.locator('#live td').allInnerTexts()).join());
  await page.screenshot({ path: join(shots, 'live-old-1280.png') });
  expect('violations of the policy, and errors', '', faults.join('; '));
} catch (error) {
  console.error(String(error), faults.join('; '));
  await browser.close();
  process.exit(1);
}
await browser.close();
server.close();
process.exit(0);
