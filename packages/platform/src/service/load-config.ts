import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** Variables by name, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration that a schema finds in the environment, frozen. A variable of the schema may come from a file:
 * `NAME_FILE=/path` (its contents, trimmed) where `NAME` itself is not set. An empty variable counts as not set.
 * @throws ConfigError one line that names every bad variable and its rule, and no value
 */
export function loadConfig<C>(schema: z.ZodType<C>, environment: Environment): C {
  const names = namesOf(schema) ?? Object.keys(environment);
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name] || fromFile(name, names, environment);
    if (value) found[name] = value;
  }
  const result = schema.safeParse(found);
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(result.error.issues.map((issue) => describe(issue, found)).join('; '));
}

function fromFile(name: string, names: readonly string[], environment: Environment): string | undefined {
  const pointer = `${name}_FILE`;
  const path = environment[pointer];
  // A service may have a variable of its own that is called so.
  if (!path || names.includes(pointer)) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`${pointer}: must name a file that can be read`);
  }
}

function describe(issue: z.core.$ZodIssue, found: Readonly<Record<string, string>>): string {
  const [name, ...rest] = issue.path.map(String);
  const message = issue.message.replaceAll(/\s+/g, ' ');
  if (name === undefined) return message;
  if (found[name] === undefined && issue.code === 'invalid_type') return `${name}: must be set`;
  return `${[name, ...rest].join('.')}: ${message}`;
}

function namesOf(schema: z.ZodType): string[] | undefined {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return schema instanceof z.ZodPipe && schema.in instanceof z.ZodType ? namesOf(schema.in) : undefined;
}
