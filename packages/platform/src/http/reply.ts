/** What a route answers. A body is sent as JSON; without one the answer is empty. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** An answer that was stored under an idempotency key, or was just made and is being stored. */
export interface ReplayableAnswer {
  status: number;
  location?: string | undefined;
  body: unknown;
  replayed: boolean;
}

/** 200 with a body. */
export const ok = (body: unknown): Reply => ({ status: 200, body });

/** 201 with the address of what was made. */
export const created = (location: string, body: unknown): Reply => ({
  status: 201,
  body,
  headers: { Location: location },
});

/** 204. */
export const noContent = (): Reply => ({ status: 204 });

/** The answer of an idempotent request; one given before is marked `Idempotency-Replayed: true`. */
export function replay(answer: ReplayableAnswer): Reply {
  const headers: Record<string, string> = {};
  if (answer.location !== undefined) headers.Location = answer.location;
  if (answer.replayed) headers['Idempotency-Replayed'] = 'true';
  return { status: answer.status, body: answer.body, headers };
}
