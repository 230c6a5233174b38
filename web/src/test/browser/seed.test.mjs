// The bugs of the seed's client (002.6, number 9), each against the real server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newContext, openIn, overlayText, until } from './page.mjs';
import { connected, control, settled, Site } from './site.mjs';

const { PIRN_URL } = process.env;
const PAGE = `<!doctype html><html><head><link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css"></head>
<body><h1>one</h1><dialog>modal</dialog></body></html>`;
const order = page => page.evaluate(() => getComputedStyle(document.querySelector('h1')).order);

async function open(t, files = {}) {
  const site = new Site(t, {
    'index.html': PAGE, 'a.css': 'h1 { order: 1 }', 'b.css': 'p { order: 1 }', 'PERSONA.md': 'one', ...files,
  });
  return { site, page: await site.open(await newContext(t)) };
}

test('Markdown is not ignored', async t => {
  const { site, page } = await open(t);
  const loads = page.loads;
  site.write('PERSONA.md', 'two');
  await until(() => page.loads, now => now == loads + 1);
});

test('a reload that waits for a dialog comes when the dialog is closed', async t => {
  const { site, page } = await open(t);
  const loads = page.loads;
  await page.evaluate(() => document.querySelector('dialog').showModal());
  site.write('PERSONA.md', 'two');
  await until(() => overlayText(page), text => text.includes('1 update waiting: a dialog is open'));
  assert.equal(page.loads, loads);
  await page.evaluate(() => document.querySelector('dialog').close());
  await until(() => page.loads, now => now == loads + 1);
});

test('it does not give up after five attempts, and makes up for what it missed', async t => {
  const { site, page } = await open(t);
  const loads = page.loads;
  await control('stop');
  await until(() => page.evaluate(() => hotReload.status().attempts), attempts => attempts > 5, 30_000);
  site.write('a.css', 'h1 { order: 2 }');
  await control('start');
  await until(() => order(page), now => now == 2, 20_000);
  assert.equal(page.loads, loads);
});

test('reconnect() leaves one socket', async t => {
  const { page } = await open(t);
  const live = [];
  page.on('websocket', socket => {
    live.push(socket);
    socket.on('close', () => live.splice(live.indexOf(socket), 1));
  });
  await page.evaluate(() => { for (let i = 0; i < 5; i++) hotReload.reconnect(); });
  await connected(page);
  await until(() => live.length, count => count == 1);
});

test('HTML is not announced and waited for, but there', async t => {
  const { site, page } = await open(t);
  await settled(page);
  const loads = page.loads;
  site.write('index.html', PAGE.replace('one', 'two'));
  await page.waitForFunction(() => document.querySelector('h1').textContent == 'two', null, { timeout: 5_000 });
  assert.equal(page.loads, loads);
});

test('it is active under every name of the server', async t => {
  const { site } = await open(t);
  const { port } = new URL(PIRN_URL);
  const page = await openIn(await newContext(t), `http://app.localhost:${port}${site.path}/index.html`);
  await connected(page);
  site.write('a.css', 'h1 { order: 3 }');
  await until(() => order(page), now => now == 3);
});

test('status().connected is true or false, before there is a connection too', async t => {
  const { page } = await open(t);
  assert.equal(await page.evaluate(() => hotReload.status().connected), true);
  await control('stop');
  await until(() => page.evaluate(() => hotReload.status().connected), it => it === false);
  await control('start');
  await connected(page);
});

test('only the stylesheet that has changed is fetched, and one that is gone is gone', async t => {
  const { site, page } = await open(t);
  const asked = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  site.write('a.css', 'h1 { order: 4 }');
  await until(() => order(page), now => now == 4);
  assert.deepEqual(asked.filter(path => path.endsWith('.css')), [`${site.path}/a.css`]);
  site.remove('a.css');
  await until(() => order(page), now => now == 0);
});
