// HTML merged into the page. There are three versions: what was served, what is served now, and
// what the page is. Only what differs between the first two is done to the third, so what the
// page's scripts and its user made of it is not touched.

const core = window.hotReload?.core;
let base;

// XMLHttpRequest parses HTML where trusted types are required, which DOMParser does not.
const get = (url, ...header) =>
  new Promise(done => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    if (header[0]) request.setRequestHeader(...header);
    request.onloadend = () => done(request);
    request.send();
  });

// To be called early: the server forgets what it served.
export async function remember() {
  const { status, response } = await get(`${core.base}@hotreload/served?digest=${core.tag.digest}`);
  if (status == 200) base ??= response;
}

export async function update(plan, files) {
  const { tag } = core;
  const loaded = core.loaded();
  // A page that is not of the tree may be made of any HTML.
  const page = files.some(({ u, op }) => u == (tag.page ?? u) && op != 'del');
  const part = files.find(({ u }) => u != tag.page && u != location.pathname && loaded.has(u));
  if (part) return ['reload', `${part.u} has changed`];
  if (!page) return;
  const { status, response: next } = await get(location.href, 'X-Pirn-Hot', 'document');
  if (!next || status > 499) return ['failed', `the server answers ${status} for the page`];
  const now = next.querySelector('script[data-epoch]');
  const { digest } = now?.dataset ?? {};
  if (digest && digest == tag.digest) return;
  if (!base) return ['reload', 'what was served is not known any more'];
  now?.remove();
  try {
    const why = merge(base, next, document);
    if (why) return ['reload', why];
  } catch (error) {
    return ['reload', `it could not be merged: ${error}`];
  }
  base = next;
  tag.digest = digest;
  return ['html', location.pathname];
}

// How two nodes may be the same one: wholly, but for what is in them, or in name.
const SAME = [
  (a, b) => a.isEqualNode(b),
  (a, b) => a.nodeName + a.id + a.className == b.nodeName + b.id + b.className,
  (a, b) => a.nodeName + a.id == b.nodeName + b.id,
];
const SEPARATORS = { class: ' ', style: ';' };
const kidsOf = node => [...(node.content ?? node).childNodes];

// Which of `b` is which of `a`; between those that are the same, less is asked for.
function match(a, b, level = 0, pairs = new Map()) {
  let [i, j] = [0, 0];
  for (const [x, y] of [...common(a, b, SAME[level]), [a.length, b.length]]) {
    if (level < 2 && i < x && j < y) match(a.slice(i, x), b.slice(j, y), level + 1, pairs);
    if (a[x]) pairs.set(a[x], b[y]);
    [i, j] = [x + 1, y + 1];
  }
  return pairs;
}

// The longest common subsequence (Myers): the fewer the differences, the sooner; after a hundred,
// as far as that went.
function common(a, b, same) {
  let [way, most] = [null, 0];
  const reached = { 1: [0, null] };
  for (let d = 0, end; d < 100 && !end; d++) {
    for (let k = -d; k <= d && !end; k += 2) {
      const down = k == -d || (k < d && reached[k - 1][0] < reached[k + 1][0]);
      let [x, path] = reached[down ? k + 1 : k - 1];
      if (!down) x++;
      for (; x < a.length && x - k < b.length && same(a[x], b[x - k]); x++) path = [x, x - k, path];
      reached[k] = [x, path];
      if (x + x - k >= most) [way, most] = [path, x + x - k];
      end = x >= a.length && x - k >= b.length;
    }
  }
  const found = [];
  for (; way; way = way[2]) found.push(way);
  return found.reverse();
}

// What is executed only by loading the page; a module that stays is `hot`'s.
const scriptsOf = ({ scripts }) =>
  [...scripts]
    .map(script =>
      (script.type == 'module' && script.getAttribute('src')) ||
        script.outerHTML.replace(/ nonce="[^"]*"/, ''))
    .join();

// Does to `live` what differs between `base` and `next`; says why not where it cannot.
export function merge(base, next, live) {
  if (scriptsOf(base) != scriptsOf(next)) return 'its scripts have changed';
  // Nodes that are equal may have templates whose contents are not.
  const deep = base.querySelector('template');
  const gone = [];
  const moves = [];

  const both = (b, n, l) => {
    if (!l || (!deep && b.isEqualNode(n))) return;
    if (b.data != n.data) l.data = n.data;
    for (const name of new Set([b, n].flatMap(node => node.getAttributeNames?.() ?? []))) {
      const [was, is, has] = [b, n, l].map(node => node.getAttribute(name));
      const separator = SEPARATORS[name];
      if (was == is || name == 'nonce') continue;
      if (is == null) l.removeAttribute(name);
      else if (!separator || !has) l.setAttribute(name, is);
      else {
        const [old, now, all] = [was, is, has].map(
          text => (text ?? '').split(separator).map(part => part.trim()));
        const kept = all.filter(part => !old.includes(part));
        l.setAttribute(name, [...now, ...kept].join(separator));
      }
    }
    if (b.localName == 'noscript') return;

    const [olds, news, lives] = [b, n, l].map(kidsOf);
    const toNext = match(olds, news);
    const toLive = match(olds, lives);
    const toOld = new Map([...toNext].map(([old, now]) => [now, old]));
    for (const old of olds) if (!toNext.has(old)) gone.push([old, toLive.get(old)]);
    let last;
    news.forEach((now, i) => {
      const placed = it => toLive.get(toOld.get(it));
      if (!toOld.has(now)) {
        const after = last ? last.nextSibling : news.slice(i).map(placed).find(Boolean);
        last = (l.content ?? l).insertBefore(build(now), after ?? null);
        for (const [copy, here, old, node] of moves.splice(0)) {
          const parent = copy.parentNode;
          // Moved so, a frame stays loaded and a film goes on.
          if (parent.moveBefore) parent.moveBefore(here, copy);
          else parent.insertBefore(here, copy);
          copy.remove();
          if (last == copy) last = here;
          both(old, node, here);
        }
      } else last = placed(now) ?? last;
    });
    for (const [old, now] of toNext) both(old, now, toLive.get(old));
  };

  // Something new; what has an id and was elsewhere in the page is moved, with all its state.
  const build = node => {
    const copy = live.importNode(node);
    const [old, here] = [base, live].map(document => document.getElementById(node.id));
    if (old && here && next.getElementById(node.id) == node) moves.push([copy, here, old, node]);
    else if (node.nodeType == 1) (copy.content ?? copy).append(...kidsOf(node).map(build));
    return copy;
  };

  both(base.documentElement, next.documentElement, live.documentElement);
  for (const [{ id }, here] of gone) if (!id || !next.getElementById(id)) here?.remove();
}
