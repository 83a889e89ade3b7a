// Holds SARIF logs against the published schema, and against what the schema cannot see but readers insist on:
//
//     node validate-sarif.mjs report.sarif...
//
// Prints one line for each mistake, `report.sarif: /runs/0/results/3: what is wrong`, and ends with 1 if there is any, with
// 2 if it could not look.

import fs from 'node:fs';

const MOST_MISTAKES = 50;
const LEVEL_OF = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

function schemaMistakes(validate, log) {
  if (validate(log)) return [];
  return validate.errors.map((e) => `${e.instancePath || '/'}: ${e.message} ${JSON.stringify(e.params)}`);
}

// Every object of the log with its path, in order.
function* objects(value, path = '') {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [path, value];
  for (const [key, child] of Object.entries(value)) yield* objects(child, `${path}/${key}`);
}

function regionMistake(region) {
  for (const member of ['startLine', 'startColumn', 'endLine', 'endColumn']) {
    if (!Number.isInteger(region[member])) return `a region has no ${member}`;
  }
  const backwards = region.endLine < region.startLine ||
    (region.endLine === region.startLine && region.endColumn < region.startColumn);
  return backwards ? 'a region ends before it starts' : undefined;
}

function uriMistake(location, run) {
  if (location.index !== undefined && location.uri === undefined) return undefined;
  const uri = location.uri ?? '';
  if (uri.split('/').includes('..')) return `the uri ${uri} climbs out with ".."`;
  if (/\s|\\/.test(uri)) return `the uri ${uri} is not encoded`;
  const absolute = /^[a-z]+:\/\//.test(uri);
  if (!absolute && location.uriBaseId === undefined) return `the relative uri ${uri} has no uriBaseId`;
  if (absolute && location.uriBaseId !== undefined) return `the absolute uri ${uri} has a uriBaseId`;
  const base = location.uriBaseId && run.originalUriBaseIds?.[location.uriBaseId];
  if (location.uriBaseId && !base) return `nothing defines the uriBaseId ${location.uriBaseId}`;
  return undefined;
}

function ruleMistakes(rule) {
  const mistakes = [];
  for (const member of ['name', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties']) {
    if (rule[member] === undefined) mistakes.push(`the rule has no ${member}`);
  }
  for (const member of ['shortDescription', 'fullDescription']) {
    const text = rule[member]?.text ?? '';
    if (text === '' || text.length > 1024) mistakes.push(`${member} has ${text.length} characters`);
    if (/\{\w+\}/.test(text)) mistakes.push(`${member} shows a placeholder: ${text}`);
  }
  if (!rule.help?.text || !rule.help?.markdown) mistakes.push('the help lacks its text or its markdown');
  const tags = rule.properties?.tags ?? [];
  if (tags.length === 0 || tags.length > 20) mistakes.push(`the rule has ${tags.length} tags`);
  if (tags.includes('security') || rule.properties?.['security-severity'] !== undefined) {
    mistakes.push('the rule poses as a security rule');
  }
  return mistakes;
}

function linkMistakes(result) {
  const ids = (result.relatedLocations ?? []).map((location) => location.id);
  const mistakes = ids.map((id, i) => (id === i + 1 ? undefined : `relatedLocations/${i} has the id ${id}`));
  for (const [, id] of result.message.text.matchAll(/(?<!\\)\]\((\d+)\)/g)) {
    if (!ids.includes(Number(id))) mistakes.push(`the message links to ${id}, which is no related location`);
  }
  return mistakes.filter(Boolean);
}

function flowMistakes(result) {
  const steps = (result.codeFlows ?? []).flatMap((flow) => flow.threadFlows).flatMap((flow) => flow.locations);
  const mistakes = [];
  steps.forEach((step, i) => {
    if (step.nestingLevel !== i + 1) mistakes.push(`step ${i} has the nestingLevel ${step.nestingLevel}`);
    if (!step.location?.message?.text) mistakes.push(`step ${i} has no message`);
    if (!step.location?.physicalLocation) mistakes.push(`step ${i} has no place`);
  });
  const place = (location) => JSON.stringify([location?.physicalLocation?.artifactLocation?.uri,
    location?.physicalLocation?.region?.startLine, location?.physicalLocation?.region?.startColumn]);
  if (steps.length > 0 && place(steps[0].location) !== place(result.locations?.[0])) {
    mistakes.push('the code flow does not start where the result stands');
  }
  return mistakes;
}

