import { AuditError } from './audit-error.ts';

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** The failure of something that the audit asked, in the words of whom it asked. */
export function failureOf(what: string, error: unknown): AuditError {
  return error instanceof AuditError ? error : new AuditError(`${what}: ${reasonOf(error)}`, { cause: error });
}
