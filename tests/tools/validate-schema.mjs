// Holds values against a JSON schema of draft 7:
//
//     node validate-schema.mjs schema.json samples.json      samples: [{"name": "a", "value": ...}, ...]
//
// Prints "valid a" or "invalid a: /severity must be equal to ..." for each, in order. Ends with 2 if it could not look,
// or if the schema itself is none.

import fs from 'node:fs';

async function main([schemaFile, samplesFile]) {
  const { default: Ajv } = await import('ajv');
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
  const validate = ajv.compile(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
  for (const { name, value } of JSON.parse(fs.readFileSync(samplesFile, 'utf8'))) {
    const [error] = validate(value) ? [] : validate.errors;
    console.log(error ? `invalid ${name}: ${error.instancePath} ${error.message}` : `valid ${name}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`validate-schema: ${error.message}`);
  process.exitCode = 2;
}
