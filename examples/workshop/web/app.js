import * as loom from './weave.js';

const byId = (id) => document.getElementById(id);
const draft = byId('draft');
let { weave } = loom;

function draw() {
  const { pattern, warp, weft, threads } = draft.elements;
  weave(byId('cloth'), {
    pattern: pattern.value,
    warp: warp.value,
    weft: weft.value,
    threads: threads.valueAsNumber,
  });
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

async function showAgents() {
  const answer = await fetch('/api/v1/agents');
  const agents = answer.ok ? await answer.json() : [];
  byId('agents').replaceChildren(...agents.map(({ id, process }) => {
    const phase = process?.phase ?? 'not run here';
    const item = element('li', `${id} `);
    item.className = phase;
    item.append(element('small', phase));
    return item;
  }));
}

async function showPersona() {
  const text = await (await fetch('persona.md')).text();
  byId('persona').replaceChildren(...text.trim().split(/\n\n+/).map((part) =>
    part.startsWith('# ') ? element('h3', part.slice(2)) : element('p', part)));
}

draft.addEventListener('input', draw);
draft.addEventListener('submit', (event) => event.preventDefault());
new EventSource('/api/v1/events?type=agent.*').addEventListener('message', showAgents);

// A rule of this page for a file that is no code: without it the page would be loaded anew.
addEventListener('hotreload:change', (event) => {
  if (event.detail.u === '/persona.md') {
    event.preventDefault();
    showPersona();
  }
});

// This module takes another weave.js in place of the one that it has; what the form says stays.
import.meta.hot?.accept('./weave.js', (next) => {
  weave = next.weave;
  draw();
});

draw();
showAgents();
showPersona();
