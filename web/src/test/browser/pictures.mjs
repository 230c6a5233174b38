// Takes the pictures of the guide: a copy of examples/workshop is served, and edited while it is open.
//   node pictures.mjs http://127.0.0.1:7474 COPY-OF-THE-WORKSHOP docs/guide/images
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [url, workshop, images] = process.argv.slice(2);
const executablePath =
  process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 760, height: 620 } });
const edit = (file, then) => {
  const path = `${workshop}/web/${file}`;
  const before = readFileSync(path, 'utf8');
  const after = then(before);
  if (after == before) throw new Error(`nothing to edit in ${file}`);
  writeFileSync(path, after);
};
const followed = plan => page.evaluate(() => new Promise(done =>
  addEventListener('hotreload:after', ({ detail: { how, why } }) => requestAnimationFrame(() => done([how, why])), { once: true })));

await page.goto(url);
await page.waitForFunction(() => hotReload.status().connected && document.querySelectorAll('#agents li')[0]);
await page.waitForLoadState('networkidle');
await page.fill('[name=note]', 'for Ada, by Tuesday');
await page.evaluate(() => document.querySelector('details').setAttribute('open', ''));
await page.evaluate(() => { document.activeElement.blur(); window.mark = 'the same page'; });
const before = await page.screenshot();

let done = followed();
edit('style.css', text => text
  .replace(/--thread: [^;]+/, '--thread: #2a9d8f').replace(/--ground: [^;]+/, '--ground: #eef6f4'));
console.log('style.css:', await done, await page.evaluate(() => [window.mark, document.querySelector('[name=note]').value]));
const after = await page.screenshot();

done = followed();
edit('index.html', text => text.replace('<h1>The weaving workshop</h1>', '<h1>The weaving workshop is open</h1>'));
console.log('index.html:', await done, await page.evaluate(() => [window.mark, document.querySelector('[name=note]').value]));

done = followed();
edit('weave.js', text => `${text}\nconst = broken;\n`);
console.log('weave.js:', await done);
await page.screenshot({ path: `${images}/failed.png` });
done = followed();
edit('weave.js', text => text.replace('\nconst = broken;\n', ''));
console.log('weave.js:', await done);

await page.focus('[name=note]');
await page.keyboard.type('!');
done = followed();
edit('index.html', text => text.replace('</head>', '  <script src="more.js"></script>\n</head>'));
console.log('index.html:', await done);
await page.screenshot({ path: `${images}/waiting.png` });

const board = await browser.newPage({ viewport: { width: 1000, height: 700 } });
await board.goto(`${url}/dashboard`);
const pages = board.locator('section', { has: board.locator('h2', { hasText: 'Pages' }) });
await pages.locator('text=style.css').first().waitFor();
await pages.screenshot({ path: `${images}/timeline.png` });

const both = await browser.newPage({ viewport: { width: 1120, height: 480 } });
const picture = bytes => `data:image/png;base64,${bytes.toString('base64')}`;
await both.setContent(`<body style="margin:0;display:flex;gap:16px;background:#fff">
  <img style="width:552px" src="${picture(before)}"><img style="width:552px" src="${picture(after)}">`);
await both.locator('img').last().evaluate(image => image.decode());
await both.screenshot({ path: `${images}/followed.png` });
await browser.close();
