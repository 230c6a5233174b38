import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk } from './desk.mjs';
import { open, until } from './page.mjs';

// ---- The merge alone: three documents.

const CASES = {
  'text that differs': ['<p>a</p>', '<p>b</p>', '<p>a</p>', '<p>b</p>'],
  'attributes that differ, and no others': [
    '<p title="1" lang="en">a</p>', '<p title="2" dir="ltr">a</p>', '<p title="1" lang="en" data-live="x">a</p>',
    '<p title="2" data-live="x" dir="ltr">a</p>',
  ],
  'classes one by one': [
    '<p class="a b">x</p>', '<p class="a c">x</p>', '<p class="a b live">x</p>', '<p class="live a c">x</p>',
  ],
  'declarations one by one': [
    '<p style="color: red; margin: 0">x</p>', '<p style="color: blue; margin: 0">x</p>',
    '<p style="color: red; margin: 0; width: 5px">x</p>', '<p style=" width: 5px;color: blue; margin: 0">x</p>',
  ],
  'elements added in front, in between and at the end': [
    '<i>1</i><i>2</i>', '<b>0</b><i>1</i><b>1.5</b><i>2</i><b>3</b>', '<i>1</i><i>2</i>',
    '<b>0</b><i>1</i><b>1.5</b><i>2</i><b>3</b>',
  ],
  'an element added behind the known ones, before what scripts appended': [
    '<i>1</i>', '<i>1</i><b>2</b>', '<i>1</i><u>portal</u>', '<i>1</i><b>2</b><u>portal</u>',
  ],
  'elements removed, but not those of scripts': [
    '<i>1</i><b>2</b><i>3</i>', '<i>1</i><i>3</i>', '<u>live</u><i>1</i><b>2</b><u>live</u><i>3</i>',
    '<u>live</u><i>1</i><u>live</u><i>3</i>',
  ],
  'what a script has removed stays away': ['<i>1</i><b>2</b>', '<i>9</i><b>3</b>', '<i>1</i>', '<i>9</i>'],
  'what a script has rendered into a container': [
    '<h1>a</h1><div id="app"></div>', '<h1>b</h1><div id="app"></div>', '<h1>a</h1><div id="app"><ul><li>1</ul></div>',
    '<h1>b</h1><div id="app"><ul><li>1</li></ul></div>',
  ],
  'one of several alike': [
    '<li>1</li><li>2</li><li>3</li>', '<li>1</li><li>two</li><li>3</li>',
    '<li>1</li><li>2</li><li>live</li><li>3</li>', '<li>1</li><li>two</li><li>live</li><li>3</li>',
  ],
  'a container among the portals of scripts': [
    '<div class="app">a</div>', '<div class="app">b</div>', '<div>portal</div><div class="app">a</div><div>portal</div>',
    '<div>portal</div><div class="app">b</div><div>portal</div>',
  ],
  'a template that has changed, of which scripts have made copies': [
    '<template><p>a</p></template>', '<template><p>b</p><p>c</p></template>', '<template><p>a</p></template>',
    { reload: 'a script or a template has changed' },
  ],
  'comments': ['<!--a--><p>x</p>', '<!--b--><p>x</p>', '<!--a--><p>x</p>', '<!--b--><p>x</p>'],
  'an id that moves to another parent': [
    '<div><p id="m">x</p></div><section></section>', '<div></div><section><p id="m">y</p></section>',
    '<div><p id="m" data-live="1">x</p></div><section></section>',
    '<div></div><section><p id="m" data-live="1">y</p></section>',
  ],
  'an id that gets a wrapper': [
    '<p id="m">x</p><i>1</i>', '<div><p id="m">x</p></div><i>1</i>', '<p id="m" data-live="1">x</p><i>1</i>',
    '<div><p id="m" data-live="1">x</p></div><i>1</i>',
  ],
  'ids that change places': [
    '<p id="a">a</p><p id="b">b</p>', '<p id="b">b</p><p id="a">a</p>',
    '<p id="a" data-live="1">a</p><p id="b" data-live="2">b</p>',
    '<p id="b" data-live="2">b</p><p id="a" data-live="1">a</p>',
  ],
  'a module that stays, and a nonce that is another each time': [
    '<script type="module" src="/m.js" nonce="1"></script><p>a</p>',
    '<script type="module" src="/m.js" nonce="2"></script><p>b</p>',
    '<script type="module" src="/m.js" nonce=""></script><p>a</p>',
    '<script type="module" src="/m.js" nonce=""></script><p>b</p>',
  ],
  'a script that was added': ['<p>a</p>', '<p>a</p><script>1</script>', '<p>a</p>', { reload: 'a script or a template has changed' }],
  'a script that has changed': [
    '<script>1</script>', '<script>2</script>', '<script>1</script>', { reload: 'a script or a template has changed' },
  ],
  'data in a script that has changed': [
    '<script type="application/json">1</script>', '<script type="application/json">2</script>',
    '<script type="application/json">1</script>', { reload: 'a script or a template has changed' },
  ],
  'a module of another address': [
    '<script type="module" src="/a.js"></script>', '<script type="module" src="/b.js"></script>',
    '<script type="module" src="/a.js"></script>', { reload: 'a script or a template has changed' },
  ],
};

