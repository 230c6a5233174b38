// Modules exchanged in a running page: import.meta.hot as Vite has it.

const core = window.hotReload?.core;
// By path: what the module that is in force has said. Its data outlives it.
const modules = {};
const listeners = new WeakMap();
// The last plan says who imports whom, for a module that invalidates itself.
let last;

const pathOf = (url, from) => new URL(url, from).pathname;

export function hot(url) {
  const path = pathOf(url);
  const data = modules[path]?.data ?? {};
  const ending = new AbortController();
  const { accepts, dispose, prune } = (modules[path] = {
    data,
    accepts: [],
    dispose: [() => ending.abort()],
    prune: [],
  });
  const accept = (deps, then) => {
    if (Array.isArray(deps)) accepts.push([deps.map(dep => pathOf(dep, url)), then]);
    else if (typeof deps == 'string') accept([deps], ([it]) => then?.(it));
    else accept([url], ([it]) => deps?.(it));
  };
  return {
    data,
    accept,
    dispose: then => dispose.push(then),
    prune: then => prune.push(then),
    invalidate(message = 'it cannot take the change') {
      core.tell('vite:invalidate', { path, message });
      core.take({ ...last, files: [{ u: path, k: 'js' }], invalidated: message });
    },
    on(name, then) {
      const { signal } = ending;
      listeners.set(then, ({ detail }) => then(detail));
      addEventListener(name, listeners.get(then), { signal });
    },
    off: (name, then) => removeEventListener(name, listeners.get(then)),
    send: (event, data) => core.post({ t: 'event', event, data }),
  };
}

export async function update(plan, files) {
  const { importers, versions, fresh, invalidated } = (last = plan);
  const { seq, page = location.pathname } = core.tag;
  const loaded = core.loaded();
  const scripts = [...document.scripts].map(({ src }) => src && pathOf(src));
  const old = new Set(); // what will be executed anew, or is gone
  const boundaries = new Set(); // what is imported anew for it
  const calls = new Set(); // who has to be told
  const gone = files.filter(({ op }) => op == 'del').map(({ u }) => u);
  let why;

  // Upwards from what changed: every way must end at somebody who accepts it.
  const walk = (path, way) => {
    if (old.has(path) || !loaded.has(path)) return;
    old.add(path);
    const accepted = by => {
      const all = modules[by]?.accepts.filter(([deps]) => deps.includes(path)) ?? [];
      if (all[0]) boundaries.add(path);
      all.forEach(calls.add, calls);
      return all[0];
    };
    if (!(invalidated && way == path) && accepted(path)) return;
    const above = (importers[path] ?? []).filter(by => loaded.has(by) || by == page);
    if (scripts.includes(path) || above.includes(page) || !(above[0] || gone.includes(path)))
      why ??= `${way} ← ${page}: ${invalidated ?? 'nobody accepts it'}`;
    for (const by of above) accepted(by) || walk(by, `${way} ← ${by}`);
  };
  for (const { u } of files) walk(u, u);
  if (fresh && old.size) why = 'modules have changed, and so has the server';
  if (!core.own) why = `${files[0].u} has changed`;
  if (why) return ['reload', why];
  if (!old.size) return;

  core.tell('vite:beforeUpdate', plan);
  const before = { ...modules };
  const end = (name, path) =>
    modules[path]?.[name].splice(0).forEach(then => then(modules[path].data));
  [...old].reverse().forEach(path => end('dispose', path));
  gone.forEach(path => end('prune', path));
  let verdict = ['hot', [...boundaries].join()];
  const now = {};
  await Promise.all(
    [...boundaries].map(async path => {
      const version = versions[path];
      const problems = [];
      try {
        now[path] = await import(version > seq ? `${path}?hot=${seq}.${version}` : path);
      } catch (error) {
        console.error(error);
        // The old one goes on, and accepts what mends it.
        modules[path] = before[path];
        verdict = ['failed', `${path}: ${error}`];
        problems.push({ text: `${path} failed; the page goes on with what it had\n${error.stack}` });
      }
      core.show(path, problems);
    }));
  for (const [deps, then] of calls)
    if (deps.some(dep => now[dep])) then(deps.map(dep => now[dep]));
  core.tell('vite:afterUpdate', plan);
  return verdict;
}
