import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { open, overlayText, until } from './page.mjs';

const HTML = '<!doctype html><html><head></head><body><p></p><script type="module" src="/main.js"></script></body></html>';
const site = (t, files) => Desk.open(t, { '/index.html': HTML, ...files });
const text = page => page.textContent('p');
const log = page => page.evaluate(() => window.log);

const SELF = n => `
  const p = document.querySelector('p');
  p.textContent = 'v${n}';
  (window.log ??= []).push('run ${n}');
  if (import.meta.hot) {
    import.meta.hot.data.count = (import.meta.hot.data.count ?? 0) + 1;
    window.count = import.meta.hot.data.count;
    import.meta.hot.accept(it => window.log.push('accept in ${n}: ' + it.name));
    import.meta.hot.dispose(data => window.log.push('dispose ${n}: ' + data.count));
  }
  export const name = 'v${n}';`;

test('a module that accepts itself is exchanged, and the page stays', async t => {
  const desk = await site(t, { '/main.js': SELF(1) });
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'v1');
  const ack = await desk.changed({ '/main.js': SELF(2) });
  assert.deepEqual([ack.how, ack.why], ['hot', '/main.js']);
  await desk.changed({ '/main.js': SELF(3) });
  assert.equal(await text(page), 'v3');
  assert.equal(page.loads, 1);
  assert.equal(await page.evaluate(() => window.count), 3);
  assert.deepEqual(await log(page), [
    'run 1', 'dispose 1: 1', 'run 2', 'accept in 1: v2', 'dispose 2: 2', 'run 3', 'accept in 2: v3',
  ]);
  assert.deepEqual(
    desk.requests.filter(url => url.startsWith('/main.js')), ['/main.js', '/main.js?hot=1.2', '/main.js?hot=1.3']);
});

test('a module is exchanged where an importer accepts it, alone or among others', async t => {
  const desk = await site(t, {
    '/main.js': `import { b } from './b.js';
      import { c } from './lib/c.js';
      const show = (...all) => { document.querySelector('p').textContent = all.join(); };
      show(b, c);
      import.meta.hot.accept('./b.js', it => show('b', it.b));
      import.meta.hot.accept(['./b.js', './lib/c.js'], ([x, y]) => (window.log ??= []).push([x?.b ?? '-', y?.c ?? '-'].join()));`,
    '/b.js': 'export const b = 1;',
    '/lib/c.js': 'export const c = 1;',
  });
  const importers = { '/b.js': ['/main.js'], '/lib/c.js': ['/main.js'], '/main.js': ['/index.html'] };
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == '1,1');
  const ack = await desk.changed({ '/b.js': 'export const b = 2;' }, { importers });
  assert.deepEqual([ack.how, ack.why], ['hot', '/b.js']);
  assert.equal(await text(page), 'b,2');
  await desk.changed({ '/lib/c.js': 'export const c = 2;' }, { importers });
  await desk.changed({ '/lib/c.js': 'export const c = 3;', '/b.js': 'export const b = 3;' }, { importers });
  assert.deepEqual(await log(page), ['2,-', '-,2', '3,3']);
  assert.equal(page.loads, 1);
});

test('where nobody accepts, the page is loaded anew and says the way', async t => {
  const desk = await site(t, {
    '/main.js': `import './a.js'; document.querySelector('p').textContent = 'ready';`,
    '/a.js': `import './b.js';`,
    '/b.js': 'window.b = 1;',
    '/lazy.js': 'window.lazy = 1;',
  });
  const importers = { '/b.js': ['/a.js', '/unloaded.js'], '/a.js': ['/main.js'], '/main.js': ['/index.html'] };
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'ready');
  assert.equal((await desk.changed({ '/lazy.js': 'window.lazy = 2;' }, { importers })).how, 'none');
  const ack = await desk.changed({ '/b.js': 'window.b = 2;' }, { importers });
  assert.deepEqual([ack.how, ack.why], ['reload', '/b.js ← /a.js ← /main.js ← /index.html: nobody accepts it']);
  await until(() => page.evaluate(() => window.b), b => b == 2);
  await until(() => page.loads, count => count == 2);
});

