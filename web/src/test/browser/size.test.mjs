import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { minify } from 'terser';

const CLIENT = new URL('../../main/resources/dev/pirn/web/client/', import.meta.url);
// What every page loads, and all that a page may load, in bytes as a minifier leaves them.
const CORE = 4096;
const EVERYTHING = 15_940; // 12,288 is the aim

test('the client is small, and is served as it is written', async t => {
  const sizes = {};
  for (const file of readdirSync(CLIENT)) {
    const text = readFileSync(new URL(file, CLIENT), 'utf8');
    const { code } = await minify(text, { module: file != 'client.js' });
    sizes[file] = Buffer.byteLength(code);
  }
  t.diagnostic(JSON.stringify(sizes));
  const all = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  assert.ok(sizes['client.js'] <= CORE, `client.js: ${sizes['client.js']} bytes`);
  assert.ok(all <= EVERYTHING, `everything: ${all} bytes`);
});
