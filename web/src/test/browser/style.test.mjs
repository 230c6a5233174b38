import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { open, until } from './page.mjs';

const html = (head, body = '') => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const colour = (page, selector = 'body') =>
  page.evaluate(s => getComputedStyle(document.querySelector(s)).backgroundColor, selector);
const RED = 'rgb(255, 0, 0)';
const GREEN = 'rgb(0, 128, 0)';
const BLUE = 'rgb(0, 0, 255)';

test('a stylesheet is exchanged, and the page stays', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html(
      '<link rel="stylesheet" href="/a.css?v=1" media="screen" id="first"><link rel="stylesheet" href="/b.css">',
      '<input id="typed"><div style="height:5000px"></div>'),
    '/a.css': 'body{background:red}',
    '/b.css': 'p{color:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  await page.evaluate(() => (window.mark = 1));
  await page.fill('#typed', 'kept');
  await page.evaluate(() => scrollTo(0, 700));

  const ack = await desk.changed({ '/a.css': 'body{background:green}' });

  assert.equal(ack.how, 'css');
  assert.equal(ack.why, '/a.css');
  assert.equal(ack.url, '/');
  assert.ok(ack.ms > 0 && ack.ms < 5000, `${ack.ms} ms`);
  assert.equal(await colour(page), GREEN);
  assert.deepEqual(
    await page.evaluate(() => [window.mark, document.querySelector('#typed').value, scrollY]),
    [1, 'kept', 700]);
  assert.deepEqual(
    await page.evaluate(() =>
      [...document.querySelectorAll('link')].map(({ href, media, id }) => [href.replace(location.origin, ''), media, id])),
    [['/a.css?v=1&t=2', 'screen', 'first'], ['/b.css', '', '']]);
});

test('two changes in a row leave no doubles, and the last one is seen', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html('<link rel="stylesheet" href="/a.css">'),
    '/a.css': 'body{background:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  desk.change({ '/a.css': 'body{background:green}' });
  await desk.changed({ '/a.css': 'body{background:blue}' });
  assert.equal(await colour(page), BLUE);
  assert.equal(await page.locator('link').count(), 1);
  assert.deepEqual(desk.heard('ack').map(({ seq, how }) => [seq, how]), [[2, 'css'], [3, 'css']]);
});

test('the old stylesheet is in force until the new one is there', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html('<link rel="stylesheet" href="/a.css">'),
    '/a.css': 'body{background:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  let release;
  desk.answer = (request, response, reply) => {
    if (!request.url.startsWith('/a.css')) return false;
    release = () => reply(200, 'text/css', desk.files['/a.css']);
    return true;
  };
  await page.evaluate(() => {
    window.colours = new Set();
    const look = () => {
      window.colours.add(getComputedStyle(document.body).backgroundColor);
      requestAnimationFrame(look);
    };
    look();
  });
  desk.change({ '/a.css': 'body{background:green}' });
  await until(() => release);
  assert.equal(await colour(page), RED);
  release();
  await desk.acked();
  await until(() => page.evaluate(() => [...window.colours]), seen => seen.includes(GREEN));
  assert.deepEqual(await page.evaluate(() => [...window.colours]), [RED, GREEN]);
});

test('the rules of a stylesheet that is deleted go, and come back with it', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html('<link rel="stylesheet" href="/a.css">'),
    '/a.css': 'body{background:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  assert.equal((await desk.changed({ '/a.css': null })).how, 'css');
  assert.equal(await colour(page), 'rgba(0, 0, 0, 0)');
  assert.equal((await desk.changed({ '/a.css': 'body{background:green}' })).how, 'css');
  assert.equal(await colour(page), GREEN);
});

test('a stylesheet that cannot be fetched does not take the old one away', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html('<link rel="stylesheet" href="/a.css">'),
    '/a.css': 'body{background:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  desk.answer = (request, response) => request.url.startsWith('/a.css') && !!request.socket.destroy();
  await desk.changed({ '/a.css': 'body{background:green}' });
  assert.equal(await colour(page), RED);
  assert.equal(await page.locator('link').count(), 1);
});

for (const [name, headers] of Object.entries({
  'no-cache': { 'Cache-Control': 'no-cache' },
  'a last-modified': { 'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT' },
  'an hour': { 'Cache-Control': 'max-age=3600' },
})) {
  test(`an imported stylesheet is exchanged at depth 3, cached with ${name}`, async t => {
    const desk = await Desk.open(t, {
      '/index.html': html('<link rel="stylesheet" href="/a.css"><style>@import "/s.css";</style>', '<p>text</p>'),
      '/a.css': '@import "b.css";',
      '/b.css': '@import "css/c.css";',
      '/css/c.css': '@import "d.css";',
      '/css/d.css': 'body{background:red}',
      '/s.css': 'p{background:red}',
    });
    desk.headers = headers;
    const page = await open(t, desk.url);
    await desk.ready();
    assert.equal(await colour(page), RED);
    const importers = {
      '/css/d.css': ['/css/c.css'], '/css/c.css': ['/b.css'], '/b.css': ['/a.css'], '/s.css': ['/index.html'],
    };
    const ack = await desk.changed({ '/css/d.css': 'body{background:green}' }, { importers });
    assert.equal(ack.how, 'css');
    assert.equal(await colour(page), GREEN);
    await desk.changed({ '/css/d.css': 'body{background:blue}' }, { importers });
    assert.equal(await colour(page), BLUE);
    await desk.changed({ '/s.css': 'p{background:green}' }, { importers });
    assert.equal(await colour(page, 'p'), GREEN);
    assert.equal(await page.locator('style').count(), 1);
  });
}

