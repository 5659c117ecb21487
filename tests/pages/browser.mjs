// The pages of a site in Chromium, over its debugging pipe: what axe-core finds, what the content policy stops, what is wider
// than a phone, and pictures of it all.
//
// node browser.mjs SITE OUT [AXE] [PATH…]: prints one line for each fault; exit code 1 if there is any.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [site, out, axePath, ...paths] = process.argv.slice(2);
const axe = axePath && axePath !== "-" ? readFileSync(axePath, "utf8") : null;
mkdirSync(out, { recursive: true });

const browser = spawn(
  process.env.CHROMIUM ?? "chromium",
  ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);
browser.on("error", (error) => { console.error(String(error)); process.exit(2); });

let last = 0;
let rest = "";
const waiting = new Map();
let heard = [];
browser.stdio[4].on("data", (bytes) => {
  const parts = (rest + bytes.toString("utf8")).split("\0");
  rest = parts.pop();
  for (const part of parts) {
    const message = JSON.parse(part);
    if (message.id) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    } else {
      heard.push(message);
    }
  }
});

function ask(method, params = {}, sessionId) {
  last += 1;
  const id = last;
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  return new Promise((done, fail) => {
    waiting.set(id, (answer) => (answer.error ? fail(new Error(`${method}: ${answer.error.message}`)) : done(answer.result)));
  });
}

const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
const tell = (method, params) => ask(method, params, sessionId);
for (const domain of ["Page", "Log", "Runtime", "Network"]) await tell(`${domain}.enable`);

async function open(path, width, scale = 1) {
  await tell("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: scale, mobile: false });
  heard = [];
  await tell("Page.navigate", { url: pathToFileURL(resolve(site, path)).href });
  for (let turns = 0; turns < 400 && !heard.some((own) => own.method === "Page.loadEventFired"); turns += 1) {
    await new Promise((done) => setTimeout(done, 25));
  }
}

async function value(expression) {
  const { result, exceptionDetails } = await tell("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  return result.value;
}

let faults = 0;
function fault(path, words) {
  faults += 1;
  console.log(`${path}: ${words}`);
}

async function look(path) {
  const name = path.replaceAll("/", "-");
  for (const width of [1280, 768, 360, 320]) {
    await open(path, width, width === 320 ? 4 : 1);
    for (const { params } of heard.filter((own) => own.method === "Log.entryAdded")) {
      fault(path, `${params.entry.source} ${params.entry.level}: ${params.entry.text}`);
    }
    const failed = heard.filter((own) => own.method === "Network.loadingFailed");
    if (failed.length > 0) fault(path, `${failed.length} files do not load`);
    if (!path.endsWith(".html")) break;
    const wide = await value("document.documentElement.scrollWidth");
    if (wide > width) fault(path, `${wide} pixels wide where ${width} are there`);
    if (!(await value("getComputedStyle(document.body).maxWidth !== 'none'"))) fault(path, "the style sheet is not there");
    if (width === 320) continue;
    const { cssContentSize } = await tell("Page.getLayoutMetrics");
    const clip = { x: 0, y: 0, width, height: Math.min(cssContentSize.height, 4000), scale: 1 };
    const { data } = await tell("Page.captureScreenshot", { clip, captureBeyondViewport: true });
    writeFileSync(`${out}/${name}-${width}.png`, Buffer.from(data, "base64"));
    if (axe && width !== 768) {
      await value(`${axe};0`);
      const found = await value("axe.run({resultTypes:['violations']}).then(r => r.violations.map(v => v.id + ' (' + v.nodes.length + '): ' + v.nodes[0].html.slice(0, 160)))");
      found.forEach((one) => fault(path, `axe at ${width}: ${one}`));
    }
  }
  if (path.endsWith(".html")) {
    const { data } = await tell("Page.printToPDF", { paperWidth: 8.27, paperHeight: 11.69, preferCSSPageSize: true, printBackground: true });
    writeFileSync(`${out}/${name}.pdf`, Buffer.from(data, "base64"));
  }
}

for (const path of paths) await look(path);
browser.kill();
console.log(`${paths.length} pages, ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
