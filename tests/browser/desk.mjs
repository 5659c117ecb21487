// A desk in Chromium, for the scripts that drive one: its page, what it refused or asked elsewhere, its languages, its pictures.
import { join } from 'node:path';
import { accessible, browser, expect } from './visitor.mjs';

export async function visitDesk(address, shots) {
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
  const speak = async (name) => Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
  const look = async (name) => {
    for (const width of [1366, 1024]) {
      await page.setViewportSize({ width, height: 768 });
      await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
    }
    // Twice as large as at 1366: nothing is cut off and nothing moves sideways.
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
  return { inAllLanguages, look, page, speak, violations };
}
