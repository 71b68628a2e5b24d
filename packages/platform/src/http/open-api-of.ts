import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { AnyRoute } from './route.ts';

type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document, as far as the platform writes one. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string };
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}

/** The OpenAPI 3.1 document of a service: the schemas are the very ones its routes check with. */
export function openApiOf(service: string, routes: readonly AnyRoute[]): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(service, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: service, version: '1.0.0' },
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operationOf(service: string, route: AnyRoute): Json {
  const words = route.path.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const { body } = route;
  return {
    operationId: `${service}-${route.method}-${words}`,
    summary: route.summary,
    tags: [route.tag],
    ...(route.access !== 'anyone' && { security: [{ accessToken: [] }] }),
    parameters: [...fieldsOf(route.params, 'path'), ...fieldsOf(route.query, 'query'), ...keyHeader(route)],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: responsesOf(route),
  };
}

function fieldsOf(schema: z.ZodObject, where: 'path' | 'query'): Json[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const inner = field instanceof z.ZodType ? field : z.string();
    const required = where === 'path' || !inner.safeParse(undefined).success;
    return { name, in: where, required, schema: schemaOf(inner, 'input') };
  });
}

function keyHeader({ idempotencyKey }: AnyRoute): Json[] {
  if (idempotencyKey === undefined) return [];
  const schema = { type: 'string', minLength: 1, maxLength: 255 };
  const description = 'The same for every retry of one request; its stored answer is given again.';
  return [{ name: 'Idempotency-Key', in: 'header', required: idempotencyKey === 'required', description, schema }];
}

function responsesOf(route: AnyRoute): Json {
  const responses: Json = {};
  for (const [status, { description, schema }] of Object.entries(route.responses)) {
    const content = schema && { 'application/json': { schema: schemaOf(schema, 'output') } };
    responses[status] = { description: description || STATUS_CODES[status], ...(content && { content }) };
  }
  responses.default = {
    description: `A problem with one of the codes: ${[...codesOf(route)].sort().join(', ')}`,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return responses;
}

function codesOf(route: AnyRoute): Set<string> {
  const codes = new Set([...route.problems, 'internal', 'overloaded', 'timed-out', 'invalid-request']);
  if (route.access !== 'anyone') {
    for (const code of ['token-missing', 'token-invalid', 'token-expired', 'keys-unavailable']) codes.add(code);
  }
  if (route.access === 'admin') codes.add('role-required');
  if (route.owner) codes.add('not-owner');
  if (route.body) for (const code of ['content-type-unsupported', 'body-too-large', 'invalid-json']) codes.add(code);
  if (route.idempotencyKey === 'required') codes.add('idempotency-key-missing');
  return codes;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

const text = { type: 'string' };
const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'traceId'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { ...text, description: 'Stable; what a program goes by' },
    traceId: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'in', 'rule', 'message'],
        properties: { field: text, in: { enum: ['params', 'query', 'body', 'header'] }, rule: text, message: text },
      },
    },
  },
};
