// A server that says exactly what a test wants: real HTTP with real caches, and a real socket.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { until } from './page.mjs';

const CLIENT = new URL('../../main/resources/dev/pirn/web/client/', import.meta.url);
const TYPES = {
  css: 'text/css', js: 'text/javascript', html: 'text/html', svg: 'image/svg+xml', png: 'image/png',
  md: 'text/markdown', json: 'application/json',
};
const KINDS = { css: 'css', js: 'js', html: 'html', svg: 'img', png: 'img', woff: 'font', md: 'md', json: 'data' };

export class Desk {
  files = {};
  seq = 1;
  epoch = 'E1';
  key = 'K1';
  options = { sync: false, holdOnErrors: false };
  headers = { 'Cache-Control': 'no-cache' };
  served = new Map();
  connections = [];
  requests = [];
  /** Whether pages are of the tree, with the whole tag; else they have a script only. */
  tagged = true;
  answer = () => undefined;

  static async open(t, files = {}) {
    const desk = new Desk();
    Object.assign(desk.files, files);
    await desk.listen(0);
    t.after(() => desk.stop());
    return desk;
  }

  async listen(port) {
    this.http = createServer((request, response) => this.#handle(request, response));
    this.sockets = new WebSocketServer({
      server: this.http, handleProtocols: offered => [...offered][0],
    });
    this.sockets.on('connection', (socket, request) => this.#connected(socket, request));
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening');
    this.port = this.http.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    for (const { socket } of this.connections) socket.terminate();
    this.http.closeAllConnections();
    if (this.http.listening) {
      this.http.close();
      await once(this.http, 'close');
    }
  }

  digest(text) {
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }

  #handle(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    this.requests.push(request.url);
    const reply = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'Content-Type': type, ...headers });
      response.end(body);
    };
    const own = this.answer(request, response, reply);
    if (own) return;
    if (pathname == '/@hotreload/token') return reply(200, 'text/plain', this.key);
    if (pathname == '/@hotreload/served') {
      const text = this.served.get(searchParams.get('digest'));
      return text ? reply(200, 'text/html', text) : reply(404, 'text/plain', 'not known');
    }
    if (pathname.startsWith('/@hotreload/'))
      return reply(200, TYPES.js, readFileSync(new URL(pathname.slice(12), CLIENT)), { 'Cache-Control': 'no-cache' });
    const path = pathname == '/' ? '/index.html' : pathname;
    const body = this.files[path];
    if (body == null) return reply(404, 'text/plain', `there is no ${path}`);
    const type = TYPES[path.split('.').pop()] ?? 'application/octet-stream';
    if (type == TYPES.html) return reply(200, type, this.#tagOf(path, body), { 'Cache-Control': 'no-store', ...this.pageHeaders });
    reply(200, type, this.#prologue(path, body), this.headers);
  }

  #tagOf(path, body) {
    const digest = this.digest(body);
    this.served.set(digest, body);
    const data = this.tagged
      ? ` data-key="${this.key}" data-epoch="${this.epoch}" data-seq="${this.seq}" data-page="${path}" data-digest="${digest}"`
      : '';
    const tag = `<script src="/@hotreload/client.js"${data}></script>`;
    return /<head>/.test(body) ? body.replace('<head>', `<head>${tag}`) : body.replace(/^(<!doctype html>)?/i, `$1${tag}`);
  }

  #prologue(path, body) {
    return /\.js$/.test(path) && String(body).includes('import.meta.hot')
      ? `import{hot as __pirn}from"/@hotreload/hot.js";import.meta.hot=__pirn(import.meta.url);${body}`
      : body;
  }

  #connected(socket, request) {
    const connection = { socket, request, heard: [], send: message => socket.send(JSON.stringify(message)) };
    this.connections.push(connection);
    socket.on('message', data => {
      const message = JSON.parse(data);
      connection.heard.push(message);
      if (this.deaf) return;
      if (message.t == 'hi') {
        connection.send({
          t: 'hi', epoch: this.epoch, seq: this.seq, id: `c${this.connections.length}`,
          trusted: message.key == this.key, options: this.options,
        });
        this.onHi?.(message, connection);
      }
      if (message.t == 'ping') connection.send({ t: 'pong' });
      if (message.t == 'have') {
        const files = {};
        for (const u of message.urls) if (this.files[u] != null) files[u] = this.digest(this.files[u]);
        connection.send({ t: 'have', files });
      }
      if (message.t == 'sync')
        for (const other of this.live()) if (other != connection) other.send({ t: 'sync', from: 'c', e: message.e });
    });
  }

  live() {
    return this.connections.filter(({ socket }) => socket.readyState == 1);
  }

  /** All messages of a kind that pages have sent. */
  heard(t) {
    return this.connections.flatMap(({ heard }) => heard.filter(message => message.t == t));
  }

  async ready(n = 1) {
    await until(() => this.live().filter(({ heard }) => heard.some(({ t }) => t == 'hi')).length, count => count >= n);
  }

  /** Changes files (null: deletes) and tells it; gives the plan. */
  change(changes, more = {}) {
    this.seq++;
    const files = Object.entries(changes).map(([u, text]) => {
      const op = text == null ? 'del' : this.files[u] == null ? 'add' : 'mod';
      this.files[u] = text;
      const file = { u, k: KINDS[u.split('.').pop()] ?? 'other', op };
      return text == null ? file : { ...file, d: this.digest(text) };
    });
    const versions = {};
    const raise = u => {
      if (versions[u]) return;
      versions[u] = this.seq;
      (more.importers?.[u] ?? []).forEach(raise);
    };
    files.forEach(({ u }) => raise(u));
    const plan = { t: 'plan', seq: this.seq, since: this.seq - 1, files, importers: {}, versions, ...more };
    for (const connection of this.live()) connection.send(plan);
    return plan;
  }

  /** What a page did with the change. */
  async acked(seq = this.seq, how) {
    const mine = () => this.heard('ack').filter(ack => ack.seq == seq && (!how || ack.how == how));
    const [ack] = await until(mine, acks => acks.length > 0).catch(error => {
      throw new Error(`${error.message}; all acks: ${JSON.stringify(this.heard('ack'))}`);
    });
    return ack;
  }

  async changed(changes, more) {
    return this.acked(this.change(changes, more).seq);
  }
}
