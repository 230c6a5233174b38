// In front of somebody's own server, whose addresses are not those of the folder.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';
import { open, until } from './page.mjs';
import { control, Site } from './site.mjs';

const { PIRN_URL } = process.env;

/** Renders `page.html` of the folder with the number of the request, and serves `style.css` elsewhere. */
async function upstream(site, port = 0) {
  let asked = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path == '/assets/style.css') {
      response.writeHead(200, { 'Content-Type': 'text/css' });
      return response.end(readFileSync(`${site.folder}/style.css`));
    }
    const text = readFileSync(`${site.folder}/page.html`, 'utf8').replace('COUNT', ++asked);
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' });
    response.end(gzipSync(text));
  });
  const sockets = new WebSocketServer({ server, path: '/chat' });
  sockets.on('connection', socket => socket.on('message', text => socket.send(`you said ${text}`)));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    async stop() {
      if (!server.listening) return;
      sockets.clients.forEach(socket => socket.terminate());
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const html = text => `<!doctype html>
<html><head><title>t</title><link rel="stylesheet" href="/assets/style.css"></head>
<body><h1>${text}</h1><p>COUNT</p><input id="i"></body></html>`;

test('pages of an upstream follow the files that it is made of, and come back with it', async t => {
  const site = new Site(t, { 'page.html': html('one'), 'style.css': 'h1 { order: 1 }' });
  const server = await upstream(site);
  t.after(() => server.stop());
  t.after(() => control('options?none'));
  await control(`options?http://127.0.0.1:${server.port}`);
  const page = await open(t, `${PIRN_URL}/rendered`);
  await page.waitForFunction(() => window.hotReload?.status().connected);
  await page.fill('#i', 'typed');
  const loads = page.loads;

  site.write('style.css', 'h1 { order: 2 }');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).order == 2);
  site.write('page.html', html('two'));
  await page.waitForFunction(() => document.querySelector('h1').textContent == 'two');
  assert.equal(await page.inputValue('#i'), 'typed');
  assert.equal(page.loads, loads);

  assert.equal(
    await page.evaluate(() => new Promise(done => {
      const socket = new WebSocket(`ws://${location.host}/chat`);
      socket.onopen = () => socket.send('hello');
      socket.onmessage = ({ data }) => done(data);
    })),
    'you said hello');

  await server.stop();
  await page.goto(`${PIRN_URL}/rendered`);
  assert.match(await page.textContent('pre'), /does not answer: nothing listens there/);
  const again = await upstream(site, server.port);
  t.after(() => again.stop());
  await until(() => page.textContent('h1').catch(() => ''), it => it == 'two');
});
