// A visitor in Chromium, for the scripts that drive a page: the browser, what is expected, what axe says.
// Exits with 3 where a part is missing.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.HATTAMA_NODE_MODULES ?? process.cwd(), 'x.js'));
let chromium;
let axe;
try {
  ({ chromium } = require('playwright-core'));
  axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch {
  console.error('no playwright-core and axe-core here (npm install playwright-core axe-core; HATTAMA_NODE_MODULES is their folder)');
  process.exit(3);
}
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) {
  console.error('no chromium here');
  process.exit(3);
}

export const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

export function expect(what, expected, found) {
  if (expected !== found) throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  console.log(`ok: ${what}`);
}

export async function accessible(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { iframes: false })).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`));
  expect(`axe on ${what}`, '', found.join('; '));
}

const TYPES = { css: 'text/css', html: 'text/html', js: 'text/javascript', svg: 'image/svg+xml' };

// A static host of a folder: its address, and how it ends.
export function host(root, headers = {}, change = (bytes) => bytes) {
  return new Promise((ready) => {
    const server = createServer((request, response) => {
      const path = join(root, decodeURIComponent(new URL(request.url, 'http://x').pathname));
      if (!path.startsWith(root) || !existsSync(path) || statSync(path).isDirectory()) {
        response.writeHead(404, headers).end();
        return;
      }
      response.writeHead(200, { 'content-type': TYPES[path.split('.').pop()] ?? 'application/octet-stream', ...headers });
      response.end(change(readFileSync(path)));
    });
    server.listen(0, '127.0.0.1', () => ready({ server, address: `http://127.0.0.1:${server.address().port}` }));
  });
}