test('a cycle ends at who accepts it, or nowhere', async t => {
  const desk = await site(t, {
    '/main.js': `import { a } from './a.js'; document.querySelector('p').textContent = a();
      import.meta.hot.accept('./a.js', it => { document.querySelector('p').textContent = it.a(); });`,
    '/a.js': `import { b } from './b.js'; export const a = () => 'a' + b();`,
    '/b.js': `import { a } from './a.js'; export const b = () => typeof a + 1;`,
  });
  const importers = { '/a.js': ['/main.js', '/b.js'], '/b.js': ['/a.js'], '/main.js': ['/index.html'] };
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'afunction1');
  // What the server does to the specifiers of a module that is asked for with ?hot=.
  desk.answer = (request, response, reply) => {
    const [path, query] = request.url.split('?');
    if (!query?.startsWith('hot=')) return false;
    reply(200, 'text/javascript', desk.files[path].replace(/(from '[^']+)'/, `$1?${query}'`));
    return true;
  };
  const ack = await desk.changed({ '/b.js': `import { a } from './a.js'; export const b = () => typeof a + 2;` }, { importers });
  assert.equal(ack.how, 'hot', ack.why);
  assert.equal(await text(page), 'afunction2');
  const more = { importers: { ...importers, '/a.js': ['/main.js', '/b.js', '/index.html'] } };
  assert.equal((await desk.changed({ '/b.js': desk.files['/b.js'] + '//' }, more)).how, 'reload');
});

test('a module that fails leaves the old one in force, is shown, and is mended by the next one', async t => {
  const desk = await site(t, { '/main.js': SELF(1) });
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'v1');
  const ack = await desk.changed({ '/main.js': `${SELF(2)} )` });
  assert.deepEqual([ack.how, ack.why], ['failed', "/main.js: SyntaxError: Unexpected token ')'"]);
  await until(() => overlayText(page), shown => shown.includes('/main.js failed'));
  assert.equal(await text(page), 'v1');
  // One that begins and then throws is no better.
  const thrown = await desk.changed({ '/main.js': `import.meta.hot.data.x = 1; throw new Error('half')` });
  assert.deepEqual([thrown.how, thrown.why], ['failed', '/main.js: Error: half']);
  const mended = await desk.changed({ '/main.js': SELF(3) });
  assert.equal(mended.how, 'hot', mended.why);
  assert.equal(await text(page), 'v3');
  await until(() => overlayText(page), shown => !shown.includes('failed'));
  assert.equal(page.loads, 1);
});

test('a module that invalidates itself hands over to its importers, or to a reload', async t => {
  const b = n => `export const b = ${n};
    import.meta.hot.accept(() => import.meta.hot.invalidate('b cannot'));`;
  const desk = await site(t, {
    '/main.js': `import { b } from './b.js';
      const p = document.querySelector('p');
      p.textContent = b;
      import.meta.hot.on('vite:invalidate', ({ path, message }) => (window.log ??= []).push(path + message));
      import.meta.hot.accept('./b.js', it => { p.textContent = 'took ' + it.b; });`,
    '/b.js': b(1),
  });
  const importers = { '/b.js': ['/main.js'], '/main.js': ['/index.html'] };
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == '1');
  desk.change({ '/b.js': b(2) }, { importers });
  await until(() => text(page), is => is == 'took 2');
  assert.deepEqual(await log(page), ['/b.jsb cannot']);
  assert.equal(page.loads, 1);
  const alone = { importers: { '/b.js': ['/index.html'] } };
  desk.change({ '/b.js': b(3) }, alone);
  const ack = await desk.acked(3, 'reload');
  assert.equal(ack.why, '/b.js ← /index.html: b cannot');
});

test('a module that is gone is told, the rest of the events too', async t => {
  const desk = await site(t, {
    '/main.js': `import './b.js';
      window.log = [];
      const hear = name => import.meta.hot.on(name, it => window.log.push(name + ' ' + (it?.seq ?? it?.x ?? '')));
      ['vite:beforeUpdate', 'vite:afterUpdate', 'hotreload:before', 'mine'].forEach(hear);
      const off = () => window.log.push('never');
      import.meta.hot.on('mine', off);
      import.meta.hot.off('mine', off);
      import.meta.hot.accept();
      document.querySelector('p').textContent = 'ready';
      window.send = import.meta.hot.send;`,
    '/b.js': `import.meta.hot.prune(() => window.log.push('pruned'));
      import.meta.hot.dispose(() => window.log.push('disposed'));`,
  });
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'ready');
  await page.evaluate(() => window.send('greeting', { y: 1 }));
  const sent = await until(() => desk.heard('event'), all => all.length);
  assert.deepEqual(sent, [{ t: 'event', event: 'greeting', data: { y: 1 } }]);
  desk.live()[0].send({ t: 'event', event: 'mine', data: { x: 5 } });
  await until(() => log(page), all => all.length);
  await desk.changed(
    { '/main.js': `window.log.push('main');`, '/b.js': null }, { importers: { '/main.js': ['/index.html'] } });
  assert.deepEqual(await log(page), [
    'mine 5', 'hotreload:before 2', 'vite:beforeUpdate 2', 'disposed', 'pruned', 'main',
  ]);
  assert.equal(page.loads, 1);
});

test('after another process modules are a reload', async t => {
  const desk = await site(t, { '/main.js': SELF(1) });
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => text(page), is => is == 'v1');
  const ack = await desk.changed({ '/main.js': SELF(2) }, { fresh: true });
  assert.deepEqual([ack.how, ack.why], ['reload', 'modules have changed, and so has the server']);
  assert.equal(await text(page), 'v2');
});

test('a page without the client has modules that run', async t => {
  const desk = await site(t, { '/main.js': SELF(1) });
  desk.answer = (request, response, reply) => request.url == '/' && (reply(200, 'text/html', HTML), true);
  const page = await open(t, desk.url);
  await until(() => text(page), is => is == 'v1');
  assert.deepEqual(page.errors, []);
});