const mergeInPage = (page, texts) =>
  page.evaluate(async texts => {
    const { merge } = await import('/@hotreload/merge.js');
    const [base, next, live] = texts.map(text =>
      new DOMParser().parseFromString(`<!doctype html><html><head></head><body>${text}</body></html>`, 'text/html'));
    const begin = performance.now();
    const reload = merge(base, next, live);
    return { reload, ms: performance.now() - begin, body: live.body.innerHTML };
  }, texts);

test('three versions of a document', async t => {
  const desk = await Desk.open(t, { '/index.html': '<!doctype html>' });
  const page = await open(t, desk.url);
  for (const [name, [base, next, live, expected]] of Object.entries(CASES)) {
    await t.test(name, async () => {
      const { reload, body } = await mergeInPage(page, [base, next, live]);
      assert.deepEqual([reload, body], expected.reload ? [expected.reload, live] : [undefined, expected]);
    });
  }
  await t.test('what does not differ is not touched', async () => {
    const { body } = await mergeInPage(page, ['<p>a</p>', '<p>a</p>', '<p>z</p><u>live</u>']);
    assert.equal(body, '<p>z</p><u>live</u>');
  });
  await t.test('random documents become the next one where nobody touched them', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      let state = seed;
      const random = n => (state = (state * 48271) % 2147483647) % n;
      const tree = depth => Array.from({ length: random(5) }, () => {
        const name = ['p', 'div', 'b', 'i'][random(4)];
        const inside = name == 'p' || !depth ? `${random(4)}` : tree(depth - 1);
        return random(5) ? `<${name}${random(3) ? '' : ` class="c${random(3)}"`}>${inside}</${name}>` : `${random(4)}<!--x-->`;
      }).join('');
      const [base, next] = [tree(3), tree(3)];
      const { body } = await mergeInPage(page, [base, next, base]);
      // Text that meets text is one text when it is parsed.
      assert.equal(body, next, `seed ${seed}: ${base}`);
    }
  });
  await t.test('ten thousand nodes within 50 ms, ten thousand alike of which half are others in bounded time', async () => {
    const rows = (n, text) => Array.from({ length: n }, (_, i) => `<div class="r"><b>${i}</b><i>${text(i)}</i></div>`).join('');
    const base = rows(2000, i => i);
    const next = base.replace('<i>1000</i>', '<i>changed</i>').replace('<b>3</b>', '<b>three</b>');
    const live = base.replace('<i>7</i>', '<i class="live">7</i>');
    const all = [];
    for (let i = 0; i < 5; i++) all.push((await mergeInPage(page, [base, next, live])).ms);
    all.sort((a, b) => a - b);
    t.diagnostic(`10,000 nodes: ${all.map(Math.round)} ms`);
    assert.ok(all[2] < 50, `${all} ms`);
    const worst = await mergeInPage(page, [base, rows(2000, i => i * 7 + (i % 2)), live]);
    assert.ok(worst.ms < 2000, `${worst.ms} ms`);
    assert.ok(worst.body.includes('<i>13994</i>'));
  });
});

