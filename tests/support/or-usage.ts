import { z } from 'zod';

/** What is read of a command line. @throws Error that says why it cannot be understood, with the usage below */
export function orUsage<T>(usage: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
    throw new Error(`${why}\n${usage}`, { cause: error });
  }
}
