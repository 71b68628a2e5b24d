import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { eventKinds } from '../events/event-kinds.ts';
import { recordedOf } from '../events/testing/recorded-events.ts';
import { topics } from '../topics.ts';
import { asyncApi } from './async-api.ts';

const read = (path: string | URL): unknown => JSON.parse(readFileSync(path, 'utf8'));

// The official schema brings its own copy of draft 7, which ajv would take for a second one.
const ajv = new Ajv({ meta: false, validateSchema: false, strict: false });
addFormats.default(ajv);
const official = createRequire(import.meta.url).resolve('@asyncapi/specs/schemas/3.0.0.json');
const validate = ajv.compile(Object(read(official)));

/** Every $ref anywhere in the document. */
function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = Reflect.get(node, '$ref');
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(node).flatMap(references)];
}

const resolve = (document: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, name) => Reflect.get(Object(node), name), document);

describe('the AsyncAPI document', () => {
  test('is AsyncAPI 3.0 by the official schema', () => {
    validate(asyncApi());
    expect(validate.errors).toBeNull();
    expect(validate({ ...asyncApi(), operations: { send: { action: 'tell' } } })).toBe(false);
  });

  test('refers to nothing that it does not hold', () => {
    const document = asyncApi();
    const all = references(document);
    expect(all).not.toHaveLength(0);
    expect(all.filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });

  test('has a channel for every topic and for its dead letters', () => {
    const addresses = Object.values(asyncApi().channels).map(({ address }) => address);
    expect(addresses).toEqual(topics.flatMap((topic) => [topic, `${topic}.dlq`]));
  });

  test.each(eventKinds.map(({ type }) => type))('describes %s as services have written it', (type) => {
    const fits = ajv.compile(Object(asyncApi().components.messages[type]?.payload));
    for (const { data } of recordedOf(type)) {
      fits(data);
      expect(fits.errors).toBeNull();
    }
    expect(fits({})).toBe(false);
  });

  test('stands in docs/ as it is made now: npm run asyncapi', () => {
    expect(read(new URL('../../../../docs/asyncapi.json', import.meta.url))).toEqual(asyncApi());
  });
});
