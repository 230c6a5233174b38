// Prints how large scripts are, a line each: NAME BYTES MINIFIED GZIPPED, the last of which is what
// is minified, compressed.
//   node sizes.mjs FILE...
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const { code } = await minify(text, { module: /^(im|ex)port\b/m.test(text) });
  console.log(basename(file), Buffer.byteLength(text), Buffer.byteLength(code), gzipSync(code).length);
}
