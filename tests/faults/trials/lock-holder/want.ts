import type { Request } from '../../load/request.ts';

/** What one client wants of the instance that will fall asleep. */
export interface Want {
  readonly request: Request;
  /** The locks that its holder takes for it, each with those who want the same through another instance. */
  readonly rivals: ReadonlyMap<string, readonly Request[]>;
}
