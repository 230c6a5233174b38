// Stylesheets, images and fonts, exchanged in place.

const { core } = window.hotReload;
// What of an attribute or of a rule may be an address.
const PARTS = /[^\s,]+/g;
const CSS_PARTS = /(?<=url\(")[^"]+/g;
// Images and fonts that have changed since the page was loaded, and when: a stylesheet that is
// loaded anew would show them as they were.
const changed = new Map();

const addressOf = (href, from) => URL.parse(href, from ?? document.baseURI);

// In a page of ours an address is that of a file if the paths are equal; in a page of somebody
// else's server, where they cannot be, if the names are. One file too many does no harm.
const nameOf = path => (core.own ? path : path?.replace(/.*\//, ''));
const isOf = (url, u) => nameOf(url?.pathname) == nameOf(u);

function stamp(url, seq) {
  const query = url.search.replace(/[?&]t=\d+$/, '');
  url.search = `${query && query + '&'}t=${seq}`;
  return url.href;
}

// The document and every open shadow root in it.
const roots = (root = document) => [
  root,
  ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? roots(shadowRoot) : [])),
];

const rulesOf = sheet => {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // of somebody else's server, or not there
  }
};

export async function update({ importers = {}, seq }, files) {
  let verdict;
  const loaded = core.loaded();
  const sheets = files.filter(({ k, u }) => k == 'css' || !changed.set(u, seq));
  const touched = new Set(sheets.map(({ u }) => u));
  // A set walks through what is added on the way: the importers' importers.
  for (const u of touched) importers[u]?.forEach(by => touched.add(by));
  const inUse = sheets.length ? nodesOf(touched) : [];
  for (const { u } of sheets) {
    const linked = inUse.some(({ href }) => href && isOf(addressOf(href), u));
    const imported = inUse[0] && (!linked || importers[u]?.some(by => by.endsWith('.css')));
    if (!imported && (linked || !loaded.has(u))) continue;
    // The cache must not answer for what is imported: its address stays what it was.
    const answer = await fetch(u, { cache: 'reload' }).catch(() => {});
    if (imported || !answer) continue;
    // A stylesheet that modules import is one object for all who adopted it.
    const { default: sheet } = await import(u, { with: { type: 'css' } });
    sheet.replaceSync(answer.ok ? await answer.text() : '');
    verdict = ['css', u];
  }
  const gone = sheets.some(({ op }) => op == 'del');
  await Promise.all(inUse.map(node => exchange(node, seq, gone)));
  for (const [u, t] of changed) if (repaint(u, t)) verdict ??= t == seq && ['img', u];
  return inUse[0] ? ['css', sheets.map(({ u }) => u).join()] : verdict;
}

// The elements that show a stylesheet, or one that imports it.
const nodesOf = touched =>
  roots().flatMap(root =>
    [...root.querySelectorAll('link[rel~=stylesheet]:not([disabled]),style')].filter(node =>
      (node.href ? [node] : rulesOf(node.sheet)).some(({ href }) =>
        [...touched].some(u => href && isOf(addressOf(href), u)))));

// The old one stays in force until the new one is: no flash. A stylesheet that cannot be fetched
// does not take the old one away, unless its file has gone.
const exchange = (old, seq, gone) =>
  new Promise(done => {
    const fresh = old.cloneNode(true);
    if (old.href) fresh.href = stamp(new URL(old.href), seq);
    const end = ({ type }) => {
      (type == 'error' && !gone ? fresh : old).remove();
      done();
    };
    fresh.onload = fresh.onerror = end;
    // A page that takes the new one out again leaves it without an event.
    setTimeout(end, 5000, fresh);
    old.after(fresh);
  });

// Whether anything in the page shows this image or font; if so, by a new address.
function repaint(u, seq) {
  let found;
  const renew = (text, parts, write, from) => {
    const now = text?.replace(parts, part => {
      const url = addressOf(part, from);
      return isOf(url, u) ? (found = stamp(url, seq)) : part;
    });
    if (now != text) write(now);
  };
  const walk = sheet =>
    rulesOf(sheet).forEach(({ styleSheet, cssText }, i) => {
      const write = text => {
        sheet.deleteRule(i);
        sheet.insertRule(text, i);
      };
      if (styleSheet) walk(styleSheet);
      else renew(cssText, CSS_PARTS, write, sheet.href);
    });
  for (const root of roots()) {
    [...root.styleSheets, ...root.adoptedStyleSheets].forEach(walk);
    for (const node of root.querySelectorAll('[src],[srcset],[poster],[style],image,use,[rel~=icon]')) {
      for (const name of ['src', 'srcset', 'poster', 'href', 'xlink:href'])
        renew(node.getAttribute(name), PARTS, text => node.setAttribute(name, text));
      renew(node.style?.cssText, CSS_PARTS, text => (node.style.cssText = text));
    }
  }
  return found;
}
