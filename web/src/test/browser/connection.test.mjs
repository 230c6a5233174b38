import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { newContext, open, openIn, until } from './page.mjs';

const PAGE = '<!doctype html><html><head><link rel="stylesheet" href="/a.css"></head><body>text</body></html>';
const desk = (t, files) => Desk.open(t, { '/index.html': PAGE, '/a.css': 'body{background:red}', ...files });
const colour = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const status = page => page.evaluate(() => window.hotReload.status());

test('it says hi with what the tag says, and tells what the page has', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  const digest = server.digest(PAGE);
  assert.deepEqual(server.heard('hi'), [
    { t: 'hi', key: 'K1', epoch: 'E1', since: 1, have: { '/index.html': digest }, page: '/index.html' },
  ]);
  assert.equal(server.connections[0].request.headers['sec-websocket-protocol'], 'pirn.1');
  assert.deepEqual(await status(page), {
    connected: true, attempts: 0, id: 'c1', seq: 1, paused: false, waiting: 0,
  });
  await page.evaluate(() => fetch('/a.css?again'));
  server.files['/late.css'] = '';
  await page.evaluate(() => fetch('/late.css'));
  const asked = () => server.heard('have').flatMap(({ urls }) => urls);
  await until(asked, all => all.includes('/late.css'));
  assert.equal(asked().filter(u => u == '/a.css').length, 1);
});

test('a connection that is lost is sought again and again, and what was missed is made up without a reload', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => {
    window.mark = 1;
    window.sockets = 0;
    window.WebSocket = class extends WebSocket {
      constructor(...all) {
        super(...all);
        window.sockets++;
      }
    };
  });
  const { port } = server;
  await server.stop();
  await until(() => page.evaluate(() => window.sockets), count => count >= 4);
  assert.equal((await status(page)).connected, false);
  server.change({ '/a.css': 'body{background:green}' });
  server.onHi = ({ since }, connection) => {
    if (since == 1)
      connection.send({
        t: 'plan', seq: 2, since: 1, importers: {}, versions: {},
        files: [{ u: '/a.css', k: 'css', op: 'mod', d: server.digest(server.files['/a.css']) }],
      });
  };
  await server.listen(port);
  const ack = await server.acked(2);
  assert.equal(ack.how, 'css');
  assert.equal(await colour(page), 'rgb(0, 128, 0)');
  assert.equal(await page.evaluate(() => window.mark), 1);
  assert.equal(page.loads, 1);
  assert.deepEqual(await status(page).then(({ connected, attempts, seq }) => [connected, attempts, seq]), [true, 0, 2]);
  assert.equal(server.live().length, 1);
});

test('a file of the client that could not be fetched is asked for again', async t => {
  const server = await desk(t);
  const page = await openIn(await newContext(t));
  let refused = 0;
  await page.route('**/@hotreload/style.js', route => (refused++ ? route.continue() : route.abort()));
  await page.goto(server.url);
  await server.ready();
  const ack = await server.changed({ '/a.css': 'body{background:green}' });
  assert.equal(ack.how, 'css');
  assert.equal(await colour(page), 'rgb(0, 128, 0)');
  assert.ok(refused >= 1);
  assert.equal(page.loads, 1);
});

test('another process is met with the digests of what is loaded', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  await until(() => server.heard('have')[0]);
  const { port } = server;
  await server.stop();
  Object.assign(server, { epoch: 'E2', key: 'K2', seq: 1 });
  server.files['/a.css'] = 'body{background:blue}';
  const file = { u: '/a.css', k: 'css', op: 'mod', d: server.digest(server.files['/a.css']) };
  server.onHi = ({ epoch }, connection) => {
    if (epoch == 'E1')
      connection.send({ t: 'plan', seq: 1, since: 0, fresh: true, files: [file], importers: {}, versions: {} });
  };
  await server.listen(port);
  await server.acked(1);
  assert.equal(await colour(page), 'rgb(0, 0, 255)');
  const his = server.heard('hi').slice(1);
  assert.deepEqual(his.map(({ key, epoch, since }) => [key, epoch, since]), [['K1', 'E1', 1], ['K2', 'E2', 1]]);
  assert.equal(his[0].have['/a.css'], server.digest('body{background:red}'));
  assert.equal(page.loads, 1);
});

