import type { z } from 'zod';
import type { FieldError } from '../domain-error.ts';

const MOST_ERRORS = 20;
const LONGEST_FIELD = 100;

/** What a schema found wrong, as field errors; of many, the first twenty. */
export function fieldErrors(error: z.ZodError, where: FieldError['in']): FieldError[] {
  const found: FieldError[] = [];
  for (const issue of error.issues) {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, MOST_ERRORS)) {
        found.push({ field: fieldOf([...path, key]), in: where, rule: 'unknown-field', message: 'Unknown field' });
      }
      continue;
    }
    found.push({ field: fieldOf(path), in: where, rule: issue.code.replaceAll('_', '-'), message: issue.message });
  }
  return found.slice(0, MOST_ERRORS);
}

const fieldOf = (path: readonly string[]) => path.join('.').slice(0, LONGEST_FIELD);
