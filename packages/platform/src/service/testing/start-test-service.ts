import { z } from 'zod';
import { serviceConfig } from '../service-config.ts';
import type { Service } from '../service-definition.ts';
import { type RunningService, startService } from '../start-service.ts';

const config = z.object(serviceConfig);

export interface TestService extends RunningService {
  /** What it has logged, line by line. */
  readonly lines: Record<string, unknown>[];
  request(path: string, init?: RequestInit): Promise<TestAnswer>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** A service for tests, on ports of its own, with what it logs at hand. */
export async function startTestService(
  service: Partial<Service>,
  env: Record<string, string> = {},
  parts?: readonly string[],
): Promise<TestService> {
  const lines: Record<string, unknown>[] = [];
  const create = async (): Promise<Service> => ({ close: async () => undefined, ...service });
  const logDestination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const running = await startService({ name: 'test', config, create }, { env, parts, logDestination });
  return { ...running, lines, request: (path, init) => answerOf(fetch(`${running.url}${path}`, init)) };
}

async function answerOf(asked: Promise<Response>): Promise<TestAnswer> {
  const response = await asked;
  const { status, headers } = response;
  const text = await response.text();
  const isJson = text !== '' && headers.get('content-type')?.includes('json');
  return { status, headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** Waits until something is so, looking every few milliseconds; fails after five seconds, or the time given. */
export async function eventually(isSo: () => boolean | Promise<boolean>, limitMs = 5_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It did not come about in ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
