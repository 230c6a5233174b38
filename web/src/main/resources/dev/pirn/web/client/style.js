// Stylesheets, images and fonts, exchanged in place.

const { core } = window.hotReload;
const CSS_URL = /url\("([^"]+)"\)/g;
// Images and fonts that have changed since the page was loaded: a stylesheet that is loaded anew
// would show them as they were.
const repainted = new Map();

const absolute = (href, from = document.baseURI) => URL.parse(href, from)?.href ?? '';

// The document and every open shadow root in it.
const roots = (root = document) => [
  root,
  ...[...root.querySelectorAll('*')].flatMap(node => (node.shadowRoot ? roots(node.shadowRoot) : [])),
];

const rules = sheet => {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // of somebody else's server, or not loaded
  }
};

// Those of [address, …] that are the file: in a page of ours by the same path, in a page of
// somebody else's server those with the most equal segments at the end.
function pick(list, u) {
  const likeness = list.map(([href]) => {
    const path = URL.parse(href)?.pathname ?? '';
    if (core.own) return +(href.startsWith(core.base) && path == u);
    const parts = path.split('/').reverse();
    const unequal = u.split('/').reverse().findIndex((part, i) => part != parts[i]);
    return unequal < 0 ? Infinity : unequal;
  });
  const best = Math.max(1, ...likeness);
  return list.filter((_, i) => likeness[i] == best);
}

function stamp(href, seq) {
  const url = new URL(href);
  const query = url.search.slice(1).replace(/(^|&)t=\d+$/, '');
  url.search = `${query && query + '&'}t=${seq}`;
  return url.href;
}

export async function update(plan, files) {
  let verdict;
  for (const { k, u } of files) {
    if (k == 'css') continue;
    repainted.set(u, plan.seq);
    if (repaint(u)) verdict = ['img', u];
  }
  const sheets = files.filter(({ k }) => k == 'css');
  if (sheets[0] && (await restyle(plan, sheets))) verdict = ['css', sheets.map(({ u }) => u).join()];
  return verdict;
}

async function restyle({ importers = {}, seq }, files) {
  const touched = new Set(files.map(({ u }) => u));
  // A set walks through what is added on the way: the importers' importers.
  for (const u of touched) for (const by of importers[u] ?? []) touched.add(by);
  // The cache must not answer for a child: its address stays what it was.
  const children = files.filter(({ u }) => importers[u]);
  await Promise.all(children.map(({ u }) => fetch(u, { cache: 'reload' }).catch(() => {})));
  const nodes = roots().flatMap(root =>
    [...root.querySelectorAll('link[rel~=stylesheet]:not([disabled]),style')].flatMap(node =>
      node.href
        ? [[node.href, node]]
        : rules(node.sheet).flatMap(({ styleSheet, href }) => (styleSheet ? [[absolute(href), node]] : []))));
  const old = new Set([...touched].flatMap(u => pick(nodes, u).map(([, node]) => node)));
  const gone = files.some(({ op }) => op == 'del');
  const adopted = await Promise.all(files.map(adopt));
  await Promise.all([...old].map(node => exchange(node, seq, gone)));
  for (const u of repainted.keys()) repaint(u);
  return old.size || adopted.some(Boolean);
}

// The old one stays in force until the new one is: no flash. A stylesheet that cannot be fetched
// does not take the old one away, unless its file has gone.
const exchange = (old, seq, gone) =>
  new Promise(done => {
    const fresh = old.cloneNode(true);
    if (old.href) fresh.href = stamp(old.href, seq);
    const end = ({ type }) => {
      (type == 'error' && !gone ? fresh : old).remove();
      done();
    };
    fresh.onload = fresh.onerror = end;
    // A page that takes the new one out again leaves it without an event.
    setTimeout(end, 5000, fresh);
    old.after(fresh);
  });

// A stylesheet that a module has imported is one object for all who adopted it.
async function adopt({ u, op }) {
  const entry = performance
    .getEntriesByType('resource')
    .find(({ name, initiatorType }) => initiatorType != 'link' && initiatorType != 'css' && initiatorType != 'fetch' && URL.parse(name).pathname == u);
  if (!entry || op == 'del') return;
  const { default: sheet } = await import(entry.name, { with: { type: 'css' } });
  sheet.replaceSync(await (await fetch(u, { cache: 'reload' })).text());
  return true;
}

// Whether anything in the page shows this image or font; if so, by a new address.
function repaint(u) {
  const spots = [];
  const seek = (pattern, from, read, write) => {
    for (const [all, part = all] of read()?.matchAll(pattern) ?? [])
      spots.push([absolute(part, from), href => write(read().replace(part, href))]);
  };
  const walk = sheet =>
    rules(sheet).forEach((rule, i) => {
      if (rule.styleSheet) return walk(rule.styleSheet);
      const read = () => sheet.cssRules[i].cssText;
      seek(CSS_URL, sheet.href ?? undefined, read, text => {
        sheet.deleteRule(i);
        sheet.insertRule(text, i);
      });
    });
  for (const root of roots()) {
    [...root.styleSheets, ...root.adoptedStyleSheets].forEach(walk);
    for (const node of root.querySelectorAll('[src],[srcset],[poster],[style],image,use,link[rel~=icon]')) {
      for (const name of ['src', 'srcset', 'poster', 'href', 'xlink:href'])
        seek(name == 'srcset' ? /[^\s,]+/g : /.+/g, undefined,
          () => node.getAttribute(name), text => node.setAttribute(name, text));
      const { style } = node;
      seek(CSS_URL, undefined, () => style?.cssText, text => (style.cssText = text));
    }
  }
  const found = pick(spots, u);
  for (const [href, write] of found) {
    const to = stamp(href, repainted.get(u));
    if (to != href) write(to);
  }
  return found[0];
}
