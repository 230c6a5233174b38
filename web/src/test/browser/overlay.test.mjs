import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { open, overlayText, until } from './page.mjs';

const HTML = '<!doctype html><html><head></head><body><p>text</p></body></html>';
const STRICT = { 'Content-Security-Policy': "default-src 'self'; require-trusted-types-for 'script'" };

test('problems are shown until they are mended, as text, under the strictest policy', async t => {
  const desk = await Desk.open(t, { '/index.html': HTML });
  desk.pageHeaders = STRICT;
  const page = await open(t, desk.url);
  await desk.ready();
  await page.evaluate(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', event => window.violations.push(event.violatedDirective));
  });
  const [connection] = desk.live();
  const item = (n, text) => ({ code: `PIRN-W00${n}`, title: `problem ${n}`, text: `problem ${n}\n${text}` });
  connection.send({ t: 'problems', items: [item(1, '<img src=x onerror=alert(1)>'), item(2, 'two\nlines')] });
  const shown = await until(() => overlayText(page), text => text.includes('problem 2'));
  assert.match(shown, /problem 1.*<img src=x onerror=alert\(1\)>.*problem 2.*two\nlines/s);
  connection.send({ t: 'problems', items: [item(2, 'two')] });
  await until(() => overlayText(page), text => !text.includes('problem 1'));
  assert.match(await overlayText(page), /problem 2/);
  connection.send({ t: 'problems', items: [] });
  await until(() => overlayText(page), text => !text.includes('problem'));
  connection.send({ t: 'problems', items: [item(3, 'three')] });
  await until(() => overlayText(page), text => text.includes('problem 3'));
  await page.keyboard.press('Escape');
  assert.doesNotMatch(await overlayText(page), /problem/);
  assert.equal(await page.evaluate(() => document.querySelector('pirn-overlay').shadowRoot), null);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(page.errors, []);
});

test('nothing is shown, and nothing loaded, where nothing is wrong', async t => {
  const desk = await Desk.open(t, { '/index.html': HTML });
  const page = await open(t, desk.url);
  await desk.ready();
  desk.live()[0].send({ t: 'problems', items: [] });
  await desk.changed({ '/nobody.css': '' });
  assert.equal(await page.locator('pirn-overlay').count(), 0);
  assert.ok(!desk.requests.includes('/@hotreload/overlay.js'));
});

test('the tests have a badge', async t => {
  const desk = await Desk.open(t, { '/index.html': HTML });
  const page = await open(t, desk.url);
  await desk.ready();
  for (const [state, text] of [['running', '…'], ['failed', '1 of 7 failed'], ['ok', '7 passed']]) {
    desk.live()[0].send({ t: 'tests', state, text, seq: 1 });
    assert.equal(await until(() => overlayText(page).then(all => all.trim()), all => all.includes(text)), `tests: ${text}`);
  }
});

test('the overlay survives a merge of the page', async t => {
  const desk = await Desk.open(t, { '/index.html': HTML });
  const page = await open(t, desk.url);
  await desk.ready();
  await page.waitForLoadState('networkidle');
  desk.live()[0].send({ t: 'problems', items: [{ code: 'PIRN-W001', title: 'wrong', text: 'wrong' }] });
  await until(() => overlayText(page), text => text.includes('wrong'));
  assert.equal((await desk.changed({ '/index.html': HTML.replace('text', 'other') })).how, 'html');
  assert.equal(await page.textContent('p'), 'other');
  assert.match(await overlayText(page), /wrong/);
});
