// Several devices in step: what the user does on one is done on the others that show this page.

import { pathOf } from './state.js';

const { core } = window.hotReload;
const SECRET = `[type=password],[type=file],[data-hot-nosync],[data-hot-nosync] *,${[
  'cc-',
  'one-time-code',
  'current-password',
  'new-password',
].map(word => `[autocomplete*=${word} i]`)}`;
// A click on these is told by what it changes.
const FIELDS = 'label,select,textarea,input:not([type=submit],[type=button],[type=image],[type=reset])';
const scrolled = new WeakMap();
let started;

const part = node => ['scrollTop', 'scrollLeft'].map((name, i) => {
  const room = i ? node.scrollWidth - node.clientWidth : node.scrollHeight - node.clientHeight;
  return room && node[name] / room;
});

function tell(node, what) {
  if (!node.matches(SECRET)) core.send({ t: 'sync', e: { path: pathOf(node), ...what } });
}

export function start() {
  if (started) return;
  started = true;
  const on = (name, listener) =>
    addEventListener(name, event => event.isTrusted && listener(event.target), true);
  on('click', node => node.closest(FIELDS) || tell(node, { click: 1 }));
  on('input', node => tell(node, { value: node.value, checked: node.checked }));
  on('scroll', target => {
    const node = target.scrollingElement ?? target;
    const at = part(node);
    // What another device has scrolled is not told again.
    if (`${at}` != scrolled.get(node)) tell(node, { at });
  });
  window.navigation?.addEventListener('navigate', ({ navigationType, destination }) => {
    if (navigationType == 'traverse') tell(document.documentElement, { to: destination.url });
  });
  core.load('overlay').then(overlay => overlay.badge('sync', '', 'on'));
}

export function play({ path, click, value, checked, at, to }) {
  const node = document.querySelector(path);
  if (!node || node.matches(SECRET)) return;
  if (click) node.click();
  if (value != null) {
    Object.assign(node, { value, checked });
    for (const name of ['input', 'change']) node.dispatchEvent(new Event(name, { bubbles: true }));
  }
  if (at) {
    const [y, x] = at;
    node.scrollTo({
      top: y * (node.scrollHeight - node.clientHeight),
      left: x * (node.scrollWidth - node.clientWidth),
      behavior: 'instant',
    });
    scrolled.set(node, `${part(node)}`);
  }
  if (URL.parse(to)?.origin == location.origin) location.assign(to);
}
