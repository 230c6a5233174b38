// What is shown over the page: what is wrong, what waits, and badges. All of it is in a closed
// shadow root with a constructed stylesheet, so that no policy forbids it and no style reaches it.

const { core } = window.hotReload;
const host = document.createElement('pirn-overlay');
const root = host.attachShadow({ mode: 'closed' });
const sheet = new CSSStyleSheet();
const groups = new Map();

sheet.replaceSync(`
:host { all: initial; position: fixed; inset: auto 8px 8px; z-index: 2147483647; font: 13px sans-serif }
div { background: #222; color: #eee; padding: 8px; margin: 4px; border-radius: 6px; overflow: auto; max-height: 80vh }
div:empty { display: none }
pre { color: #fa8; white-space: pre-wrap }
.ok { background: #070 }
.failed { background: #a00 }`);
root.adoptedStyleSheets = [sheet];
const [panel, chipBox, tests, sync] = ['', '', '', ''].map(() => add(root, 'div'));

function add(parent, name, text = '') {
  const node = document.createElement(name);
  node.textContent = text;
  parent.append(node);
  return node;
}

// Outside of an open modal dialog nothing can be clicked.
function place() {
  (document.querySelector('dialog:modal') ?? document.documentElement).append(host);
}

export function show(group, items) {
  groups.delete(group);
  if (items[0]) groups.set(group, items);
  core.shown = groups.size;
  panel.textContent = '';
  for (const { title, text } of [...groups.values()].flat()) {
    add(panel, 'b', title);
    add(panel, 'pre', text);
  }
  place();
}

export function chip(count, reason, go) {
  chipBox.textContent = `${count} update${count > 1 ? 's' : ''} waiting: ${reason} `;
  add(chipBox, 'button', 'Reload now').onclick = go;
  place();
}

export function badge(name, state, text) {
  const box = name == 'tests' ? tests : sync;
  box.className = state;
  box.textContent = `${name}: ${text}`;
  place();
}

addEventListener('keydown', ({ key }) => {
  if (key == 'Escape') panel.textContent = '';
});
