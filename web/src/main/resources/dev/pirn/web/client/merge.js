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
  const part = files.find(({ u }) => loaded.has(u));
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
    const { reload } = merge(base, next, document);
    if (reload) return ['reload', reload];
  } catch (error) {
    return ['reload', `it could not be merged: ${error}`];
  }
  base = next;
  tag.digest = digest;
  return ['html', location.pathname];
}

// How alike two nodes must be to be the same one: wholly, but for what is in it, or in name.
const attributesOf = ({ attributes = [] }) => [...attributes].map(({ name, value }) => `${name}=${value}`);
const KEYS = [
  node => node.nodeName + (node.outerHTML ?? node.data),
  node => [node.nodeName, ...attributesOf(node)].join(),
  node => `${node.nodeName}#${node.id}`,
];
const SEPARATORS = { class: ' ', style: ';' };
const kidsOf = node => [...(node.content ?? node).childNodes];

// Which of `b` is which of `a`, in order.
function match(a, b, pairs = new Map(), level = 0) {
  const key = KEYS[level];
  const equal = (x, y) => (level ? key(x) == key(y) : x.isEqualNode(y));
  let end = Math.min(a.length, b.length);
  const take = (x, y) => pairs.set(x, y) && end--;
  let start = 0;
  while (end > 0 && equal(a[start], b[start])) take(a[start], b[start++]);
  let tail = 0;
  while (end > 0 && equal(a.at(-1 - tail), b.at(-1 - tail))) take(a.at(-1 - tail), b.at(-1 - tail++));
  if (end < 1) return pairs;
  a = a.slice(start, a.length - tail);
  b = b.slice(start, b.length - tail);
  let gap = [0, 0];
  const between = (i, j) => {
    if (KEYS[level + 1]) match(a.slice(gap[0], i), b.slice(gap[1], j), pairs, level + 1);
    gap = [i + 1, j + 1];
  };
  for (const [i, j] of common(a.map(key), b.map(key))) {
    between(i, j);
    pairs.set(a[i], b[j]);
  }
  between(a.length, b.length);
  return pairs;
}

// The longest common subsequence; where that would take long, one that is common.
function common(a, b) {
  const found = [];
  const [n, m] = [a.length, b.length];
  if (n * m > 1e6) {
    let from = 0;
    a.forEach((key, i) => {
      const j = b.indexOf(key, from);
      if (j >= 0) found.push([i, (from = j + 1) - 1]);
    });
    return found;
  }
  const lengths = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
  for (let i = n; i--; )
    for (let j = m; j--; )
      lengths[i][j] =
        a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  for (let i = 0, j = 0; i < n && j < m; )
    if (a[i] == b[j]) found.push([i++, j++]);
    else if (lengths[i + 1][j] < lengths[i][j + 1]) j++;
    else i++;
  return found;
}

// What is executed only by loading the page: a module that stays is `hot`'s.
const scriptsOf = document =>
  [...document.scripts]
    .map(script =>
      script.type == 'module' && script.src
        ? script.getAttribute('src')
        : script.outerHTML.replace(/ nonce="[^"]*"/, ''))
    .join('\n');

/** Does to `live` what differs between `base` and `next`; says why not where it cannot. */
export function merge(base, next, live) {
  if (scriptsOf(base) != scriptsOf(next)) return { reload: 'its scripts have changed' };
  let done = 0;
  const gone = [];
  const moves = [];

  const both = (b, n, l) => {
    if (b.isEqualNode(n) && !b.querySelector?.('template')) return;
    if (b.data != null && b.data != n.data) {
      l.data = n.data;
      done++;
    }
    if (b.attributes) attributes(b, n, l);
    if (b.localName != 'noscript') kids(b, n, l);
  };

  const attributes = (b, n, l) => {
    for (const { name } of [...b.attributes, ...n.attributes]) {
      const separator = SEPARATORS[name];
      const [was, is, has] = [b, n, l].map(node => node.getAttribute(name));
      if (was == is || name == 'nonce') continue;
      done++;
      if (separator) {
        const [old, now, all] = [was, is, has].map(
          text => (text ?? '').split(separator).map(part => part.trim()).filter(Boolean));
        const kept = all.filter(part => !old.includes(part) || now.includes(part));
        const added = now.filter(part => !old.includes(part));
        l.setAttribute(name, [...new Set([...kept, ...added])].join(separator));
      } else if (is == null) l.removeAttribute(name);
      else l.setAttribute(name, is);
    }
  };

  const kids = (b, n, l) => {
    const [olds, news, lives] = [b, n, l].map(kidsOf);
    const toNext = match(olds, news);
    const toLive = match(olds, lives);
    const inLive = new Map();
    for (const [old, now] of toNext) inLive.set(now, toLive.get(old));
    for (const old of olds) if (!toNext.has(old)) gone.push([old, toLive.get(old)]);
    let last;
    const parent = l.content ?? l;
    for (const [i, now] of news.entries()) {
      let here = inLive.get(now);
      if (!inLive.has(now)) {
        const after = news.slice(i).map(it => inLive.get(it)).find(Boolean);
        parent.insertBefore((here = build(now)), last ? last.nextSibling : after ?? null);
        done++;
        for (const move of moves.splice(0)) move();
      }
      last = here ?? last;
    }
    for (const [old, now] of toNext) if (toLive.has(old)) both(old, now, toLive.get(old));
  };

  // Something new; what has an id and was elsewhere in the page is moved, with all its state.
  const build = node => {
    const copy = live.importNode(node, false);
    const { id } = node;
    const [old, here] = [base, live].map(document => id && document.getElementById(id));
    if (old && here && next.getElementById(id) == node) {
      moves.push(() => {
        const parent = copy.parentNode;
        if (parent.moveBefore) parent.moveBefore(here, copy);
        else parent.insertBefore(here, copy);
        copy.remove();
        both(old, node, here);
      });
    } else (copy.content ?? copy).append(...kidsOf(node).map(build));
    return copy;
  };

  both(base.documentElement, next.documentElement, live.documentElement);
  for (const [old, here] of gone) {
    if (old.id && next.getElementById(old.id)) continue;
    done += !!here;
    here?.remove();
  }
  return { done };
}