test('stylesheets in open shadow roots, and of modules, are exchanged in place', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html(
      `<script type="module" src="/m.js"></script>`,
      '<div id="host"></div>'),
    '/m.js': `import sheet from '/adopted.css' with { type: 'css' };
      const root = document.querySelector('#host').attachShadow({ mode: 'open' });
      root.innerHTML = '<link rel="stylesheet" href="/linked.css"><p>one</p><b>two</b>';
      root.adoptedStyleSheets = [sheet];
      window.sheet = sheet;`,
    '/linked.css': 'p{background:red}',
    '/adopted.css': 'b{background:red}',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  const inside = selector =>
    page.evaluate(s => getComputedStyle(document.querySelector('#host').shadowRoot.querySelector(s)).backgroundColor, selector);
  await until(() => inside('p'), is => is == RED);
  await desk.changed({ '/linked.css': 'p{background:green}' });
  assert.equal(await inside('p'), GREEN);
  const ack = await desk.changed({ '/adopted.css': 'b{background:blue}' });
  assert.deepEqual([ack.how, ack.why], ['css', '/adopted.css']);
  assert.equal(await inside('b'), BLUE);
  assert.equal(page.loads, 1);
});

test('images are shown anew wherever they are', async t => {
  const svg = fill => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="r" fill="${fill}" width="9" height="9"/></svg>`;
  const desk = await Desk.open(t, {
    '/index.html': html(
      `<link rel="stylesheet" href="/a.css"><link rel="icon" href="/i.svg">`,
      `<img id="img" src="/i.svg?v=1"><img id="set" srcset="/i.svg 1x, /other.svg 2x">
       <picture><source srcset="/i.svg"><img id="pic" src="/other.svg"></picture>
       <video id="video" poster="/i.svg"></video><input type="image" id="input" src="/i.svg">
       <svg><use id="use" href="/i.svg#r"></use><image id="image" href="/i.svg"></image></svg>
       <div id="style" style="background-image:url(/i.svg)"></div><div id="sheet"></div><div id="child"></div>
       <img id="untouched" src="/other.svg">`),
    '/a.css': '@import "/css/b.css"; @media screen { #sheet { background-image: url("i.svg") } }',
    '/css/b.css': '#child { background-image: url(../i.svg) }',
    '/i.svg': svg('red'),
    '/other.svg': svg('blue'),
  });
  const page = await open(t, desk.url);
  await desk.ready();
  const ack = await desk.changed({ '/i.svg': svg('green') });
  assert.deepEqual([ack.how, ack.why], ['img', '/i.svg']);
  const image = selector => page.evaluate(s => getComputedStyle(document.querySelector(s)).backgroundImage, selector);
  const attribute = (selector, name) => page.getAttribute(selector, name).then(value => value.replaceAll(desk.url, ''));
  assert.equal(await attribute('#img', 'src'), '/i.svg?v=1&t=2');
  assert.equal(await attribute('#set', 'srcset'), '/i.svg?t=2 1x, /other.svg 2x');
  assert.equal(await attribute('source', 'srcset'), '/i.svg?t=2');
  assert.equal(await attribute('#video', 'poster'), '/i.svg?t=2');
  assert.equal(await attribute('#input', 'src'), '/i.svg?t=2');
  assert.equal(await attribute('#use', 'href'), '/i.svg?t=2#r');
  assert.equal(await attribute('#image', 'href'), '/i.svg?t=2');
  assert.equal(await attribute('link[rel=icon]', 'href'), '/i.svg?t=2');
  assert.equal(await attribute('#untouched', 'src'), '/other.svg');
  for (const selector of ['#style', '#sheet', '#child'])
    assert.equal(await image(selector), `url("${desk.url}/i.svg?t=2")`, selector);

  // A stylesheet that is loaded anew knows nothing of that.
  await desk.changed({ '/a.css': `${desk.files['/a.css']} body { background: green }` });
  assert.equal(await image('#sheet'), `url("${desk.url}/i.svg?t=2")`);
  assert.equal(await colour(page), GREEN);
  assert.equal((await desk.changed({ '/unused.svg': svg('red') })).how, 'none');
});

test('a page of somebody else’s server is matched by the names of its files', async t => {
  const desk = await Desk.open(t, {
    '/index.html': html('<link rel="stylesheet" href="/static/css/a.css"><link rel="stylesheet" href="/static/other/b.css">'),
    '/static/css/a.css': 'body{background:red}',
    '/static/other/b.css': 'p{color:red}',
  });
  desk.tagged = false;
  const page = await open(t, desk.url);
  await desk.ready();
  const [hi] = desk.heard('hi');
  assert.deepEqual([hi.since, hi.key, hi.page], [null, undefined, '/']);
  await until(() => desk.heard('hi').length, count => count == 2);
  assert.equal(desk.heard('hi')[1].key, 'K1');
  desk.files['/static/css/a.css'] = 'body{background:green}';
  const ack = await desk.changed({ '/web/css/a.css': 'body{background:green}' });
  assert.equal(ack.how, 'css');
  assert.equal(await colour(page), GREEN);
  assert.match(await page.locator('link').nth(1).getAttribute('href'), /^\/static\/other\/b\.css$/);
  const script = await desk.changed({ '/web/app.js': '' });
  assert.deepEqual([script.how, script.why], ['reload', '/web/app.js has changed']);
});
