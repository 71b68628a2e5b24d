import type { FieldError } from '../domain-error.ts';

const DEEPEST = 64;
const LONGEST_FIELD = 100;
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Finds what no schema should have to think of: text with NUL or half of a surrogate pair, which a database may
 * refuse or change, keys that reach for a prototype, and nesting without end.
 */
export function hostileText(value: unknown, where: FieldError['in'], path: string[] = []): FieldError | undefined {
  const at = (rule: string, message: string): FieldError => ({ field: path.join('.'), in: where, rule, message });
  if (typeof value === 'string') return isClean(value) ? undefined : at('text', 'Must be text without NUL characters');
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length > DEEPEST) return at('too-deep', 'Nested too deeply');
  for (const [key, inner] of Object.entries(value)) {
    if (prototypeKeys.has(key) || !isClean(key)) {
      return { ...at('unknown-field', 'Unknown field'), field: [...path, key].join('.').slice(0, LONGEST_FIELD) };
    }
    const found = hostileText(inner, where, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** Whether a JSON text can hold anything {@link hostileText} looks for, so that most bodies need no walk. */
export function maySmuggle(json: string): boolean {
  return json.includes('\\u') || json.includes('proto') || json.includes('constructor');
}

function isClean(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
