// Hands reports to those who read them, and compares what they understand with what the JSON report of the same findings
// says:
//
//     node consume.mjs FOLDER      chain.json, and beside it chain.github, chain.gitlab, chain.sarif, ...
//
// Prints one line for each mistake, `chain.gitlab: what is wrong`, and ends with 1 if there is any, with 2 if it could not
// look.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const LEVEL = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' };

// What no log and no page shows as it is: line ends, control characters, bytes that are no text.
const ODD = /[\p{C}\p{Zl}\p{Zp}\uFFFD]/u;

function expected(report, columns, format) {
  // Where people read, low findings are counted; a table has a row for each cause, so it is compared in part.
  const listed = (finding) => finding.severity !== 'low' || !['github', 'azure', 'markdown', 'concise'].includes(format);
  return report.findings
    .map((finding, i) => ({ ...finding, column: columns[i], bytes: finding.column, level: LEVEL[finding.severity] }))
    .filter((finding) => finding.suppressed === null && !finding.known && listed(finding));
}

function same(finding, understood) {
  return Object.entries(understood).every(([key, value]) => {
    if (key === 'message') return ODD.test(finding[key]) || [finding[key], `${finding[key]}.`].includes(value);
    if (key === 'file') return ODD.test(finding[key]) || value === finding[key];
    return value === finding[key];
  });
}

function mistakesOf(findings, understood, format) {
  const mistakes = [];
  const left = [...findings];
  for (const one of understood) {
    const found = left.findIndex((finding) => same(finding, one));
    if (found < 0) mistakes.push(`nobody found ${JSON.stringify(one)}`);
    else left.splice(found, 1);
  }
  if (format !== 'markdown') {
    for (const finding of left) mistakes.push(`${finding.rule} in ${finding.file}:${finding.line} is not there`);
  } else if (left.length === findings.length && findings.length > 0) {
    mistakes.push('no finding is there');
  }
  // The worst come first where only ten are shown.
  if (['github', 'gitlab', 'rdjson', 'markdown'].includes(format)) {
    const order = ['critical', 'high', 'medium', 'low', 'error', 'warning', 'notice'];
    const ranks = understood.map((one) => order.indexOf(one.severity ?? one.level));
    if (ranks.some((rank, i) => i > 0 && rank < ranks[i - 1])) mistakes.push('a worse finding comes later');
  }
  return mistakes;
}

function schemaOfJunit(files, xsd) {
  if (files.length === 0) return [];
  const run = spawnSync('xmllint', ['--noout', '--schema', xsd, ...files], { encoding: 'utf8' });
  if (run.error) throw new Error(`xmllint: ${run.error.message} (it is in libxml2-utils)`);
  return run.stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))
    .map((line) => `${path.basename(line.split(':')[0])}: ${line}`);
}

// Microsoft's multitool, with GitHub's rules. Its exit code is 0 whatever it finds, so its own report is asked.
// SARIF2005 wants an address of the tool on the internet, and is how it is known that it has looked at each log.
function multitool(files, folder) {
  if (files.length === 0) return [];
  const binary = new URL('node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool', import.meta.url).pathname;
  fs.chmodSync(binary, 0o755);
  const report = path.join(folder, 'multitool-report');
  const options = ['--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--log', 'ForceOverwrite', '--quiet', 'true',
    '--config', new URL('multitool.xml', import.meta.url).pathname];
  const run = spawnSync(binary, ['validate', ...files, ...options, '-o', report], {
    encoding: 'utf8',
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  });
  if (run.status !== 0) throw new Error(`Sarif.Multitool: ${run.error?.message ?? run.stdout}`);
  const [{ results, tool }] = JSON.parse(fs.readFileSync(report, 'utf8')).runs;
  const rules = new Map(tool.driver.rules.map((rule) => [rule.id, rule]));
  const looked = new Set();
  const mistakes = [];
  for (const result of results) {
    const file = path.basename(result.locations[0].physicalLocation.artifactLocation.uri);
    if (result.ruleId === 'SARIF2005') {
      looked.add(file);
    } else {
      const said = rules.get(result.ruleId)?.messageStrings?.[result.message.id]?.text ?? result.message.text;
      mistakes.push(`${file}: ${result.ruleId} ${said} ${JSON.stringify(result.message.arguments)}`);
    }
  }
  for (const file of files) {
    if (!looked.has(path.basename(file))) mistakes.push(`${path.basename(file)}: the multitool has not looked`);
  }
  return mistakes;
}

async function main(folder) {
  if (folder === undefined) {
    console.error('usage: node consume.mjs FOLDER');
    return 2;
  }
  const { CONSUMERS, XSD_OF_JUNIT } = await import('./consumers.mjs');
  const files = fs.readdirSync(folder).sort().map((name) => path.join(folder, name));
  const ending = (extension) => files.filter((file) => file.endsWith(extension));
  const read = (file) => fs.readFileSync(file, 'utf8');
  const mistakes = [...schemaOfJunit(ending('.junit'), XSD_OF_JUNIT), ...multitool(ending('.sarif'), folder)];
  for (const file of ending('.json')) {
    const name = path.basename(file, '.json');
    const report = JSON.parse(read(file));
    const results = JSON.parse(read(path.join(folder, `${name}.sarif`))).runs[0].results;
    const columns = results.map((result) => result.locations[0].physicalLocation.region?.startColumn);
    for (const [format, consume] of Object.entries(CONSUMERS)) {
      const findings = expected(report, columns, format);
      try {
        const understood = consume(read(path.join(folder, `${name}.${format}`)));
        mistakes.push(...mistakesOf(findings, understood, format).map((what) => `${name}.${format}: ${what}`));
      } catch (error) {
        mistakes.push(`${name}.${format}: ${error.message}`);
      }
    }
  }
  for (const mistake of mistakes) console.log(mistake);
  return mistakes.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  console.error(`consume: ${error.message}`);
  process.exitCode = 2;
}
