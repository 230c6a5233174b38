// Leaving a page without losing what its user did: when not to, what is kept, how it comes back.

const { core } = window.hotReload;
// What a user can change, and where it is said what it was before.
const KEPT = {
  value: 'defaultValue',
  checked: 'defaultChecked',
  selected: 'defaultSelected',
  open: 0,
  scrollTop: 0,
  scrollLeft: 0,
};
// What may end a reason to wait, but for changes of the document.
const ENDS = ['focusout', 'pause', 'volumechange', 'submit', 'hotreload:resume'];
let newest, shown;

const observer = new MutationObserver(look);
// What the focus leaves for is known only afterwards.
for (const name of ENDS)
  addEventListener(name, () => setTimeout(() => shown && look()), true);

const all = selector => [...document.querySelectorAll(selector)];

// Markdown and configuration, and whatever else the page has fetched: it may have its own rule.
export function update(plan, files) {
  let verdict;
  for (const file of files) {
    if (/other|html/.test(file.k) && !core.loaded().has(file.u)) continue;
    if (core.tell('hotreload:change', file)) verdict = ['reload', `${file.u} has changed`];
    else verdict ??= ['event', file.u];
  }
  return verdict;
}

export function watchConsole() {
  const { error } = console;
  console.error = (...all) => {
    core.errors++;
    error(...all);
  };
}

const reasonToWait = () =>
  core.paused
    ? 'the page asked for it'
    : all('dialog[open],[aria-modal=true]')[0]
      ? 'a dialog is open'
      : core.dirty?.matches(':focus')
        ? 'a field is being edited'
        : all('audio,video').some(({ paused, muted }) => !paused && !muted)
          ? 'media is playing'
          : core.options.holdOnErrors && core.errors && 'the console shows errors';

// A reload that would disturb waits until it does not; it is never forgotten.
export function leave(back) {
  newest = back;
  core.waiting++;
  observer.observe(document, { attributes: true, childList: true, subtree: true });
  return look();
}

function look() {
  const reason = reasonToWait();
  if (!reason) return go();
  // To show it is a change of the document, which is looked at again.
  const what = core.waiting + reason;
  if (shown != what) core.call('overlay', 'chip', core.waiting, reason, go);
  shown = what;
  return ['defer', reason];
}

function go() {
  observer.disconnect();
  shown = '';
  core.tell('vite:beforeFullReload', newest);
  // Where the storage is full, what is kept is lost, and the reload is not.
  for (const kept of [capture(), []]) {
    try {
      sessionStorage.pirn = JSON.stringify({ ...newest, href: location.href, kept });
      break;
    } catch {}
  }
  location.reload();
  return ['reload', newest.why];
}

export function pathOf(node) {
  const { id, parentElement: parent } = node;
  if (id) return `#${CSS.escape(id)}`;
  if (!parent) return ':root';
  return `${pathOf(parent)}>:nth-child(${[...parent.children].indexOf(node) + 1})`;
}

// Backwards: what opens moves what is scrolled.
function capture() {
  const { activeElement: active } = document;
  return all(':not([type=password],[type=file])')
    .reverse()
    .flatMap(node => {
      const set = {};
      for (const name in KEPT) {
        const was = node[KEPT[name]];
        if (KEPT[name] ? was != null && was != node[name] : node[name]) set[name] = node[name];
      }
      const caret = node == active && [node.selectionStart, node.selectionEnd];
      return caret || Object.keys(set)[0] ? [[pathOf(node), set, caret]] : [];
    });
}

// What is not there yet is waited for.
export function restore({ href, why, kept }) {
  console.info(`[pirn] loaded anew: ${why}`);
  if (href != location.href) return;
  const attempt = () => {
    kept = kept.filter(([path, set, caret]) => {
      const node = document.querySelector(path);
      if (!node) return true;
      Object.assign(node, set);
      if (caret) node.focus({ preventScroll: true });
      if (caret?.[0] != null) node.setSelectionRange(...caret);
      // Until then what is scrolled may grow.
      return document.readyState != 'complete';
    });
  };
  const observer = new MutationObserver(attempt);
  observer.observe(document, { childList: true, subtree: true });
  attempt();
  addEventListener('load', () => {
    attempt();
    setTimeout(() => observer.disconnect(), 1000);
  });
}
