// Leaving a page without losing what its user did: when not to, what is kept, how it comes back.

const { core } = window.hotReload;
// What a user can change of a field, and what it was in the HTML.
const CHANGEABLE = { value: 'defaultValue', checked: 'defaultChecked', selected: 'defaultSelected' };
let newest, timer;

// Markdown and configuration: the page may have a rule of its own.
export function update(plan, files) {
  let verdict;
  for (const file of files) {
    if (file.k == 'other' && !core.loaded().has(file.u)) continue;
    if (core.tell('hotreload:change', file)) verdict = ['reload', `${file.u} has changed`];
    else verdict ??= ['event', file.u];
  }
  return verdict;
}

export function watchConsole() {
  const { error } = console;
  if (core.watched) return;
  core.watched = true;
  console.error = (...all) => {
    core.errors++;
    error.apply(console, all);
  };
}

function held() {
  const any = selector => document.querySelector(selector);
  const playing = media => !media.paused && !media.muted;
  if (core.paused) return 'the page asked for it';
  if (any('dialog[open],[aria-modal=true]')) return 'a dialog is open';
  if (core.dirty?.matches(':focus')) return 'a field is being edited';
  if ([...document.querySelectorAll('audio,video')].some(playing)) return 'media is playing';
  if (core.options.holdOnErrors && core.errors) return 'the console shows errors';
}

// A reload that would disturb waits until it does not; it is never forgotten.
export function leave(back) {
  newest = back;
  const reason = held();
  if (!reason) return go();
  core.waiting = (core.waiting ?? 0) + 1;
  timer ??= setInterval(look, 100);
  look();
  return ['defer', reason];
}

async function look() {
  const reason = held();
  if (!reason) return go();
  (await core.load('overlay')).chip(core.waiting, reason, go);
}

function go() {
  clearInterval(timer);
  timer = null;
  core.tell('vite:beforeFullReload', newest);
  const kept = { ...newest, href: location.href, kept: capture() };
  // Where the storage is full, what is kept is lost, and the reload is not.
  for (const back of [kept, newest]) {
    try {
      sessionStorage.pirn = JSON.stringify(back);
      break;
    } catch {}
  }
  location.reload();
  return ['reload', newest.why];
}

export const pathOf = node => {
  const id = node.getAttribute('id');
  const { parentElement: parent, localName: name } = node;
  if (id) return `#${CSS.escape(id)}`;
  if (!parent) return ':root';
  const same = [...parent.children].filter(({ localName }) => localName == name);
  return `${pathOf(parent)}>${name}:nth-of-type(${same.indexOf(node) + 1})`;
};

// What differs from the HTML, as properties to be set again.
export function changes(node) {
  const all = {};
  if (!/^(password|file)$/.test(node.type)) {
    for (const name in CHANGEABLE) {
      const before = node[CHANGEABLE[name]];
      if (before != null && node[name] != before) all[name] = node[name];
    }
  }
  if (node.localName == 'details') all.open = node.open;
  for (const name of ['scrollTop', 'scrollLeft']) if (node[name]) all[name] = node[name];
  return all;
}

function capture() {
  // Backwards: what opens moves what is scrolled.
  const all = [...document.querySelectorAll('*')]
    .reverse()
    .map(node => [node, changes(node)])
    .filter(([, set]) => Object.keys(set)[0])
    .map(([node, set]) => [pathOf(node), set]);
  const { activeElement: active } = document;
  if (active) all.push([pathOf(active), {}, [active.selectionStart, active.selectionEnd]]);
  return all;
}

// What is not there yet is waited for, until the user does something.
export function restore({ href, why, kept = [] }) {
  console.info(`[pirn] loaded anew: ${why}`);
  if (href != location.href) return;
  const attempt = () => {
    kept = kept.filter(([path, set, caret]) => {
      const node = document.querySelector(path);
      if (!node) return true;
      Object.assign(node, set);
      if (caret) {
        node.focus({ preventScroll: true });
        if (caret[0] != null) node.setSelectionRange?.(...caret);
      }
      return Object.keys(set).some(name => Math.abs(node[name] - set[name]) > 1);
    });
  };
  const observer = new MutationObserver(attempt);
  const stop = () => {
    kept = [];
    observer.disconnect();
  };
  attempt();
  observer.observe(document, { childList: true, subtree: true });
  addEventListener('load', attempt);
  for (const name of ['keydown', 'pointerdown', 'wheel']) addEventListener(name, stop, true);
}
