// The page follows the event stream: each event refreshes what it is about.
const byId = (id) => document.getElementById(id);
const MOST_EVENTS = 200;
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
    ['Configuration', `generation ${status.config.generation}`],
    ['Watching', `${status.patterns.watch.folders} folders by ${status.patterns.watch.backend}`],
  ];
  byId('status').replaceChildren(
    ...rows.flatMap(([key, value, name]) => [element('dt', key), element('dd', value, name)]));
  const problems = [
    ...status.config.diagnostics, ...status.settings.diagnostics,
    ...status.patterns.diagnostics, ...status.registry.diagnostics];
  byId('problems').replaceChildren(...problems.slice(0, 100).map((it) => {
    const where = it.file ? `${it.file}:${it.line}:${it.column}` : '';
    const line = element('li', `${it.severity} ${it.code}: ${it.message} `, it.severity);
    line.append(element('span', where, 'file'), ...(it.help ? [element('div', it.help)] : []));
    return line;
  }));
}

function showPatterns(patterns) {
  byId('count').textContent = String(patterns.length);
  byId('patterns').replaceChildren(...patterns.map((it) => {
    const row = element('tr', '', fresh.has(it.name) ? 'fresh' : '');
    row.append(
      element('td', it.name), element('td', it.category), element('td', it.file, 'file'),
      element('td', String(it.generation)), element('td', it.state, it.state));
    return row;
  }));
  fresh = new Set();
}

function refresh() {
  // Many events at once ask for one refresh.
  due ??= setTimeout(async () => {
    due = null;
    try {
      const [status, patterns] = await Promise.all([read('/status'), read('/patterns')]);
      showStatus(status);
      showPatterns(patterns);
    } catch (error) {
      byId('connection').textContent = String(error);
    }
  }, 30);
}

function showEvent(event) {
  const line = element('li', '', event.diagnostics ? 'error' : '');
  line.append(
    element('time', event.time.slice(11, 23)),
    ` ${event.seq} ${event.type} ${event.name ?? ''} `,
    element('span', event.file ?? '', 'file'));
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
  if (event.type.startsWith('pattern.')) fresh.add(event.name);
  refresh();
});
stream.addEventListener('error', () => {
  byId('connection').textContent = 'the server does not answer; trying again';
  byId('connection').className = 'lost';
});