// ---- The page.

const PAGE = `<!doctype html><html><head><title>t</title></head><body>
  <h1>one</h1>
  <input id="named"><input class="nameless"><textarea></textarea><input type="checkbox" id="box">
  <select><option>a<option>b</select>
  <details><summary>more</summary>text</details>
  <dialog>dialog</dialog>
  <div id="scroller" style="height:40px;overflow:auto"><div style="height:800px">tall</div></div>
  <div id="app"></div><button id="button">0</button>
  <div style="height:4000px"></div>
  <script type="module" src="/app.js"></script></body></html>`;
const APP = `
  document.querySelector('#app').innerHTML = '<ul><li>rendered</ul>';
  document.body.className = 'themed';
  document.body.append(Object.assign(document.createElement('div'), { id: 'portal' }));
  document.querySelector('#button').onclick = ({ target }) => target.textContent++;`;

test('HTML is merged: 13 kinds of state of 13 are kept', async t => {
  const desk = await Desk.open(t, { '/index.html': PAGE, '/app.js': APP });
  const page = await open(t, desk.url);
  await desk.ready();
  await until(() => desk.requests.some(url => url.startsWith('/@hotreload/served?digest=')));
  await page.waitForLoadState('networkidle');
  await page.fill('.nameless', 'nameless');
  await page.fill('textarea', 'area');
  await page.check('#box');
  await page.selectOption('select', 'b');
  await page.click('summary');
  await page.click('#button');
  await page.fill('#named', 'typed');
  await page.evaluate(() => {
    window.mark = 1;
    document.querySelector('dialog').show();
    document.querySelector('#scroller').scrollTop = 123;
    const named = document.querySelector('#named');
    named.focus();
    named.setSelectionRange(2, 4);
    scrollTo(0, 555);
  });
  // What is seen stays where it is, whatever is added above it.
  const seen = () => page.evaluate(() => document.querySelector('#app').getBoundingClientRect().top);
  const before = await seen();

  const ack = await desk.changed({ '/index.html': PAGE.replace('<h1>one</h1>', '<h1 class="new">two</h1><p>new</p>') });

  assert.deepEqual([ack.how, ack.why], ['html', '/']);
  assert.equal(page.loads, 1);
  assert.deepEqual(await page.evaluate(() => [document.querySelector('h1.new').textContent, window.mark]), ['two', 1]);
  assert.equal(await seen(), before);
  const kept = await page.evaluate(() => {
    const $ = selector => document.querySelector(selector);
    $('#button').click();
    return {
      'the value of a focused field': $('#named').value == 'typed' && document.activeElement == $('#named'),
      'the value of a field without an id': $('.nameless').value == 'nameless',
      'a text area': $('textarea').value == 'area',
      'a checkbox': $('#box').checked,
      'a selection': $('select').value == 'b',
      'open details': $('details').open,
      'an open dialog': $('dialog').open,
      'an inner scroller': $('#scroller').scrollTop == 123,
      'what scripts rendered': $('#app').innerHTML == '<ul><li>rendered</li></ul>',
      'a class of scripts': document.body.className == 'themed',
      'a portal': !!$('#portal'),
      'a listener and what it did': $('#button').textContent == '2',
      'the caret': `${[$('#named').selectionStart, $('#named').selectionEnd]}` == '2,4',
    };
  });
  for (const [kind, is] of Object.entries(kept)) assert.ok(is, kind);
  assert.equal(Object.keys(kept).length, 13);

  // What was served now is what the next difference is to.
  await desk.changed({ '/index.html': PAGE.replace('<h1>one</h1>', '<h1>three</h1>') });
  assert.equal(await page.textContent('h1'), 'three');
  assert.equal(await page.locator('p').count(), 0);
  assert.equal(await page.inputValue('#named'), 'typed');
  assert.equal(page.loads, 1);
});

