// Several devices in step: what the user does on one is done on the others that show this page.

import { pathOf } from './state.js';

const { core } = window.hotReload;
const SECRET =
  '[type=password],[type=file],[autocomplete*=cc- i],[autocomplete*=one-time i],' +
  '[autocomplete*=-password i],[data-hot-nosync],[data-hot-nosync] *';
// A click on these is told by what it changes.
const FIELDS = 'label,select,textarea,input:not([type=submit],[type=button],[type=image])';
const SIDES = { scrollTop: 'Height', scrollLeft: 'Width' };
const played = new WeakMap();

const roomOf = (node, side) => node['scroll' + side] - node['client' + side];

// How far it is scrolled, in parts of how far it could be.
const placeOf = node =>
  Object.entries(SIDES).map(([name, side]) => node[name] / (roomOf(node, side) || 1));

function tell(node, what) {
  if (!node.matches(SECRET)) core.send({ t: 'sync', e: { path: pathOf(node), ...what } });
}

// What scripts do, and so what `play` does, is not told again.
const on = (name, then) =>
  addEventListener(name, ({ isTrusted, target }) => isTrusted && then(target), true);

export function play({ path, click, value, checked, place, to }) {
  const node = document.querySelector(path);
  if (!node || node.matches(SECRET)) return;
  if (click) node.click();
  if (value != null) {
    Object.assign(node, { value, checked });
    for (const name of ['input', 'change']) node.dispatchEvent(new Event(name, { bubbles: true }));
  }
  place?.forEach((part, i) => {
    const [name, side] = Object.entries(SIDES)[i];
    node[name] = part * roomOf(node, side);
  });
  played.set(node, `${placeOf(node)}`);
  if (URL.parse(to)?.origin == location.origin) location.assign(to);
}

on('click', node => node.closest(FIELDS) || tell(node, { click: 1 }));
on('input', node => tell(node, { value: node.value, checked: node.checked }));
on('scroll', target => {
  const node = target.scrollingElement ?? target;
  const place = placeOf(node);
  if (`${place}` != played.get(node)) tell(node, { place });
});
window.navigation?.addEventListener('navigate', ({ navigationType, destination }) => {
  if (navigationType == 'traverse') tell(document.documentElement, { to: destination.url });
});
core.call('overlay', 'badge', 'sync', '', 'on');
