// The client of Pirn's live reload: it stands first in <head>, keeps one socket to the server, and
// makes the page what the server's tree is, with the least that will do. How that is done is in
// the files beside this one, which are loaded when they are first needed.
'use strict';
(() => {
  if (window.hotReload) return;

  const script = document.currentScript;
  const tag = script.dataset;
  const base = new URL('..', script.src).href;
  // A page of somebody else's server has only the script: its addresses are not those of the tree.
  const own = 'epoch' in tag;
  // What can be done about a file, in this order, and where it is written.
  const STEPS = { style: 'css img font', hot: 'js', merge: 'html', state: 'md data other' };
  const FROM_WEAK_TO_STRONG = 'none img css event hot html failed reload';

  let { key, epoch } = tag;
  let since = own ? +tag.seq : null;
  let socket, id, peer, trusted, renewed, retry, deadline;
  let attempts = 0;
  let chain = Promise.resolve();
  const posted = [];
  const parts = {};
  const have = {};
  const asked = new Set();
  if (tag.digest && tag.page) have[tag.page] = tag.digest;

  const on = addEventListener;
  const now = () => performance.timeOrigin + performance.now();
  // Browsers do not ask again for a module that they could not fetch once, as while a server is
  // restarted; under another address they do.
  const load = (name, again = '') =>
    (parts[name + again] ??= import(`${base}@hotreload/${name}.js${again}`).catch(
      () => new Promise(done => setTimeout(() => done(load(name, again + '?')), 500))));
  const call = async (name, what, ...all) => (await load(name))[what](...all);
  const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  const send = message => {
    if (socket?.readyState == 1) socket.send(JSON.stringify(message));
  };

  // ---- The connection: one socket, for ever. That it fails never reloads anything.

  function connect() {
    const mine = (socket = new WebSocket(`ws${base.slice(4)}ws/hotreload`, 'pirn.1'));
    mine.onopen = () => {
      renewed = false;
      hello();
    };
    mine.onmessage = ({ data }) => {
      if (mine != socket) return;
      clearTimeout(deadline);
      const message = JSON.parse(data);
      receive[message.t]?.(message);
    };
    mine.onclose = () => {
      if (mine != socket) return;
      close();
      const wait = Math.min(5000, 100 * 2 ** attempts++) * (0.5 + Math.random() / 2);
      if (!document.hidden) retry = setTimeout(connect, wait);
    };
  }

  function close() {
    const old = socket;
    socket = trusted = null;
    clearTimeout(retry);
    clearTimeout(deadline);
    old?.close();
  }

  function reconnect() {
    close();
    attempts = 0;
    connect();
  }

  // A socket may be dead without knowing it, after sleep or a change of network.
  function wake() {
    if (document.hidden) return;
    if (socket?.readyState != 1) return reconnect();
    send({ t: 'ping' });
    clearTimeout(deadline);
    deadline = setTimeout(reconnect, 2000);
  }

  const hello = () =>
    send({ t: 'hi', key, epoch, since, have, page: tag.page ?? location.pathname });

  const receive = {
    async hi({ seq, options, ...server }) {
      attempts = 0;
      ({ id, epoch: peer, trusted } = server);
      if (since == null) [since, epoch] = [seq, peer];
      asked.clear();
      post();
      inventory();
      if (options.holdOnErrors && !core.options.holdOnErrors) call('state', 'watchConsole');
      if (options.sync) load('sync');
      core.options = options;
      if (trusted || renewed) return;
      renewed = true;
      const answer = await fetch(`${base}@hotreload/token`).catch(() => 0);
      if (!answer.ok) return;
      key = await answer.text();
      hello();
    },
    // Until it has taken a plan of another process, a page counts by the old one, so that a
    // connection lost in between loses nothing.
    plan(plan) {
      since = plan.seq;
      epoch = peer;
      // Numbers of another process say nothing of the addresses that modules have here.
      plan.fresh ||= own && epoch != tag.epoch;
      take(plan);
    },
    have: ({ files }) => Object.assign(have, files),
    problems: ({ items }) => core.show('problems', items),
    tests: ({ state, text }) => call('overlay', 'badge', 'tests', state, text),
    sync: ({ e }) => call('sync', 'play', e),
    event: ({ event, data }) => tell(event, data),
  };

  // ---- What the page has loaded, and the digests that prove it.

  // What is in a frame follows by itself.
  const loaded = () =>
    new Set(performance
      .getEntriesByType('resource')
      .flatMap(({ name, initiatorType: by }) =>
        name.startsWith(base) && by != 'iframe' ? new URL(name).pathname : []));

  function inventory() {
    // A message has 64 KB; what is beyond the first 300 is not made up for in another process.
    const urls = [...loaded()]
      .filter(u => !asked.has(u) && !u.includes('@hotreload'))
      .slice(0, 300 - asked.size);
    if (!trusted || !urls[0]) return;
    urls.forEach(asked.add, asked);
    send({ t: 'have', urls });
  }

  // ---- A plan.

  // One after the other, in the order in which they came.
  function take(plan) {
    const at = now();
    chain = chain.then(() => apply(plan, at));
  }

  async function apply(plan, at) {
    const { seq, reload, files = [] } = plan;
    let verdict = ['none', 'nothing of it is in this page'];
    const rank = ([how]) => FROM_WEAK_TO_STRONG.indexOf(how);
    const note = next => {
      if (next && rank(next) > rank(verdict)) verdict = next;
    };
    tell('hotreload:before', plan);
    if (reload) note(['reload', reload]);
    try {
      for (const name in STEPS) {
        const mine = files.filter(({ k }) => STEPS[name].includes(k));
        if (mine[0] && verdict[0] != 'reload') note(await call(name, 'update', plan, mine));
      }
      for (const { u, d } of files) if (u in have) have[u] = d;
      if (verdict[0] == 'reload') verdict = await leave(seq, at, verdict[1]);
    } catch (error) {
      console.error(error);
      verdict = ['failed', `${error}`];
    }
    const [how, why] = verdict;
    tell('hotreload:after', { plan, how, why });
    if (how != 'reload') ack(seq, at, how, why);
  }

  // Time is measured until the frame in which it is seen.
  function ack(seq, at, how, why) {
    const seen = () =>
      post({ t: 'ack', seq, how, ms: now() - at, why, url: location.pathname });
    if (document.hidden) seen();
    else requestAnimationFrame(seen);
  }

  // What must not be lost waits until the page is heard.
  function post(...messages) {
    posted.push(...messages);
    while (trusted && posted[0]) send(posted.shift());
  }

  // ---- A reload: later, if it would disturb; told to the server by the next page.

  const leave = (seq, at, why) =>
    call('state', 'leave', { seq, epoch, at, why });

  function comeBack() {
    try {
      const back = JSON.parse(sessionStorage.pirn);
      delete sessionStorage.pirn;
      // Whoever serves an old page for a new one (a service worker) must not make a loop.
      if (back.epoch == epoch) since = Math.max(since, back.seq);
      call('state', 'restore', back);
      ack(back.seq, back.at, 'reload', back.why);
    } catch {
      // There is nothing to come back to, or no storage.
    }
  }

  const fault = ({ message }) => {
    if (!/^ResizeObserver/.test(message)) core.errors++;
  };

  // What the files beside this one need.
  const core = {
    tag,
    base,
    // Whether the page's addresses are those of the tree; an upstream's are its own.
    own: 'page' in tag,
    errors: 0,
    waiting: 0,
    options: {},
    call,
    tell,
    send,
    post,
    loaded,
    take,
    show: (group, items) =>
      (items[0] || core.shown) && call('overlay', 'show', group, items),
  };

  window.hotReload = {
    core,
    reconnect,
    status: () => ({
      connected: socket?.readyState == 1,
      attempts,
      id,
      seq: since,
      paused: !!core.paused,
      waiting: core.waiting,
    }),
    test: () => leave(since, now(), 'hotReload.test()'),
    pause: () => (core.paused = true),
    resume: () => tell('hotreload:resume', (core.paused = false)),
  };

  performance.setResourceTimingBufferSize(10_000);
  new PerformanceObserver(inventory).observe({ type: 'resource' });
  on('error', fault);
  on('unhandledrejection', fault);
  on('input', event => event.isTrusted && (core.dirty = event.composedPath()[0]), true);
  on('submit', () => (core.dirty = null), true);
  on('online', wake);
  on('visibilitychange', wake);
  on('pageshow', ({ persisted }) => persisted && reconnect());
  on('pagehide', close);
  on('load', () => setTimeout(() => {
    load('style');
    if (tag.digest) call('merge', 'remember');
  }));
  comeBack();
  connect();
})();
