/** What an answer holds under this name; undefined when it is no object or has no such field. */
export function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}
