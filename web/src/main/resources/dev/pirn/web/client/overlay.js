// What is shown over the page: what is wrong, what waits, and badges. All of it is in a closed
// shadow root with a constructed stylesheet, so that no policy forbids it and no style reaches it.

const { core } = window.hotReload;
const host = document.createElement('pirn-overlay');
const root = host.attachShadow({ mode: 'closed' });
const sheet = new CSSStyleSheet();
const groups = new Map();
const boxes = {};

sheet.replaceSync(
  ':host{all:initial;position:fixed;bottom:0;left:0;z-index:2147483647;font:13px monospace}' +
  'div{background:#222;color:#fff;padding:8px;white-space:pre-wrap;max-height:80vh;overflow:auto}' +
  'div:empty{display:none}.failed{background:#a00}.ok{background:#060}');
root.adoptedStyleSheets = [sheet];

function put(name, text, state = '') {
  const box = (boxes[name] ??= root.appendChild(document.createElement('div')));
  box.textContent = text;
  box.className = state;
  // Outside of an open modal dialog nothing can be clicked.
  (document.querySelector('dialog:modal') ?? document.documentElement).append(host);
  return box;
}

// What is wrong, by what it is about; none of a group is shown any more when it has no items.
export function show(group, items) {
  groups.set(group, items);
  const texts = [...groups.values()].flat().map(({ text }) => text);
  core.shown = texts.length;
  put('problems', texts.join('\n\n'), 'failed');
}

export function chip(count, reason, go) {
  const box = put('chip', `${count} update${count > 1 ? 's' : ''} waiting: ${reason} `);
  const button = box.appendChild(document.createElement('button'));
  button.textContent = 'Reload now';
  button.onclick = go;
}

export const badge = (name, state, text) => put(name, `${name}: ${text}`, state);

addEventListener('keydown', ({ key }) => key == 'Escape' && put('problems', ''));
