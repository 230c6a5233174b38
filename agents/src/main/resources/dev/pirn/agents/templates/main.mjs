// A small agent. Save this file while it runs: its callers will not notice the change.

import http from 'node:http';

const stateUrl = process.env.PIRN_STATE_URL;

const tools = {
  greet: ({ name = 'world' }) => `Hello, ${name}!`,

  add: ({ a, b }) => {
    if (typeof a !== 'number' || typeof b !== 'number') throw new TypeError('a and b are numbers');
    return a + b;
  },

  // Counts its calls. The number is kept outside of this process, so that it outlives it.
  counter: async () => {
    if (!stateUrl) throw new TypeError('there is no PIRN_STATE_URL');
    const url = `${stateUrl}/counter`;
    for (;;) {
      const found = await request('GET', url, {});
      if (found.status !== 200 && found.status !== 404) throw new Error(`state: ${found.status}`);
      const count = (found.status === 200 ? JSON.parse(found.body) : 0) + 1;
      // Another process may count at the same time: write only over what was read.
      const condition = found.etag ? { 'If-Match': found.etag } : { 'If-None-Match': '*' };
      const headers = { 'Content-Type': 'application/json', ...condition };
      const put = await request('PUT', url, headers, JSON.stringify(count));
      if (put.status < 300) return count;
      if (put.status !== 412) throw new Error(`state: ${put.status}`);
    }
  },
};

function request(method, url, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers, timeout: 5000 }, async answer => {
      resolve({ status: answer.statusCode, etag: answer.headers.etag, body: await text(answer) });
    });
    sent.on('timeout', () => sent.destroy(new Error('state: no answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function handle(asked) {
  if (asked.method === 'GET' && asked.url === '/health') return [200, { status: 'ok' }];
  const name = asked.method === 'POST' && asked.url.startsWith('/call/') ? asked.url.slice(6) : '';
  if (!Object.hasOwn(tools, name)) return [404, { error: 'not found', tools: Object.keys(tools) }];
  try {
    return [200, { result: await tools[name](JSON.parse((await text(asked)) || '{}')) }];
  } catch (error) {
    const asked = error instanceof TypeError || error instanceof SyntaxError;
    return [asked ? 400 : 502, { error: error.message }];
  }
}

let ending = false;
const server = http.createServer(async (asked, answer) => {
  const [status, value] = await handle(asked);
  const body = JSON.stringify(value);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  answer.writeHead(status, ending ? { ...headers, Connection: 'close' } : headers).end(body);
  console.log(asked.method, asked.url, status);
});

function end() {
  ending = true;
  server.close(() => console.log('ended'));
  server.closeIdleConnections();
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`listening on ${server.address().port}`);
});
