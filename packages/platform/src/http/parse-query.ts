import type { FieldError } from '../domain-error.ts';
import { invalidRequest } from './invalid-request.ts';

/**
 * The fields of a query string. A field given twice becomes a list, which a schema of plain fields refuses.
 * @throws ProblemError 400 `invalid-request` when it is not percent-encoded UTF-8
 */
export function parseQuery(url: string): Record<string, unknown> {
  const fields: Record<string, unknown> = Object.create(null);
  const start = url.indexOf('?');
  if (start < 0 || start === url.length - 1) return fields;
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    const before = fields[name];
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

const badEncoding: FieldError = { field: '', in: 'query', rule: 'percent-encoding', message: 'Must be encoded UTF-8' };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest([badEncoding]);
  }
}
