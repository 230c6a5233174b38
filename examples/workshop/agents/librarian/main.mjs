// Quotes pages, and numbers its quotations. Save this file while it runs: none is lost, and no number
// comes twice.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const quotations = `${process.env.PIRN_STATE_URL}/quotations`;
const pages = JSON.parse(readFileSync(new URL('../../shared/pages.json', import.meta.url)));

async function quote({ topic }) {
  if (!Object.hasOwn(pages, topic)) {
    return [404, { error: 'no such page', topics: Object.keys(pages) }];
  }
  const source = `shared/pages.json, "${topic}"`;
  return [200, { result: pages[topic], source, quotation: await nextQuotation() }];
}

// The number is kept by Pirn, so that it goes on when this process is replaced.
async function nextQuotation() {
  for (;;) {
    const found = await fetch(quotations);
    if (!found.ok && found.status !== 404) throw new Error(`state: ${found.status}`);
    const number = (found.ok ? await found.json() : 0) + 1;
    const condition = found.ok ? { 'If-Match': found.headers.get('etag') } : { 'If-None-Match': '*' };
    const headers = { 'Content-Type': 'application/json', ...condition };
    const put = await fetch(quotations, { method: 'PUT', headers, body: String(number) });
    if (put.ok) return number;
    // 412: somebody else was counted in between, perhaps by the process that takes over.
    if (put.status !== 412) throw new Error(`state: ${put.status}`);
  }
}

async function handle(request) {
  if (request.method === 'GET' && request.url === '/health') return [200, { status: 'ok' }];
  if (request.method !== 'POST' || request.url !== '/call/quote') {
    return [404, { error: 'no such tool', tools: ['quote'] }];
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    return await quote(JSON.parse(Buffer.concat(parts).toString() || '{}') ?? {});
  } catch (error) {
    return error instanceof SyntaxError
      ? [400, { error: 'send an object such as {"topic": "pirn"}' }]
      : [502, { error: `the number is not to be had: ${error.message}` }];
  }
}

createServer(async (request, response) => {
  const [status, value] = await handle(request);
  const body = JSON.stringify(value);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
