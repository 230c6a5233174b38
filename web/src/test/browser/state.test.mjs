import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { clickInOverlay, open, overlayText, until } from './page.mjs';

const html = (body, head = '') => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const CLASSIC = '<script src="/classic.js"></script>';
const desk = (t, body, files) =>
  Desk.open(t, { '/index.html': html(body, CLASSIC), '/classic.js': 'window.version = 1', ...files });
const version = page => page.evaluate(() => window.version);

test('a classic script is a reload, once, that says why', async t => {
  const server = await desk(t, 'text');
  const page = await open(t, server.url);
  await server.ready();
  const said = [];
  page.on('console', message => said.push(message.text()));
  const ack = await server.changed({ '/classic.js': 'window.version = 2' });
  assert.equal(ack.how, 'reload');
  assert.equal(ack.why, '/classic.js ← /index.html: nobody accepts it');
  assert.ok(ack.ms > 0 && ack.ms < 10_000);
  assert.equal(await version(page), 2);
  await until(() => page.loads, count => count == 2);
  await until(() => said.includes('[pirn] loaded anew: /classic.js ← /index.html: nobody accepts it'));
  assert.equal((await server.changed({ '/unused.js': '' })).how, 'none');
  assert.equal(page.loads, 2);
});

test('a reload gives back what the user had', async t => {
  const server = await desk(t, `
    <input id="text" value="before"><input name="unnamed"><textarea></textarea>
    <input type="checkbox" id="box"><input type="radio" name="r" id="r1" checked><input type="radio" name="r" id="r2">
    <select id="one"><option>a<option>b<option>c</select>
    <select id="many" multiple><option>a<option>b<option>c</select>
    <input type="password" id="secret"><input type="file" id="file">
    <details id="details"><summary>more</summary>text</details>
    <div id="scroller" style="height:50px;overflow:auto"><div style="height:900px"></div></div>
    <div id="late" style="height:40px"></div>
    <div style="height:5000px"></div>`,
    { '/classic.js': `window.version = 1;
        addEventListener('load', () => requestAnimationFrame(() => { late.innerHTML = '<input id="rendered">'; }))` });
  const page = await open(t, server.url);
  await server.ready();
  await page.fill('#rendered', 'rendered');
  await page.fill('#text', 'typed');
  await page.fill('[name=unnamed]', 'also');
  await page.fill('textarea', 'lines\nof text');
  await page.check('#box');
  await page.check('#r2');
  await page.selectOption('#one', 'b');
  await page.selectOption('#many', ['a', 'c']);
  await page.fill('#secret', 'hunter2');
  await page.click('summary');
  await page.evaluate(() => {
    scroller.scrollTop = 321;
    scrollTo(0, 1234);
    text.focus({ preventScroll: true });
    text.setSelectionRange(1, 3);
    hotReload.core.dirty = null;
  });
  const state = () => page.evaluate(() => ({
    text: text.value, unnamed: document.querySelector('[name=unnamed]').value,
    area: document.querySelector('textarea').value, box: box.checked, radio: [r1.checked, r2.checked],
    one: one.value, many: [...many.selectedOptions].map(({ value }) => value), details: details.open,
    inner: scroller.scrollTop, outer: scrollY, focus: document.activeElement.id,
    caret: [text.selectionStart, text.selectionEnd], rendered: document.querySelector('#rendered')?.value,
  }));
  const before = await state();
  assert.equal(before.text, 'typed');
  await server.changed({ '/classic.js': server.files['/classic.js'].replace('1', '2') });
  assert.equal(await version(page), 2);
  await until(state, now => JSON.stringify(now) == JSON.stringify(before));
  assert.equal(await page.inputValue('#secret'), '');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test('where the storage is full the page is loaded anew all the same', async t => {
  const server = await desk(t, 'text');
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => {
    Storage.prototype.setItem = () => { throw new Error('full'); };
    for (const size of [1e6, 1e5, 1e4, 1e3, 1e2, 10, 1])
      try {
        for (let i = 0; ; i++) sessionStorage[`fill${size}${i}`] = 'x'.repeat(size);
      } catch {}
  });
  server.change({ '/classic.js': 'window.version = 2' });
  await until(() => page.loads, loads => loads == 2);
  assert.equal(await version(page), 2);
});

test('an old page that is served for a new one does not make a loop', async t => {
  const server = await desk(t, 'text');
  server.onHi = ({ since }, connection) => {
    if (since < 2)
      connection.send({ t: 'plan', seq: 2, since, files: [{ u: '/classic.js', k: 'js', op: 'mod', d: 'x' }], importers: {}, versions: {} });
  };
  const page = await open(t, server.url);
  await server.acked(2, 'reload');
  await until(() => page.loads, count => count == 2);
  assert.deepEqual(server.heard('hi').map(({ since }) => since), [1, 2]);
});

test('Markdown and configuration go by the page’s own rule', async t => {
  const server = await desk(t, 'text', { '/a.md': 'one', '/a.json': '{}', '/note.txt': 'x' });
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => {
    window.seen = [];
    addEventListener('hotreload:change', event => {
      window.seen.push(event.detail.u);
      if (event.detail.k == 'md') event.preventDefault();
    });
  });
  const first = await server.changed({ '/a.md': 'two' });
  assert.deepEqual([first.how, first.why], ['event', '/a.md']);
  assert.deepEqual(await page.evaluate(() => window.seen), ['/a.md']);
  assert.equal((await server.changed({ '/note.txt': 'y' })).how, 'none');
  const second = await server.changed({ '/a.json': '{"a":1}' });
  assert.deepEqual([second.how, second.why], ['reload', '/a.json has changed']);
  await until(() => page.loads, count => count == 2);
});

