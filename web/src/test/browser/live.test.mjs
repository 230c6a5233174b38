// The client against the real server, from the file to the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clickInOverlay, newContext, overlayText, until } from './page.mjs';
import { connected, control, settled, Site } from './site.mjs';

const html = (body, head = '<link rel="stylesheet" href="a.css">') =>
  `<!doctype html>\n<html><head>${head}</head>\n<body>${body}</body></html>\n`;
const RED = 'rgb(255, 0, 0)';
const GREEN = 'rgb(0, 128, 0)';
const BLUE = 'rgb(0, 0, 255)';
const colour = (page, selector = 'body') =>
  page.evaluate(s => getComputedStyle(document.querySelector(s)).backgroundColor, selector);
const becomes = (page, is, selector) => until(() => colour(page, selector), it => it == is);
const text = (page, is, selector = 'p') => until(() => page.textContent(selector), it => it == is);

async function open(t, files) {
  const site = new Site(t, files);
  return { site, page: await site.open(await newContext(t)) };
}

test('a stylesheet is exchanged, and what is typed, seen and known stays', async t => {
  const { site, page } = await open(t, {
    'index.html': html('<input id="i"><div style="height:4000px">'), 'a.css': 'body{background:red}',
  });
  await page.fill('#i', 'typed');
  await page.evaluate(() => { window.mark = 1; scrollTo(0, 600); });
  for (const [name, is] of [['green', GREEN], ['blue', BLUE]]) {
    site.write('a.css', `body{background:${name}}`);
    await becomes(page, is);
  }
  assert.deepEqual(await page.evaluate(() => [window.mark, i.value, scrollY]), [1, 'typed', 600]);
  assert.equal(await page.locator('link').count(), 1);
  assert.deepEqual(page.verdicts.map(({ how }) => how), ['css', 'css']);
});

test('stylesheets imported at depth 3, in <style>, and in a stylesheet that comes back', async t => {
  const { site, page } = await open(t, {
    'index.html': html('<p>text</p>', '<link rel="stylesheet" href="a.css"><style>@import "s.css";</style>'),
    'a.css': '@import "b.css";', 'b.css': '@import url(deep/c.css);', 'deep/c.css': '@import "../d.css";',
    'd.css': 'body{background:red}', 's.css': 'p{background:red}',
  });
  site.write('d.css', 'body{background:green}');
  await becomes(page, GREEN);
  site.write('s.css', 'p{background:blue}');
  await becomes(page, BLUE, 'p');
  site.write('a.css', '@import "b.css"; p{background:green!important}');
  await becomes(page, GREEN, 'p');
  site.remove('a.css');
  await becomes(page, 'rgba(0, 0, 0, 0)');
  site.write('a.css', '@import "b.css";');
  await becomes(page, GREEN);
  assert.equal(page.loads, 1);
});

