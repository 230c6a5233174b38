// A browser for all tests of a file, and how they look into its pages.
import { execFileSync } from 'node:child_process';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const executablePath =
  process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
after(() => browser.close());

/** A page of its own context (cache, storage), closed after the test `t`. */
export const open = async (t, url) => openIn(await newContext(t), url);

export async function newContext(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  return context;
}

export async function openIn(context, url) {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.errors = [];
  page.on('pageerror', error => page.errors.push(String(error)));
  page.loads = 0;
  page.on('load', () => page.loads++);
  if (url) await page.goto(url);
  return page;
}

// The overlay's shadow root is closed to scripts, not to the protocol of the developer tools.
async function inOverlay(page, then) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const found = [];
  const seek = (node, inside) => {
    if (inside) found.push(node);
    for (const child of node.shadowRoots ?? []) seek(child, node.nodeName == 'PIRN-OVERLAY');
    for (const child of node.children ?? []) seek(child, inside);
  };
  seek(root, false);
  try {
    return await then(found, session);
  } finally {
    await session.detach();
  }
}

/** The text of the client's overlay. */
export const overlayText = page =>
  inOverlay(page, nodes => nodes.map(({ nodeValue }) => nodeValue ?? '').join(''));

/** Clicks the button of the overlay, where it is seen. */
export async function clickInOverlay(page) {
  const [x, y] = await inOverlay(page, async (nodes, session) => {
    const { nodeId } = nodes.find(({ nodeName }) => nodeName == 'BUTTON');
    const { model } = await session.send('DOM.getBoxModel', { nodeId });
    return [0, 1].map(i => (model.content[i] + model.content[i + 4]) / 2);
  });
  await page.mouse.click(x, y);
}

/** Waits until `get` gives what `is` takes; says what it gave last. */
export async function until(get, is = Boolean, deadline = 10_000) {
  const end = Date.now() + deadline;
  for (;;) {
    const got = await Promise.resolve(get()).catch(error => {
      // A page that is being loaded anew is asked again.
      if (/context was destroyed|navigation/.test(error.message)) return undefined;
      throw error;
    });
    if (is(got)) return got;
    if (Date.now() > end) throw new Error(`waited in vain; last: ${JSON.stringify(got)}; for ${is}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
