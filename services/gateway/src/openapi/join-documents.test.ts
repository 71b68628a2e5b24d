import { describe, expect, test } from '@jest/globals';
import { joinDocuments } from './join-documents.ts';
import { openApiDocument } from './open-api-document.ts';

const schemaRef = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
const problem = { type: 'object', description: 'RFC 9457' };

function described(service: string, path: string, item: { type: string }, security: unknown[] | undefined = undefined) {
  const document = openApiDocument.parse({
    openapi: '3.1.0',
    info: { title: service, version: '1' },
    ...(security && { security }),
    paths: {
      [path]: {
        get: {
          operationId: 'list',
          security: [{ token: [] }],
          responses: { 200: schemaRef('Item'), default: schemaRef('Problem') },
        },
        post: { operationId: `${service}-make`, responses: {} },
      },
    },
    components: {
      schemas: { Problem: problem, Item: item },
      securitySchemes: { token: { type: 'http', scheme: service === 'b' ? 'basic' : 'bearer' } },
    },
  });
  return { service, document };
}

describe('joined documents', () => {
  const joined = joinDocuments([
    described('a', '/a', { type: 'string' }),
    described('b', '/b', { type: 'number' }, [{ token: [] }]),
  ]);

  test('share what is the same and rename what only bears the same name', () => {
    expect(joined.components.schemas).toEqual({
      Problem: problem,
      Item: { type: 'string' },
      'b.Item': { type: 'number' },
    });
    expect(joined.paths['/b']).toMatchObject({
      get: { responses: { 200: schemaRef('b.Item'), default: schemaRef('Problem') } },
    });
    expect(joined.paths['/a']).toMatchObject({ get: { responses: { 200: schemaRef('Item') } } });
  });

  test('follow a renamed security scheme, in operations and where a whole document demands it', () => {
    expect(Object.keys(joined.components.securitySchemes ?? {})).toEqual(['token', 'b.token']);
    expect(joined.paths['/b']).toMatchObject({
      get: { security: [{ 'b.token': [] }] },
      post: { security: [{ 'b.token': [] }] },
    });
  });

  test('have operation ids of their own', () => {
    const ids = Object.values(joined.paths).flatMap((item) =>
      Object.values(item).map((operation) => JSON.parse(JSON.stringify(operation)).operationId),
    );
    expect(ids).toEqual(['list', 'a-make', 'b_list', 'b-make']);
  });
});
