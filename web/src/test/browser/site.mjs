// A folder of its own below the one that a real server serves.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openIn } from './page.mjs';

const { PIRN_URL, PIRN_WEB, PIRN_CONTROL } = process.env;
if (!PIRN_URL || !PIRN_WEB)
  throw new Error('PIRN_URL is to be the address of a running server, and PIRN_WEB the folder that it serves');

export class Site {
  constructor(t, files) {
    this.folder = mkdtempSync(join(PIRN_WEB, 'site-'));
    this.path = `/${basename(this.folder)}`;
    this.url = PIRN_URL + this.path;
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    t.after(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** Writes as an editor does that writes beside and renames. */
  write(file, text) {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}~`, text);
    renameSync(`${path}~`, path);
  }

  remove(file) {
    rmSync(join(this.folder, file));
  }

  /** A page that follows its files, and notes what it did about each plan. */
  async open(context, file = 'index.html') {
    const page = await openIn(context);
    page.verdicts = [];
    page.said = [];
    page.on('console', message => {
      const text = message.text();
      if (text.startsWith('VERDICT ')) page.verdicts.push(JSON.parse(text.slice(8)));
      else page.said.push(text);
    });
    await page.addInitScript(() =>
      addEventListener('hotreload:after', ({ detail: { how, why, plan } }) => {
        if (how != 'none') console.debug('VERDICT ' + JSON.stringify({ how, why, files: plan.files.map(({ u }) => u) }));
      }));
    await page.goto(`${this.url}/${file}`);
    await connected(page);
    return page;
  }
}

export const connected = page => page.waitForFunction(() => window.hotReload?.status().id != null && window.hotReload.status().connected);

/** What was served has been fetched, so that HTML can be merged. */
export const settled = page => page.waitForLoadState('networkidle');

export async function control(command) {
  const answer = await fetch(`${PIRN_CONTROL}/${command}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`${command}: ${await answer.text()}`);
}