test('what it says of what it has is bounded', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => Promise.all(
    Array.from({ length: 400 }, (_, i) => fetch(`/file${i}`).then(answer => answer.text()))));
  const asked = () => server.heard('have').flatMap(({ urls }) => urls);
  await until(asked, ({ length }) => length >= 300);
  await server.changed({ '/a.css': 'body{background:green}' });
  assert.equal(asked().length, 300);
});

test('reconnect() makes a new socket and leaves no second one', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => {
    for (let i = 0; i < 5; i++) window.hotReload.reconnect();
  });
  await until(() => status(page), ({ connected }) => connected);
  await until(() => server.live().length, count => count == 1);
  server.change({ '/a.css': 'body{background:green}' });
  await server.acked();
  assert.equal(server.heard('ack').length, 1);
});

test('a socket that is dead without knowing it is found by a ping on return', async t => {
  const server = await desk(t);
  const page = await openIn(await newContext(t));
  await page.addInitScript(() => {
    window.heard = [];
    window.WebSocket = class extends WebSocket {
      constructor(...all) {
        super(...all);
        this.addEventListener('message', ({ data }) => heard.push(JSON.parse(data).t));
      }
    };
  });
  await page.goto(server.url);
  await server.ready();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  // Whatever is heard after a ping is a sign of life, the answer to the one before it too.
  await until(() => page.evaluate(() => heard), all => all.includes('pong'));
  await until(() => server.heard('ping').length, count => count == 1);
  assert.equal(server.connections.length, 1);
  server.deaf = true;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await until(() => server.connections.length, count => count == 2);
  await until(() => server.live().length, count => count == 1);
  assert.equal(page.loads, 1);
});

test('online is a reason to try at once', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  const { port } = server;
  // Waits of an hour: only the event can be what connects.
  await page.evaluate(() => {
    const later = window.setTimeout;
    window.setTimeout = (job, wait, ...all) => later(job, wait > 20 && wait < 200 ? 3_600_000 : wait, ...all);
  });
  await server.stop();
  await until(() => status(page), ({ connected }) => !connected);
  await server.listen(port);
  assert.equal(server.live().length, 0);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await until(() => server.live().length, count => count == 1);
});

test('a page that is left closes its socket, and one from the back-forward cache connects again', async t => {
  const server = await desk(t, { '/other.html': '<!doctype html><title>other</title>' });
  const page = await open(t, server.url);
  await server.ready();
  await page.goto(`${server.url}/other.html`);
  await until(() => server.live().length, count => count == 1);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await until(() => server.connections.length, count => count == 3);
  await until(() => server.live().length, count => count == 1);
});

test('plans are applied one after the other, and one that fails does not stop the next', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  server.change({ '/a.js': 'x' }, { importers: null, files: [null] });
  await server.changed({ '/a.css': 'body{background:green}' });
  assert.equal(await colour(page), 'rgb(0, 128, 0)');
  const [failed] = server.heard('ack');
  assert.deepEqual([failed.seq, failed.how], [2, 'failed']);
  assert.match(failed.why, /TypeError/);
});

test('the page is told before and after a plan', async t => {
  const server = await desk(t);
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => {
    window.events = [];
    for (const name of ['hotreload:before', 'hotreload:after'])
      addEventListener(name, ({ detail }) => window.events.push([name, detail.seq ?? detail.plan.seq, detail.how, detail.why]));
  });
  await server.changed({ '/a.css': 'body{background:green}' });
  await server.changed({ '/nobody.css': '' });
  assert.deepEqual(await page.evaluate(() => window.events), [
    ['hotreload:before', 2, undefined, undefined],
    ['hotreload:after', 2, 'css', '/a.css'],
    ['hotreload:before', 3, undefined, undefined],
    ['hotreload:after', 3, 'none', 'nothing of it is in this page'],
  ]);
});
