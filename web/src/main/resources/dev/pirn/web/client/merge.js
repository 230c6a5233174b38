// HTML merged into the page. There are three versions: what was served, what is served now, and
// what the page is. Only what differs between the first two is done to the third, so what the
// page's scripts and its user made of it is not touched.

const core = window.hotReload?.core;
let base;

// XMLHttpRequest parses HTML where trusted types are required, which DOMParser does not.
const get = url =>
  new Promise(done => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.setRequestHeader('X-Pirn-Hot', 'document');
    request.onloadend = () => done(request);
    request.send();
  });

// To be called early, for the server forgets what it served.
export async function remember() {
  base ??= (await get(`${core.base}@hotreload/served?digest=${core.tag.digest}`)).response;
}

export async function update(plan, files) {
  const { tag } = core;
  // A page that is not of the tree may be made of any HTML.
  const page = files.some(({ u, op }) => u == (tag.page ?? u) && op != 'del');
  const parts = files.filter(({ u }) => u != tag.page);
  const verdict = await core.call('state', 'update', plan, parts);
  if (!page || verdict?.[0] == 'reload') return verdict;
  const { status, response: next } = await get(location.href);
  if (!next || status > 499) return ['failed', `the server answers ${status} for the page`];
  const ours = next.querySelector('script[data-epoch]');
  const digest = ours?.dataset.digest;
  if (digest && digest == tag.digest) return;
  ours?.remove();
  await remember();
  const why = base ? merge(base, next, document) : 'what was served is not known any more';
  if (why) return ['reload', why];
  base = next;
  tag.digest = digest;
  return ['html', location.pathname];
}

// How two nodes may be the same one: wholly, but for what is in them, or in name.
const SAME = [
  (a, b) => a.isEqualNode(b),
  (a, b) => a.className == b.className && SAME[2](a, b),
  (a, b) => a.nodeName == b.nodeName && a.id == b.id,
];
// What is a list may have been lengthened by scripts.
const SEPARATORS = { class: ' ', style: ';' };

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
  let way, most = -1;
  const reached = { 1: [0] };
  for (let d = 0; d < 100 && most < a.length + b.length; d++) {
    for (let k = -d; k <= d; k += 2) {
      const down = k == -d || (k < d && reached[k - 1][0] < reached[k + 1][0]);
      let [x, path] = reached[down ? k + 1 : k - 1];
      if (!down) x++;
      for (; x < a.length && x - k < b.length && same(a[x], b[x - k]); x++) path = [x, x - k, path];
      reached[k] = [x, path];
      if (x + x - k > most) [way, most] = [path, x + x - k];
    }
  }
  const found = [];
  for (; way; way = way[2]) found.unshift(way);
  return found;
}

// What takes effect only when the page is loaded; each answer may have a nonce of its own.
const fixedOf = document =>
  [...document.querySelectorAll('script,template,noscript')]
    .map(({ outerHTML }) => outerHTML.replace(/ nonce="[^"]*"/, ''))
    .join();

// Does to `live` what differs between `base` and `next`; says why not where it cannot.
export function merge(base, next, live) {
  if (fixedOf(base) != fixedOf(next)) return 'a script or a template has changed';
  const gone = [];
  const moves = [];

  const both = (b, n, l) => {
    if (!l || b.isEqualNode(n)) return;
    if (b.data != n.data) l.data = n.data;
    for (const name of new Set([b, n].flatMap(node => node.getAttributeNames?.() ?? []))) {
      const [was, is, has] = [b, n, l].map(node => node.getAttribute(name));
      const by = SEPARATORS[name];
      if (was == is || name == 'nonce') continue;
      const old = was?.split(by) ?? [];
      const added = by && has ? has.split(by).filter(part => !old.includes(part)) : [];
      const value = [...added, is ?? ''].join(by) || is;
      if (value == null) l.removeAttribute(name);
      else l.setAttribute(name, value);
    }

    const [olds, news, lives] = [b, n, l].map(({ childNodes }) => [...childNodes]);
    const toOld = match(news, olds);
    const toLive = match(olds, lives);
    const liveOf = now => toLive.get(toOld.get(now));
    for (const old of new Set(olds).difference(new Set(toOld.values()))) gone.push([old, toLive.get(old)]);
    let last;
    for (const now of news) {
      const old = toOld.get(now);
      if (old) both(old, now, liveOf(now));
      else {
        const after = last ? last.nextSibling : news.map(liveOf).find(Boolean);
        last = l.insertBefore(build(now), after ?? null);
        for (const [copy, here, ...ways] of moves.splice(0)) {
          const parent = copy.parentNode;
          // Moved so, a frame stays loaded and a film goes on.
          (parent.moveBefore ?? parent.insertBefore).call(parent, here, copy);
          copy.remove();
          if (last == copy) last = here;
          both(...ways, here);
        }
      }
      last = liveOf(now) ?? last;
    }
  };

  // Something new; what has an id and was elsewhere in the page is moved, with all its state.
  const build = node => {
    const copy = live.importNode(node);
    const [old, here] = [base, live].map(document => document.getElementById(node.id));
    if (old && here && next.getElementById(node.id) == node) moves.push([copy, here, old, node]);
    else copy.append?.(...[...node.childNodes].map(build));
    return copy;
  };

  both(base.documentElement, next.documentElement, live.documentElement);
  for (const [{ id }, here] of gone) if (!id || !next.getElementById(id)) here?.remove();
}
