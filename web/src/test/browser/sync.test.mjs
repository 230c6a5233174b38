import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { open, openIn, overlayText, until } from './page.mjs';

const HTML = `<!doctype html><html><head></head><body>
  <button id="b">0</button><input id="i"><input type="checkbox" id="c"><label for="c" id="l">label</label>
  <select id="s"><option>a<option>b</select><textarea></textarea>
  <input type="password" id="p"><input autocomplete="cc-number" id="cc"><input autocomplete="one-time-code" id="otp">
  <input autocomplete="section-a new-password" id="np"><input autocomplete="Current-Password" id="cp">
  <div data-hot-nosync><input id="n"></div>
  <a id="a" href="/other.html">other</a>
  <div id="inner" style="height:50px;overflow:auto"><div style="height:1050px"></div></div>
  <div id="tall" style="height:5000px"></div>
  <script>
    b.onclick = () => b.textContent++;
    window.heard = [];
    for (const name of ['input', 'change', 'click'])
      addEventListener(name, event => heard.push(event.target.id + ' ' + name + ' ' + event.isTrusted));
  </script></body></html>`;

async function two(t, sync = true) {
  const desk = await Desk.open(t, { '/index.html': HTML, '/other.html': '<!doctype html><title>other</title>' });
  desk.options.sync = sync;
  const first = await open(t, desk.url);
  const second = await openIn(first.context(), desk.url);
  await desk.ready(2);
  if (sync)
    for (const page of [first, second]) await until(() => overlayText(page), text => text.includes('sync: on'));
  return { desk, first, second };
}
const told = desk => desk.heard('sync').map(({ e }) => e);

test('what is typed, chosen and clicked on one device is done on the other, once', async t => {
  const { desk, first, second } = await two(t);
  await first.click('#b');
  await first.locator('#i').pressSequentially('typed');
  await first.click('#l');
  await first.focus('#s');
  await first.keyboard.press('b');
  await first.fill('textarea', 'area');
  const state = page => page.evaluate(() => [b.textContent, i.value, c.checked, s.value, document.querySelector('textarea').value]);
  await until(() => state(second), now => JSON.stringify(now) == JSON.stringify(['1', 'typed', true, 'b', 'area']));
  assert.deepEqual(await state(first), ['1', 'typed', true, 'b', 'area']);
  assert.ok((await second.evaluate(() => heard)).includes('i input false'), 'scripts of the other page hear of it');
  // Nothing comes back: all that was told was told by the first.
  await second.click('#b');
  await until(() => state(first), ([count]) => count == '2');
  assert.equal((await state(second))[0], '2');
  assert.deepEqual(desk.connections[1].heard.filter(({ t }) => t == 'sync').map(({ e }) => e), [{ path: '#b', click: 1 }]);
});

test('what is secret never leaves the page, and is never set from outside', async t => {
  const { desk, first, second } = await two(t);
  for (const id of ['p', 'cc', 'otp', 'np', 'cp', 'n']) await first.locator(`#${id}`).pressSequentially('secret');
  await first.locator('#i').pressSequentially('x');
  await until(() => second.inputValue('#i'), value => value == 'x');
  assert.ok(!JSON.stringify(told(desk)).includes('secret'));
  desk.live()[1].send({ t: 'sync', from: 'c1', e: { path: '#p', value: 'set' } });
  desk.live()[1].send({ t: 'sync', from: 'c1', e: { path: '#b', to: 'javascript:window.bad=1', innerHTML: '<i>bad</i>' } });
  desk.live()[1].send({ t: 'sync', from: 'c1', e: { path: '#i', value: 'last' } });
  await until(() => second.inputValue('#i'), value => value == 'last');
  assert.deepEqual(await second.evaluate(() => [p.value, window.bad, b.children.length]), ['', undefined, 0]);
});

test('pages and what is in them are scrolled in proportion, without an echo', async t => {
  const { desk, first, second } = await two(t);
  await second.setViewportSize({ width: 500, height: 300 });
  await first.evaluate(() => { scrollTo(0, 2000); inner.scrollTop = 500; });
  const room = page => page.evaluate(() => scrollY / (document.documentElement.scrollHeight - innerHeight));
  const wanted = await room(first);
  await until(() => room(second), is => Math.abs(is - wanted) < 0.01);
  await until(() => second.evaluate(() => inner.scrollTop), is => is == 500);
  // The second scrolls by itself after that, and only that is told by it.
  await second.evaluate(() => { inner.scrollTop = 100; });
  await until(() => first.evaluate(() => inner.scrollTop), is => is == 100);
  const echoes = desk.connections[1].heard.filter(({ t }) => t == 'sync').map(({ e }) => e.path);
  assert.deepEqual([...new Set(echoes)], ['#inner']);
});

test('they follow a link together, and back', async t => {
  const { first, second } = await two(t);
  await first.click('#a');
  for (const page of [first, second]) await page.waitForURL('**/other.html');
  for (const page of [first, second]) await until(() => overlayText(page), text => text.includes('sync: on'));
  await first.goBack();
  await second.waitForURL(url => url.pathname == '/');
});

test('nothing is told where it was not asked for', async t => {
  const { desk, first, second } = await two(t, false);
  await first.click('#b');
  await first.locator('#i').pressSequentially('typed');
  await desk.changed({ '/nobody.css': '' });
  assert.deepEqual(told(desk), []);
  assert.equal(await second.inputValue('#i'), '');
  assert.equal(await first.locator('pirn-overlay').count(), 0);
});
