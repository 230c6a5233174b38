// LiveReload's own client, as it is published, in a page that knows nothing of ours.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { open } from './page.mjs';

const { PIRN_URL, PIRN_WEB, PIRN_CONTROL } = process.env;
const folder = `${PIRN_WEB}/livereload-page`;
const control = command => fetch(PIRN_CONTROL + command, { method: 'POST' });

test('livereload-js: hello, stylesheet, reload, alert, and back after a restart', async t => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(new URL('node_modules/livereload-js/dist/livereload.js', import.meta.url), `${folder}/livereload.js`);
  const { port } = new URL(PIRN_URL);
  writeFileSync(`${folder}/style.css`, 'h1 { order: 1 }');
  // No whole document: the client of ours is not put into it.
  writeFileSync(
    `${folder}/index.html`,
    `<link rel="stylesheet" href="style.css"><h1>one</h1><script src="livereload.js?port=${port}&mindelay=100"></script>`);
  const page = await open(t);
  const sockets = [];
  const frames = [];
  page.on('websocket', socket => {
    sockets.push(socket.url());
    socket.on('framereceived', ({ payload }) => frames.push(JSON.parse(payload)));
  });
  for (let found = 0; found != 200; ) found = (await page.goto(`${PIRN_URL}/livereload-page/`)).status();
  const until = async (what, then) => {
    for (let wait = 0; !then(); wait++) {
      assert.ok(wait < 200, `${what}: ${JSON.stringify(frames)}`);
      await page.waitForTimeout(50);
    }
  };
  await until('hello', () => frames[0]?.command == 'hello');
  assert.deepEqual(frames[0].protocols, ['http://livereload.com/protocols/official-7']);
  assert.ok(sockets[0].endsWith('/livereload'), sockets[0]);
  assert.equal(await page.evaluate(() => typeof window.hotReload), 'undefined');

  await page.evaluate(() => (window.mark = 1));
  writeFileSync(`${folder}/style.css`, 'h1 { order: 2 }');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).order == 2);
  assert.equal(await page.evaluate(() => window.mark), 1);
  assert.deepEqual(frames.at(-1), {
    command: 'reload', path: '/livereload-page/style.css', liveCSS: true, reloadMissingCSS: false,
  });

  const alerts = [];
  page.on('dialog', async dialog => {
    alerts.push(dialog.message());
    await dialog.accept();
  });
  await control('/alert?the-loom-has-stopped');
  await until('alert', () => alerts.length == 1);
  assert.deepEqual(alerts, ['the-loom-has-stopped']);

  writeFileSync(`${folder}/index.html`, `<h1>two</h1><script src="livereload.js?port=${port}&mindelay=100"></script>`);
  await page.waitForFunction(() => document.querySelector('h1').textContent == 'two');
  assert.equal(await page.evaluate(() => window.mark), undefined);

  const hellos = () => frames.filter(({ command }) => command == 'hello').length;
  await until('hello after the reload', () => hellos() == 2);
  await control('/stop');
  await control('/start');
  await until('hello after the restart', () => hellos() == 3);
  writeFileSync(`${folder}/index.html`, '<h1>three</h1>');
  await page.waitForFunction(() => document.querySelector('h1').textContent == 'three');
});
