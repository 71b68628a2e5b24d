/** The longest name that MySQL takes for a user. */
export const longestUserName = 32;

/** '_migrator' is added to a schema's name for a user. */
export const longestSchemaName = longestUserName - '_migrator'.length;

/** A name that need not be quoted anywhere. */
export const plainName = /^[a-z][a-z0-9_]*$/;

/** @throws RangeError when the name would have to be quoted somewhere, or is too long */
export function assertName(name: string, longest: number): void {
  if (plainName.test(name) && name.length <= longest) return;
  throw new RangeError(`"${name}" must be a-z, 0-9 and _, start with a letter, and have at most ${longest} characters`);
}

/** All tables of a schema as a grant names them, where an underscore would stand for any character. */
export const tablesOf = (schema: string): string => `\`${schema.replaceAll('_', '\\_')}\`.*`;

/** The users of a schema. */
export const usersOf = (schema: string) => ({ app: `${schema}_app`, migration: `${schema}_migrator` });