test('images and fonts are loaded anew', async t => {
  const svg = fill => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="${fill}" width="9" height="9"/></svg>`;
  const { site, page } = await open(t, {
    'index.html': html('<img src="i.svg"><p>text</p>'),
    'a.css': '@font-face { font-family: f; src: url(f.woff2) } p { font-family: f; background: url(i.svg) }',
    'i.svg': svg('red'), 'f.woff2': 'no font',
  });
  const asked = [];
  page.on('request', request => asked.push(request.url().replace(site.url, '').replace(/\d+$/, 'N')));
  site.write('i.svg', svg('green'));
  await until(() => asked.includes('/i.svg?t=N'));
  await until(() => page.evaluate(() => getComputedStyle(document.querySelector('p')).backgroundImage), is => /i\.svg\?t=/.test(is));
  site.write('f.woff2', 'another');
  await until(() => asked.includes('/f.woff2?t=N'));
  assert.equal(page.loads, 1);
});

const module = n => `
  document.querySelector('p').textContent = 'v${n}';
  import.meta.hot?.accept();
  import.meta.hot?.dispose(data => { data.from = ${n}; });
  window.from = import.meta.hot?.data.from;`;
const MODULES = {
  'index.html': html('<input id="i"><p></p>', '<script type="module" src="main.js"></script>'),
  'main.js': `import { b } from './b.js'; document.querySelector('p').textContent = b;`,
  'b.js': `import { c } from './c.js'; export const b = c;`,
  'c.js': 'export const c = 1;',
};

test('a module that accepts is exchanged; a broken one is shown until it is mended', async t => {
  const { site, page } = await open(t, { ...MODULES, 'main.js': module(1) });
  await text(page, 'v1');
  await page.fill('#i', 'typed');
  site.write('main.js', module(2));
  await text(page, 'v2');
  assert.equal(await page.evaluate(() => window.from), 1);
  site.write('main.js', `${module(3)} )`);
  await until(() => overlayText(page), is => is.includes(`${site.path}/main.js`));
  assert.equal(await page.textContent('p'), 'v2');
  site.write('main.js', module(4));
  await text(page, 'v4');
  await until(() => overlayText(page), is => !is.includes('main.js'));
  assert.equal(await page.inputValue('#i'), 'typed');
  assert.equal(page.loads, 1);
  assert.deepEqual(page.verdicts.map(({ how }) => how), ['hot', 'failed', 'hot']);
});

test('a change deep below is taken by who accepts it, and modules beside it keep what they are', async t => {
  const { site, page } = await open(t, {
    ...MODULES,
    'main.js': `import { b } from './b.js'; import { s } from './s.js'; s.seen++;
      const show = it => { document.querySelector('p').textContent = it + ' ' + s.seen; };
      show(b); import.meta.hot.accept('./b.js', it => show(it.b));`,
    'b.js': `import { c } from './c.js'; import { s } from './s.js'; s.seen++; export const b = c;`,
    's.js': 'export const s = { seen: 0 };',
  });
  await text(page, '1 2');
  site.write('c.js', 'export const c = 2;');
  await text(page, '2 3');
  site.write('c.js', 'export const c = 3;');
  await text(page, '3 4');
  assert.equal(page.loads, 1);
});

test('where nobody accepts it the page is loaded anew, once, and says why', async t => {
  const { site, page } = await open(t, MODULES);
  await text(page, '1');
  site.write('c.js', 'export const c = 2;');
  await text(page, '2');
  const { path } = site;
  const why = `${path}/c.js ← ${path}/b.js ← ${path}/main.js ← ${path}/index.html: nobody accepts it`;
  await until(() => page.verdicts, all => all.length > 0);
  assert.deepEqual(page.verdicts, [{ how: 'reload', why, files: [`${path}/c.js`] }]);
  await until(() => page.said, all => all.includes(`[pirn] loaded anew: ${why}`));
  await connected(page);
  await until(() => page.loads, count => count == 2);
});

const PAGE = html(`
  <h1>one</h1>
  <input id="named"><input class="nameless"><textarea></textarea><input type="checkbox" id="box">
  <select><option>a<option>b</select>
  <details><summary>more</summary>text</details>
  <dialog>dialog</dialog>
  <div id="scroller" style="height:40px;overflow:auto"><div style="height:800px">tall</div></div>
  <div id="app"></div><button id="button">0</button>
  <div style="height:4000px"></div>
  <script type="module" src="app.js"></script>`, '<title>t</title>');
const APP = `
  document.querySelector('#app').innerHTML = '<ul><li>rendered</ul>';
  document.body.className = 'themed';
  document.body.append(Object.assign(document.createElement('div'), { id: 'portal' }));
  document.querySelector('#button').onclick = ({ target }) => target.textContent++;`;

test('HTML is merged: 13 kinds of state of 13 are kept', async t => {
  const { site, page } = await open(t, { 'index.html': PAGE, 'app.js': APP });
  await settled(page);
  await page.fill('.nameless', 'nameless');
  await page.fill('textarea', 'area');
  await page.check('#box');
  await page.selectOption('select', 'b');
  await page.click('summary');
  await page.click('#button');
  await page.fill('#named', 'typed');
  await page.evaluate(() => {
    document.querySelector('dialog').show();
    document.querySelector('#scroller').scrollTop = 123;
    const named = document.querySelector('#named');
    named.focus();
    named.setSelectionRange(2, 4);
  });
  for (const word of ['two', 'three']) {
    site.write('index.html', PAGE.replace('one', word));
    await text(page, word, 'h1');
  }
  const kept = await page.evaluate(() => {
    const $ = selector => document.querySelector(selector);
    $('#button').click();
    return [
      $('#named').value == 'typed' && document.activeElement == $('#named'), $('.nameless').value == 'nameless',
      $('textarea').value == 'area', $('#box').checked, $('select').value == 'b', $('details').open, $('dialog').open,
      $('#scroller').scrollTop == 123, $('#app').innerHTML == '<ul><li>rendered</li></ul>',
      document.body.className == 'themed', !!$('#portal'), $('#button').textContent == '2',
      `${[$('#named').selectionStart, $('#named').selectionEnd]}` == '2,4',
    ];
  });
  assert.deepEqual(kept, Array(13).fill(true));
  assert.equal(page.loads, 1);
  assert.deepEqual(page.verdicts.map(({ how }) => how), ['html', 'html']);
});

test('a page without <head> and one with a strict policy follow too', async t => {
  const bare = '<!doctype html><p>one';
  const strict = html('<p>one</p>', `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; require-trusted-types-for 'script'"><link rel="stylesheet" href="a.css">`);
  const { site, page } = await open(t, { 'index.html': bare, 'strict.html': strict, 'a.css': 'body{background:red}' });
  await settled(page);
  site.write('index.html', bare.replace('one', 'two'));
  await text(page, 'two');
  assert.equal(page.loads, 1);
  const guarded = await site.open(page.context(), 'strict.html');
  await settled(guarded);
  await guarded.evaluate(() => (window.violations = 0, addEventListener('securitypolicyviolation', () => window.violations++)));
  site.write('a.css', 'body{background:green}');
  await becomes(guarded, GREEN);
  site.write('strict.html', strict.replace('one', 'two'));
  await text(guarded, 'two');
  site.write('a.css', 'body{');
  assert.equal(await guarded.evaluate(() => window.violations), 0);
  assert.equal(guarded.loads, 1);
});

