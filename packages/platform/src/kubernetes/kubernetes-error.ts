import type { KubernetesAnswer } from './kubernetes-api.ts';

/** An answer of the API server that was not expected. */
export class KubernetesError extends Error {
  override readonly name = 'KubernetesError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const longestMessage = 300;

/** What an answer that is no success says, in the API server's own words. */
export function refusalOf({ status, body }: KubernetesAnswer): KubernetesError {
  const said: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'message') : undefined;
  const words = typeof said === 'string' ? `: ${said.slice(0, longestMessage)}` : '';
  return new KubernetesError(status, `the API server answered ${status}${words}`);
}