// Why a page waits, how that comes about, and the ways in which it ends.
const HOLDS = {
  'a dialog is open': [
    `<dialog id="d"><button id="b">x</button></dialog>`, page => page.evaluate(() => d.showModal()),
    page => page.evaluate(() => d.close()),
    page => page.evaluate(() => d.remove()),
  ],
  'a field is being edited': [
    `<form onsubmit="return false"><input id="i"></form>`, page => page.locator('#i').pressSequentially('abc'), page => page.evaluate(() => i.blur()),
    page => page.evaluate(() => i.remove()),
    page => page.evaluate(() => i.form.requestSubmit()),
  ],
  'the page asked for it': [
    '', page => page.evaluate(() => hotReload.pause()), page => page.evaluate(() => hotReload.resume()),
  ],
  'media is playing': [
    '<audio id="a"></audio>',
    page => page.evaluate(() => {
      const context = new AudioContext();
      const target = context.createMediaStreamDestination();
      context.createOscillator().connect(target);
      a.srcObject = target.stream;
      return a.play();
    }),
    page => page.evaluate(() => a.pause()),
    page => page.evaluate(() => (a.muted = true)),
    page => page.evaluate(() => a.remove()),
  ],
};

const ways = Object.entries(HOLDS).flatMap(([reason, [body, begin, ...ends]]) =>
  ends.map(end => ({ reason, body, begin, end })));
for (const { reason, body, begin, end } of ways) {
  test(`a reload waits while ${reason}, is shown, and is not forgotten: ${end}`, async t => {
    const server = await desk(t, body, { '/a.css': '' });
    const page = await open(t, server.url);
    await server.ready();
    await begin(page);
    const ack = await server.changed({ '/classic.js': 'window.version = 2' });
    assert.deepEqual([ack.how, ack.why], ['defer', reason]);
    await until(() => overlayText(page), text => text.includes(`1 update waiting: ${reason}`));
    await server.changed({ '/classic.js': 'window.version = 3' });
    await until(() => overlayText(page), text => text.includes(`2 updates waiting: ${reason}`));
    assert.equal(await page.evaluate(() => hotReload.status().waiting), 2);
    assert.equal(await version(page), 1);
    await end(page);
    const last = await server.acked(3, 'reload');
    assert.equal(last.why, '/classic.js ← /index.html: nobody accepts it');
    assert.equal(await version(page), 3);
    await until(() => page.loads, count => count == 2);
  });
}

test('a reload that waits for a dialog can be had now, by the chip', async t => {
  const server = await desk(t, '<dialog id="d">text</dialog>');
  const page = await open(t, server.url);
  await server.ready();
  await page.evaluate(() => d.showModal());
  await server.changed({ '/classic.js': 'window.version = 2' });
  await until(() => overlayText(page), text => text.includes('Reload now'));
  await clickInOverlay(page);
  await server.acked(2, 'reload');
  assert.equal(await version(page), 2);
});

test('a reload waits while the console shows errors, where that was asked for', async t => {
  const server = await desk(t, 'text');
  server.options.holdOnErrors = true;
  const page = await open(t, server.url);
  await server.ready();
  // It is watched from the moment when the page knows that it is to be.
  await until(() => page.evaluate(() => !`${console.error}`.includes('native code')));
  await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop completed with undelivered notifications.' })));
  assert.equal(await page.evaluate(() => hotReload.core.errors), 0);
  await page.evaluate(() => console.error('broken'));
  const ack = await server.changed({ '/classic.js': 'window.version = 2' });
  assert.deepEqual([ack.how, ack.why], ['defer', 'the console shows errors']);
  assert.equal(await version(page), 1);
});

test('hotReload.test() loads the page anew, as a change would', async t => {
  const server = await desk(t, '<input id="i">');
  const page = await open(t, server.url);
  await server.ready();
  await page.fill('#i', 'typed');
  await page.evaluate(() => { i.blur(); hotReload.test(); });
  const ack = await server.acked(1, 'reload');
  assert.equal(ack.why, 'hotReload.test()');
  await until(() => page.inputValue('#i'), value => value == 'typed');
});
