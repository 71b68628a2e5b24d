import type { Instance } from '../upstreams/instance.ts';
import { type OpenApiDocument, openApiDocument } from './open-api-document.ts';

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads how a service describes itself. Rejects when it does not answer in time, or with something else. */
export async function fetchDocument({ pool }: Instance): Promise<OpenApiDocument> {
  const { statusCode, body } = await pool.request({
    path: '/openapi.json',
    method: 'GET',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('the OpenAPI document is too large');
  }
  if (statusCode !== 200) throw new Error(`the OpenAPI document was answered with ${statusCode}`);
  return openApiDocument.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
}
