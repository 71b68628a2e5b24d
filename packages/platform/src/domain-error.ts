/** What sort of refusal an error is. HTTP status, retry behaviour and log level are derived from it. */
export type ErrorKind = 'invalid' | 'denied' | 'missing' | 'conflict' | 'expired' | 'rule' | 'unavailable';

/** One thing wrong with one field of a request; `field` is a dotted path such as `items.0.quantity`. */
export interface FieldError {
  field: string;
  in: 'params' | 'query' | 'body' | 'header';
  rule: string;
  message: string;
}

/** Optional facts about a {@link DomainError}. */
export interface DomainErrorOptions {
  /** When trying again may help, in whole seconds. */
  retryAfterSeconds?: number;
  errors?: readonly FieldError[];
  cause?: unknown;
}

/**
 * A refusal that the caller is meant to understand: a stable `code` (a slug such as `sold-out`), a kind, and a
 * sentence. Code and sentence are shown to clients, so neither may carry anything secret.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: readonly FieldError[] | undefined;

  constructor(kind: ErrorKind, code: string, detail: string, options: DomainErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.errors = options.errors;
  }
}