test('stylesheets come and go with the head, scripts are a reload, other pages are nothing', async t => {
  const page0 = '<!doctype html><html><head><title>a</title></head><body>text</body></html>';
  const desk = await Desk.open(t, {
    '/index.html': page0, '/a.css': 'body{background:green}', '/other.html': page0, '/part.html': '<p>part</p>',
  });
  const page = await open(t, desk.url);
  await desk.ready();
  await page.waitForLoadState('networkidle');
  const linked = page0.replace('</head>', '<link rel="stylesheet" href="/a.css"></head>');
  assert.equal((await desk.changed({ '/index.html': linked })).how, 'html');
  await until(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor), is => is == 'rgb(0, 128, 0)');
  assert.equal((await desk.changed({ '/index.html': page0.replace('>a<', '>b<') })).how, 'html');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgba(0, 0, 0, 0)');
  assert.equal(await page.title(), 'b');
  assert.equal((await desk.changed({ '/other.html': linked })).how, 'none');
  assert.equal((await desk.changed({ '/index.html': null })).how, 'none');
  desk.files['/index.html'] = page0;
  assert.equal(page.loads, 1);
  const ack = await desk.changed({ '/index.html': page0.replace('text', '<script>window.ran = 1</script>') });
  assert.deepEqual([ack.how, ack.why], ['reload', 'a script or a template has changed']);
  assert.equal(await page.evaluate(() => window.ran), 1);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => fetch('/part.html').then(answer => answer.text()));
  const part = await desk.changed({ '/part.html': '<p>other</p>' });
  assert.deepEqual([part.how, part.why], ['reload', '/part.html has changed']);
});

test('a page without <head>, and one with a strict policy and trusted types, are merged', async t => {
  const desk = await Desk.open(t, { '/index.html': '<!doctype html><p>one' });
  desk.pageHeaders = {
    'Content-Security-Policy': "default-src 'self'; require-trusted-types-for 'script'",
  };
  const page = await open(t, desk.url);
  await desk.ready();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => (window.violations = 0, addEventListener('securitypolicyviolation', () => window.violations++)));
  const ack = await desk.changed({ '/index.html': '<!doctype html><p>two<p>three' });
  assert.equal(ack.how, 'html', ack.why);
  assert.deepEqual(await page.locator('p').allTextContents(), ['two', 'three']);
  assert.equal(await page.evaluate(() => window.violations), 0);
});

test('where what was served is not known, the page is loaded anew, and where the server fails it stays', async t => {
  const desk = await Desk.open(t, { '/index.html': '<!doctype html><p>one' });
  desk.answer = (request, response, reply) =>
    request.url.startsWith('/@hotreload/served') && (reply(404, 'text/plain', ''), true);
  const page = await open(t, desk.url);
  await desk.ready();
  await page.waitForLoadState('networkidle');
  const ack = await desk.changed({ '/index.html': '<!doctype html><p>two' });
  assert.deepEqual([ack.how, ack.why], ['reload', 'what was served is not known any more']);
  desk.answer = (request, response, reply) =>
    request.headers['x-pirn-hot'] == 'document' && (reply(503, 'text/html', 'away'), true);
  const failed = await desk.changed({ '/index.html': '<!doctype html><p>three' });
  assert.deepEqual([failed.how, failed.why], ['failed', 'the server answers 503 for the page']);
  assert.equal(await page.textContent('p'), 'two');
});

test('what is in a frame follows by itself', async t => {
  const desk = await Desk.open(t, {
    '/index.html': '<!doctype html><p>outer</p><iframe src="/inner.html"></iframe>',
    '/inner.html': '<!doctype html><p>one</p>',
  });
  const page = await open(t, desk.url);
  await desk.ready(2);
  await page.waitForLoadState('networkidle');
  desk.change({ '/inner.html': '<!doctype html><p>two</p>' });
  await until(() => desk.heard('ack').map(({ how }) => how).sort().join(), all => all == 'html,none');
  assert.equal(await page.frames()[1].textContent('p'), 'two');
  assert.equal(page.loads, 1);
});