function resultMistakes(result, rules) {
  const mistakes = [...linkMistakes(result), ...flowMistakes(result)];
  const rule = rules[result.ruleIndex];
  if (rule === undefined) mistakes.push(`the ruleIndex ${result.ruleIndex} is out of range`);
  if (rule !== undefined && rule.id !== result.ruleId) mistakes.push(`ruleIndex says ${rule.id}, ruleId ${result.ruleId}`);
  if (result.locations?.length !== 1) mistakes.push('the result has not one location');
  if (!result.locations?.[0]?.physicalLocation?.region) mistakes.push('the result has no region');
  if (!result.message.text.trim()) mistakes.push('the message is empty');
  if (!/^[0-9a-f]{1,16}:[1-9][0-9]*$/.test(result.partialFingerprints?.primaryLocationLineHash ?? '')) {
    mistakes.push('primaryLocationLineHash is missing or malformed');
  }
  if (!/^[0-9a-f]{32}$/.test(result.partialFingerprints?.['stallint/v1'] ?? '')) {
    mistakes.push('the fingerprint stallint/v1 is missing or malformed');
  }
  if (LEVEL_OF[result.properties?.severity] !== result.level) {
    mistakes.push(`the level is ${result.level} at severity ${result.properties?.severity}`);
  }
  if (!(result.rank > 0)) mistakes.push('the result has no rank');
  if (!['exact', 'likely'].includes(result.properties?.confidence)) mistakes.push('the result has no confidence');
  return mistakes;
}

function runMistakes(run) {
  const mistakes = [];
  const rules = run.tool.driver.rules ?? [];
  const at = (path, found) => found.forEach((what) => mistakes.push(`${path}: ${what}`));
  if (run.columnKind !== 'utf16CodeUnits') at('', ['columns are not counted in UTF-16 code units']);
  for (const [id, base] of Object.entries(run.originalUriBaseIds ?? {})) {
    if (!base.uri?.endsWith('/')) at('', [`the base ${id} does not end in a slash`]);
  }
  const ids = rules.map((rule) => rule.id);
  if (new Set(ids).size !== ids.length) at('/tool/driver/rules', ['two rules have one id']);
  rules.forEach((rule, i) => at(`/tool/driver/rules/${i}`, ruleMistakes(rule)));

  const results = run.results ?? [];
  results.forEach((result, i) => at(`/results/${i}`, resultMistakes(result, rules)));
  const own = results.map((result) => result.partialFingerprints?.['stallint/v1']);
  if (new Set(own).size !== own.length) at('/results', ['two results have one fingerprint']);
  const silenced = results.filter((result) => result.suppressions !== undefined).length;
  if (silenced !== 0 && silenced !== results.length) at('/results', ['only some results have suppressions']);

  const descriptors = run.tool.driver.notifications ?? [];
  for (const invocation of run.invocations ?? []) {
    if (invocation.executionSuccessful !== true) at('/invocations', ['the run was not successful']);
    for (const note of invocation.toolExecutionNotifications ?? []) {
      if (descriptors[note.descriptor?.index]?.id !== note.descriptor?.id) {
        at('/invocations', [`no descriptor of the notification ${note.descriptor?.id}`]);
      }
    }
  }
  for (const [path, object] of objects(run)) {
    if (object.region) at(path, [regionMistake(object.region)].filter(Boolean));
    if (object.contextRegion) at(path, [regionMistake(object.contextRegion)].filter(Boolean));
    if (object.artifactLocation) at(path, [uriMistake(object.artifactLocation, run)].filter(Boolean));
  }
  return mistakes;
}

function mistakesOf(validate, text) {
  let log;
  try {
    log = JSON.parse(text);
  } catch (error) {
    return [`/: not JSON: ${error.message}`];
  }
  const found = schemaMistakes(validate, log);
  if (found.length > 0) return found;
  if (log.runs.length === 0) return ['/runs: there is no run'];
  return log.runs.flatMap((run, i) => runMistakes(run).map((mistake) => `/runs/${i}${mistake}`));
}

// Asked for late: without `npm ci` the answer is "could not look", not "mistakes".
async function schemaValidator() {
  const { default: Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: addFormats } = await import('ajv-formats');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const schema = new URL('node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json', import.meta.url);
  return ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8').replace(/^\uFEFF/, '')));
}

async function main(files) {
  if (files.length === 0) {
    console.error('usage: node validate-sarif.mjs report.sarif...');
    return 2;
  }
  const validate = await schemaValidator();
  let wrong = false;
  for (const file of files) {
    const mistakes = mistakesOf(validate, fs.readFileSync(file, 'utf8'));
    for (const mistake of mistakes.slice(0, MOST_MISTAKES)) console.log(`${file}: ${mistake}`);
    wrong ||= mistakes.length > 0;
  }
  return wrong ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`validate-sarif: ${error.message}`);
  process.exitCode = 2;
}
