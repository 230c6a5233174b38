// The page follows the event stream: each event refreshes what it is about.
const byId = (id) => document.getElementById(id);
const MOST_EVENTS = 200;
const MOST_CHANGES = 20;
let boot = null;
let fresh = new Set();
let due = null;

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function read(path) {
  const answer = await fetch('/api/v1' + path);
  if (!answer.ok) throw new Error(path + ' gave ' + answer.status);
  return answer.json();
}

function showStatus(status) {
  const rows = [
    ['State', status.state, status.state === 'ok' ? '' : 'error'],
    ['Workspace', status.workspace],
    ['Patterns', `generation ${status.patterns.generation}, ${status.patterns.count} in force`],
    ['Registry', `generation ${status.registry.generation}, ${status.registry.count} agents`],
    ['Settings', `generation ${status.settings.generation}, ${status.settings.count} keys`],
    ['Agents', status.agents.enabled ? `${status.agents.count} run here` : 'not run'],
    ['Pages', pagesInShort(status.web)],
    ['Configuration', `generation ${status.config.generation}`],
    ['Watching', `${status.patterns.watch.folders} folders by ${status.patterns.watch.backend}`],
  ];
  byId('status').replaceChildren(
    ...rows.flatMap(([key, value, name]) => [element('dt', key), element('dd', value, name)]));
  const problems = [
    ...status.config.diagnostics, ...status.settings.diagnostics,
    ...status.patterns.diagnostics, ...status.registry.diagnostics,
    ...status.agents.diagnostics, ...status.web.diagnostics];
  byId('problems').replaceChildren(...problems.slice(0, 100).map((it) => problem('li', it)));
}

function problem(name, it) {
  const where = it.file ? `${it.file}:${it.line}:${it.column}` : '';
  const line = element(name, `${it.severity} ${it.code}: ${it.message} `, it.severity);
  line.append(element('span', where, 'file'), ...(it.help ? [element('div', it.help)] : []));
  return line;
}

function pagesInShort(web) {
  const served = web.proxy ? `in front of ${web.proxy}` : `${web.files} files`;
  return web.enabled ? `${web.connected_clients} connected, ${served}` : `${served}, not followed`;
}

function showPages(web, timeline) {
  byId('pages-section').hidden = !web.enabled || (web.files === 0 && !web.proxy);
  if (!web.enabled) return;
  byId('pages-count').textContent = String(web.pages.length);
  byId('tests').textContent = web.tests ? `tests: ${web.tests}` : '';
  byId('tests').className = web.tests ?? '';
  byId('pages').replaceChildren(...web.pages.map((it) => element('li', `${it.id} ${it.url}`)));
  byId('timeline').replaceChildren(...timeline.slice(0, MOST_CHANGES).map(change));
}

function change(it) {
  const row = element('tr', '', fresh.has('web ' + it.seq) ? 'fresh' : '');
  const files = it.files.map((file) => (file.op === 'mod' ? '' : file.op + ' ') + file.u);
  if (it.count > it.files.length) files.push(`and ${it.count - it.files.length} more`);
  const did = element('td', '');
  did.append(...it.pages.map((page) => {
    const line = element('div', `${page.page} `);
    const why = page.why ? ` ${page.why}` : '';
    line.append(
      element('span', page.how, page.how),
      ` in ${page.ms.toFixed(1)} ms`, element('span', why, 'file'));
    return line;
  }));
  const time = element('td', '');
  time.append(element('time', it.time.slice(11, 23)));
  row.append(
    time, element('td', String(it.seq)),
    element('td', it.reload ?? files.join(' '), 'file'), did);
  return row;
}

function showAgents(agents) {
  const processes = agents.flatMap((it) => it.process ?? []);
  byId('agents-section').hidden = processes.length === 0;
  byId('agents-count').textContent = String(processes.length);
  byId('agents').replaceChildren(...processes.flatMap((it) => {
    const row = element('tr', '', fresh.has('agent ' + it.name) ? 'fresh' : '');
    const steps = Object.entries(it.timings)
      .filter(([, ms]) => ms > 0)
      .map(([step, ms]) => `${step.replace('_ms', '')} ${ms}`);
    row.append(
      element('td', it.name), element('td', it.phase.replace('_', ' '), it.phase),
      element('td', String(it.generation)), address(it.url), element('td', steps.join(', ')),
      element('td', String(it.restarts)));
    return it.rejection ? [row, rejection(it.rejection)] : [row];
  }));
}

function address(url) {
  const cell = element('td', '');
  if (url) {
    const link = element('a', url);
    link.href = url;
    cell.append(link);
  }
  return cell;
}

function rejection(it) {
  const row = element('tr', '');
  const cell = element('td', '');
  cell.colSpan = 6;
  cell.append(
    element('div', `generation ${it.generation} was rejected: ${it.reason}`, 'error'),
    ...it.diagnostics.map((one) => problem('div', one)));
  if (it.last_lines.length > 0) cell.append(element('pre', it.last_lines.join('\n')));
  row.append(cell);
  return row;
}

function showPatterns(patterns) {
  byId('count').textContent = String(patterns.length);
  byId('patterns').replaceChildren(...patterns.map((it) => {
    const row = element('tr', '', fresh.has('pattern ' + it.name) ? 'fresh' : '');
    row.append(
      element('td', it.name), element('td', it.category), element('td', it.file, 'file'),
      element('td', String(it.generation)), element('td', it.state, it.state));
    return row;
  }));
}

function refresh() {
  // Many events at once ask for one refresh.
  due ??= setTimeout(async () => {
    due = null;
    try {
      const [status, agents, patterns] =
        await Promise.all([read('/status'), read('/agents'), read('/patterns')]);
      const timeline = status.web.enabled ? await read('/hotreload/timeline') : [];
      showStatus(status);
      showPages(status.web, timeline);
      showAgents(agents);
      showPatterns(patterns);
      fresh = new Set();
    } catch (error) {
      byId('connection').textContent = String(error);
    }
  }, 30);
}

function showEvent(event) {
  const failed = event.diagnostics || event.last_lines;
  const line = element('li', '', failed ? 'error' : '');
  line.append(
    element('time', event.time.slice(11, 23)),
    ` ${event.seq} ${event.type} ${event.name ?? ''} `,
    element('span', event.file ?? (event.files ?? []).join(' '), 'file'));
  const list = byId('events');
  list.prepend(line);
  while (list.children.length > MOST_EVENTS) list.lastChild.remove();
}

const stream = new EventSource('/api/v1/events?since=0');
stream.addEventListener('hello', (message) => {
  const hello = JSON.parse(message.data);
  if (boot !== hello.boot) byId('events').replaceChildren();
  boot = hello.boot;
  byId('connection').textContent = 'following';
  byId('connection').className = '';
  refresh();
});
stream.addEventListener('message', (message) => {
  const event = JSON.parse(message.data);
  showEvent(event);
  const [kind] = event.type.split('.');
  if (kind === 'pattern' || kind === 'agent') fresh.add(kind + ' ' + event.name);
  if (kind === 'web') {
    fresh.add('web ' + event.generation);
    // No event tells what the pages do with it: that is looked up when they have had time.
    if (event.pages > 0) setTimeout(refresh, 1000);
  }
  refresh();
});
stream.addEventListener('error', () => {
  byId('connection').textContent = 'the server does not answer; trying again';
  byId('connection').className = 'lost';
});
