// Opens an address in Chromium and prints what its page shows, a line each:
//   got PATH BYTES GZIPPED     what it has loaded, until nothing more came
//   ready                      it is there, and from now on:
//   load                       it is loaded anew
//   seen KIND NUMBER MILLIS    a frame shows an edit, and when that was by this machine's clock
// Further pages of the same address may be open beside it. All ends with the standard input.
//   node page.mjs URL [PAGES]
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const [url, pages = '1'] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
process.stdin.on('end', () => browser.close()).resume();

const page = await browser.newPage();
await page.exposeFunction('seen', (kind, number, millis) => say('seen', kind, number, millis));
await page.addInitScript(() => {
  const shown = {
    css: () => getComputedStyle(document.getElementById('last')).order,
    js: () => document.getElementById('script').textContent,
    html: () => document.getElementById('last').textContent,
  };
  const last = {};
  const look = () => {
    if (document.getElementById('last')) {
      for (const [kind, get] of Object.entries(shown)) {
        const number = get();
        if (number == last[kind]) continue;
        last[kind] = number;
        seen(kind, number, Date.now());
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});

const bodies = [];
const keep = async response => {
  if (!['document', 'script', 'stylesheet'].includes(response.request().resourceType())) return;
  const body = await response.body();
  bodies.push(['got', new URL(response.url()).pathname, body.length, gzipSync(body).length]);
};
const kept = [];
const note = response => kept.push(keep(response));
page.on('response', note);
await page.goto(url, { waitUntil: 'networkidle' });
page.off('response', note);
await Promise.all(kept);
bodies.forEach(body => say(...body));
for (let more = 1; more < Number(pages); more++) await (await browser.newPage()).goto(url);
page.on('framenavigated', frame => frame == page.mainFrame() && say('load'));
say('ready');
