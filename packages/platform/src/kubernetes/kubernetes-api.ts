import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';

export interface KubernetesApiOptions {
  /** Origin of the API server. */
  readonly url: string;
  /** Holds `token`, and `ca.crt` where the server is spoken to by TLS. */
  readonly credentialsFolder: string;
  readonly timeoutMs: number;
}

export interface KubernetesCall {
  /** A PATCH is a merge patch. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: object;
}

export interface KubernetesAnswer {
  readonly status: number;
  /** The JSON of the answer; undefined when it is none. */
  readonly body: unknown;
}

/** The API server of the cluster that this process runs in. */
export interface KubernetesApi {
  /** @throws Error when there is no answer in time, or the credentials cannot be read */
  call(call: KubernetesCall, signal?: AbortSignal): Promise<KubernetesAnswer>;
  close(): Promise<void>;
}

const largestAnswerBytes = 256 * 1024;

const contentType = (method: KubernetesCall['method']): string =>
  method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';

/**
 * Speaks to the API server with the credentials of the pod's service account. The files are read for each call, since
 * Kubernetes renews the token each hour.
 */
export function openKubernetesApi({ url, credentialsFolder, timeoutMs }: KubernetesApiOptions): KubernetesApi {
  const secure = new URL(url).protocol === 'https:';
  let known: { readonly ca: string | undefined; readonly agent: Agent } | undefined;

  const agentFor = (ca: string | undefined): Agent => {
    if (known !== undefined && known.ca === ca) return known.agent;
    void known?.agent.close();
    const agent = new Agent({
      connections: 4,
      // Of HTTP/2's one connection nobody would know that it is dead: a call that is given up ends a connection of its own.
      allowH2: false,
      connect: { timeout: timeoutMs, ...(ca !== undefined && { ca }) },
      maxResponseSize: largestAnswerBytes,
    });
    known = { ca, agent };
    return agent;
  };

  const exchange = async ({ method, path, body }: KubernetesCall, within: AbortSignal): Promise<KubernetesAnswer> => {
    const read = (file: string) => readFile(join(credentialsFolder, file), 'utf8');
    const token = (await read('token')).trim();
    const answer = await request(new URL(path, url), {
      method,
      dispatcher: agentFor(secure ? await read('ca.crt') : undefined),
      signal: within,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': contentType(method) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.statusCode, body: parsed(await answer.body.text()) };
  };

  return {
    async call(call, signal) {
      const inTime = AbortSignal.timeout(timeoutMs);
      const within = signal ? AbortSignal.any([signal, inTime]) : inTime;
      within.throwIfAborted();
      const over = Promise.withResolvers<never>();
      const end = () => over.reject(within.reason);
      within.addEventListener('abort', end, { once: true });
      // A request that still waits for its connection does not heed the signal: so nobody waits for the request alone.
      return Promise.race([exchange(call, within), over.promise]).finally(() =>
        within.removeEventListener('abort', end),
      );
    },
    async close() {
      await known?.agent.destroy();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