test('a page that is not there yet appears when it is written', async t => {
  const { site, page } = await open(t, { 'index.html': html('') });
  const missing = await site.open(page.context(), 'later.html');
  assert.match(await missing.textContent('pre'), /later\.html/);
  site.write('later.html', html('<p>there</p>'));
  await text(missing, 'there');
});

test('Markdown goes by the page’s own rule', async t => {
  const { site, page } = await open(t, { 'index.html': html('<p>text</p>'), 'a.md': 'one' });
  await page.evaluate(() => addEventListener('hotreload:change', async event => {
    event.preventDefault();
    document.querySelector('p').textContent = await (await fetch(event.detail.u)).text();
  }, { once: true }));
  site.write('a.md', 'two');
  await text(page, 'two');
  assert.equal(page.loads, 1);
  site.write('a.md', 'three');
  await until(() => page.loads, loads => loads == 2);
  assert.deepEqual(page.verdicts.map(({ how }) => how), ['event', 'reload']);
});

test('a reload waits for a dialog, for a field, and for the page, and gives back what was there', async t => {
  const { site, page } = await open(t, {
    'index.html': html('<p></p><input id="i"><input id="j"><dialog>text</dialog>', '<script src="c.js"></script>'),
    'c.js': 'window.version = 1',
  });
  const version = is => until(() => page.evaluate(() => window.version), it => it == is);
  const waits = reason => until(() => overlayText(page), is => is.includes(`1 update waiting: ${reason}`));
  await page.evaluate(() => document.querySelector('dialog').showModal());
  site.write('c.js', 'window.version = 2');
  await waits('a dialog is open');
  await page.evaluate(() => document.querySelector('dialog').close());
  await version(2);
  await connected(page);

  await page.locator('#i').pressSequentially('typed');
  site.write('c.js', 'window.version = 3');
  await waits('a field is being edited');
  assert.equal(await page.evaluate(() => window.version), 2);
  await page.focus('#j');
  await version(3);
  await until(() => page.evaluate(() => [i.value, document.activeElement.id].join()), is => is == 'typed,j');
  await connected(page);

  await page.evaluate(() => hotReload.pause());
  site.write('c.js', 'window.version = 4');
  await waits('the page asked for it');
  await clickInOverlay(page);
  await version(4);
});

test('a page that was away learns what it missed, from the same process and from another', async t => {
  const { site, page } = await open(t, {
    'index.html': html('<input id="i"><p>text</p>'), 'a.css': 'body{background:red}',
  });
  await page.fill('#i', 'typed');
  await settled(page);
  site.write('a.css', 'body{background:green}');
  await becomes(page, GREEN);
  await control('disconnect');
  site.write('a.css', 'body{background:blue}');
  await becomes(page, BLUE);
  await control('stop');
  site.write('a.css', 'body{background:red}');
  await until(() => page.evaluate(() => hotReload.status().attempts), attempts => attempts > 2);
  await control('start');
  await becomes(page, RED);
  // Heard by the new process as well: it has the new token.
  site.write('a.css', 'body{background:green}');
  await becomes(page, GREEN);
  site.write('index.html', html('<input id="i"><p>other</p>'));
  await text(page, 'other');
  assert.equal(await page.inputValue('#i'), 'typed');
  assert.equal(page.loads, 1);
});

test('devices are kept in step where that was asked for, and errors hold a reload', async t => {
  await control('options?sync,holdOnErrors');
  t.after(() => control('options?none'));
  const { site, page } = await open(t, {
    'index.html': html('<input id="i"><input id="p" type="password"><button id="b" onclick="this.textContent++">0</button>', '<script src="c.js"></script>'),
    'c.js': 'window.version = 1',
  });
  const other = await site.open(page.context());
  for (const it of [page, other]) await until(() => overlayText(it), is => is.includes('sync: on'));
  await page.locator('#p').pressSequentially('secret');
  await page.locator('#i').pressSequentially('typed');
  await page.click('#b');
  await until(() => other.evaluate(() => [i.value, p.value, b.textContent].join()), is => is == 'typed,,1');
  await page.evaluate(() => console.error('broken'));
  site.write('c.js', 'window.version = 2');
  await until(() => overlayText(page), is => is.includes('1 update waiting: the console shows errors'));
  await until(() => other.evaluate(() => window.version), is => is == 2);
  assert.equal(await page.evaluate(() => window.version), 1);
});

test('the tests have a badge', async t => {
  const { site, page } = await open(t, { 'index.html': html(''), 'a.css': '' });
  site.write('a.css', 'body{background:green}');
  await until(() => overlayText(page), is => is.includes('tests:'));
  await until(async () => {
    await control('tests?failed');
    return overlayText(page);
  }, is => is.includes('1 of 3 tests failed'));
});
