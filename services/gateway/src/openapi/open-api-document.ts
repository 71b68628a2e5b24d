import { z } from 'zod';

const jsonObject = z.record(z.string(), z.json());

/** The parts of an OpenAPI 3.1 document that joining touches. */
export const openApiDocument = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), jsonObject).default({}),
  components: z.record(z.string(), jsonObject).default({}),
  security: z.array(jsonObject).optional(),
});

export type OpenApiDocument = z.output<typeof openApiDocument>;
export type Json = z.core.util.JSONType;
export type JsonObject = Readonly<Record<string, Json>>;
