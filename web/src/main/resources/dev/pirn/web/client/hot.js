// Modules exchanged in a running page: import.meta.hot as Vite has it.

const core = window.hotReload?.core;
// By path: what the module that is in force has said. Its data outlives it.
const modules = new Map();
// The last plan says who imports whom, for a module that invalidates itself.
let last = {};

const pathOf = (url, from) => new URL(url, from).pathname;

export function hot(url) {
  const path = pathOf(url);
  const ending = new AbortController();
  const { signal } = ending;
  const data = modules.get(path)?.data ?? {};
  const module = { data, accepts: [], dispose: [() => ending.abort()], prune: [] };
  const listeners = new Map();
  const accept = (deps, then) =>
    Array.isArray(deps)
      ? module.accepts.push({ deps: deps.map(dep => pathOf(dep, url)), then })
      : typeof deps == 'string'
        ? accept([deps], ([it]) => then?.(it))
        : accept([url], ([it]) => deps?.(it));
  modules.set(path, module);
  return {
    data,
    accept,
    acceptExports: (_, then) => accept(then),
    dispose: then => module.dispose.push(then),
    prune: then => module.prune.push(then),
    decline() {},
    invalidate(message = 'it cannot take the change') {
      core.tell('vite:invalidate', { path, message });
      core.take({ ...last, files: [{ u: path, k: 'js' }], invalidated: message });
    },
    on(name, then) {
      listeners.set(then, ({ detail }) => then(detail));
      addEventListener(name, listeners.get(then), { signal });
    },
    off: (name, then) => removeEventListener(name, listeners.get(then)),
    send: (event, data) => core.post({ t: 'event', event, data }),
  };
}

export async function update(plan, files) {
  const { importers = {}, versions = {}, fresh, invalidated } = plan;
  const { tag, own } = core;
  const loaded = core.loaded();
  const scripts = [...document.scripts].map(({ src }) => src && pathOf(src));
  const old = new Set(); // modules that will be executed anew, or are gone
  const boundaries = new Set(); // those that are imported anew
  const calls = new Set(); // what has been said about them
  let why;
  last = plan;

  // Upwards from what changed: every way must end at somebody who accepts it.
  const walk = (path, way) => {
    if (old.has(path) || !loaded.has(path)) return;
    old.add(path);
    const accepted = by => {
      const found = modules.get(by)?.accepts.filter(({ deps }) => deps.includes(path)) ?? [];
      if (found[0]) boundaries.add(path);
      found.forEach(calls.add, calls);
      return found[0];
    };
    if (!(invalidated && way == path) && accepted(path)) return;
    const above = (importers[path] ?? []).filter(by => loaded.has(by) || by == tag.page);
    if (scripts.includes(path) || above.includes(tag.page) || !(above[0] || gone.has(path)))
      why ??= `${way} ← ${tag.page ?? location.pathname}: ${invalidated ?? 'nobody accepts it'}`;
    for (const by of above) if (!accepted(by)) walk(by, `${way} ← ${by}`);
  };
  const gone = new Set(files.flatMap(({ u, op }) => (op == 'del' ? u : [])));
  for (const { u } of files) {
    if (!own && !why) why = `${u} has changed`;
    walk(u, u);
  }
  if ((fresh || core.foreign()) && old.size)
    why = 'the server is another process, and modules have changed';
  if (why) return ['reload', why];
  if (!old.size) return;

  core.tell('vite:beforeUpdate', plan);
  const before = new Map([...old].map(path => [path, modules.get(path)]));
  const end = (path, name) => {
    const { data, [name]: all = [] } = before.get(path) ?? {};
    for (const then of all.splice(0)) then(data);
  };
  for (const path of [...old].reverse()) end(path, 'dispose');
  for (const path of gone) if (old.has(path)) end(path, 'prune');
  let failed;
  const now = {};
  await Promise.all([...boundaries].map(async path => {
    const version = versions[path] > tag.seq ? `?hot=${tag.seq}.${versions[path]}` : '';
    const text = await import(path + version).then(
      module => {
        now[path] = module;
      },
      error => {
        // The old one goes on, and accepts what mends it.
        modules.set(path, before.get(path));
        failed = `${path}: ${error}`;
        return error.stack;
      });
    core.show(path, text ? [{ title: `${path} failed; the page goes on with what it had`, text }] : []);
  }));
  for (const { deps, then } of calls)
    if (deps.some(dep => now[dep])) then(deps.map(dep => now[dep]));
  core.tell('vite:afterUpdate', plan);
  return failed ? ['failed', failed] : ['hot', [...boundaries].join()];
}
