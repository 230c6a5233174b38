// Nothing that is saved is ever missed: a seeded random program of edits against the real server,
// three lost connections and another process included.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from './page.mjs';

const { PIRN_URL, PIRN_WEB, PIRN_CONTROL, PIRN_EDITS = '100', PIRN_SEED } = process.env;
const folder = `${PIRN_WEB}/edits`;

const seed = Number(PIRN_SEED ?? Date.now() % 1e9);
// A linear congruential generator: any seed will do, and the same one gives the same program.
let state = seed;
const random = below => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;

const FILES = {
  'style.css': n => `h1 { order: ${n} }`,
  'deep/child.css': n => `p { order: ${n} }`,
  'app.js': n =>
    `import { value } from './part.js'; document.body.dataset.app = ${n}; document.body.dataset.part = value;
     import.meta.hot?.accept();`,
  'part.js': n => `export const value = ${n};`,
  'index.html': n => `<!doctype html>
<html>
<head><title>${n}</title><link rel="stylesheet" href="style.css"><link rel="stylesheet" href="all.css"></head>
<body><h1>${n}</h1><p>text</p><input id="typed"><script type="module" src="app.js"></script></body>
</html>`,
};
const SHOWN = {
  'style.css': () => getComputedStyle(document.querySelector('h1')).order,
  'deep/child.css': () => getComputedStyle(document.querySelector('p')).order,
  'app.js': () => document.body.dataset.app,
  'part.js': () => document.body.dataset.part,
  'index.html': () => document.querySelector('h1').textContent,
};
const NAMES = Object.keys(FILES);

function save(name, n) {
  const file = `${folder}/${name}`;
  if (random(2)) return writeFileSync(file, FILES[name](n));
  writeFileSync(`${file}.tmp`, FILES[name](n));
  renameSync(`${file}.tmp`, file);
}

test(`${PIRN_EDITS} edits, none missed (seed ${seed})`, async t => {
  mkdirSync(`${folder}/deep`, { recursive: true });
  writeFileSync(`${folder}/all.css`, '@import "deep/child.css";');
  NAMES.forEach(name => writeFileSync(`${folder}/${name}`, FILES[name](0)));
  const page = await open(t);
  // The folder is new: its page is there when the server has seen it.
  for (let found = 0; found != 200; ) found = (await page.goto(`${PIRN_URL}/edits/`)).status();
  await page.waitForFunction(() => hotReload.status().connected && document.body.dataset.part == 0);
  await page.fill('#typed', 'kept');
  await page.evaluate(() => document.activeElement.blur());
  const loads = page.loads;
  const control = command => fetch(PIRN_CONTROL + command, { method: 'POST' }).then(async answer =>
    assert.equal(answer.status, 200, await answer.text()));

  const edits = Number(PIRN_EDITS);
  const cuts = [1, 2, 3].map(n => Math.floor((n * edits) / 5));
  const end = Math.floor((4 * edits) / 5);
  let done = 0;
  let restarted = false;
  while (done < edits) {
    const cut = cuts.some(n => n >= done && n < done + 3) && cuts.splice(0, 1);
    const restart = !restarted && done >= end;
    if (restart) {
      restarted = true;
      await control('/stop');
      await page.waitForFunction(() => !hotReload.status().connected);
    }
    const burst = new Map();
    for (let more = 1 + (random(3) == 0 ? random(4) : 0); more > 0; more--) {
      burst.set(NAMES[random(NAMES.length)], ++done);
    }
    burst.forEach((n, name) => save(name, n));
    if (cut) await control('/disconnect');
    if (restart) await control('/start');
    for (const [name, n] of burst) {
      await page
        .waitForFunction(`(${SHOWN[name]})() == ${n}`, null, { timeout: 20_000 })
        .catch(() => assert.fail(`edit ${n} of ${name} was missed (seed ${seed})`));
    }
  }

  assert.ok(restarted && cuts.length == 0, 'three connections were lost, and one server');
  assert.equal(await page.inputValue('#typed'), 'kept');
  // Only modules of another process cannot be exchanged.
  assert.ok(page.loads - loads <= 1, `${page.loads - loads} reloads`);
  assert.deepEqual(page.errors, []);
  console.log(`${done} edits, none missed, ${page.loads - loads} reloads, 3 disconnects, 1 restart`);
});
