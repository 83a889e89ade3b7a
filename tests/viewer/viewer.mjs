// Opens a SARIF log in Microsoft's viewer component (the one of Azure DevOps) in headless Chromium, and takes a picture:
//
//     node viewer.mjs report.sarif picture.png [WORD]
//
// With a WORD, what the viewer's own filter leaves. The text of the page goes to standard output. `./dev viewer` installs
// what this needs; nothing is asked of the network.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const here = new URL('.', import.meta.url).pathname;

const PAGE = `
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { Viewer } from '@microsoft/sarif-web-component';

window.show = (log) => ReactDOM.render(
  React.createElement(Viewer, { logs: [log], hideBaseline: true, showSuppression: true, filterState: {
    Suppression: { value: ['unsuppressed', 'suppressed'] },
  } }), document.getElementById('app'));
`;

async function page() {
  const bundle = await build({
    stdin: { contents: PAGE, resolveDir: here },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    loader: { '.woff': 'dataurl', '.woff2': 'dataurl' },
    outdir: os.tmpdir(),
  });
  const text = (extension) =>
    bundle.outputFiles.filter((file) => file.path.endsWith(extension)).map((file) => file.text).join('');
  return `<!doctype html><meta charset="utf-8"><style>${text('.css')}html,body,#app{height:100%;margin:0}</style>
<div id="app"></div><script>${text('.js').replaceAll('</script', '<\\/script')}</script>`;
}

// What the box for a keyword leaves.
async function narrow(tab, word) {
  if (word === '') return;
  await tab.type('input', word);
  await new Promise((resolve) => setTimeout(resolve, 1000));  // the viewer waits for the end of a word
}

async function main([report, picture, word = '']) {
  if (report === undefined || picture === undefined) {
    console.error('usage: node viewer.mjs report.sarif picture.png [WORD]');
    return 2;
  }
  const log = JSON.parse(fs.readFileSync(report, 'utf8'));
  const executablePath = BROWSERS.find((browser) => fs.existsSync(browser));
  if (executablePath === undefined) throw new Error('there is no Chromium; `./dev viewer` installs it');
  const html = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'sarif-viewer-')), 'viewer.html');
  fs.writeFileSync(html, await page());

  const browser = await puppeteer.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    defaultViewport: { width: 1500, height: 1000 },
  });
  try {
    const tab = await browser.newPage();
    const errors = [];
    tab.on('pageerror', (error) => errors.push(error.message));
    await tab.goto(`file://${html}`);
    await tab.evaluate((one) => window.show(one), log);
    await tab.waitForSelector('tr, [role=treegrid] [role=row]', { timeout: 30000 });
    await narrow(tab, word);
    await tab.screenshot({ path: picture });
    console.log(await tab.evaluate(() => document.body.innerText));
    if (errors.length > 0) throw new Error(errors.join('\n'));
  } finally {
    await browser.close();
    fs.rmSync(path.dirname(html), { recursive: true });
  }
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`viewer: ${error.message}`);
  process.exitCode = 2;
}
