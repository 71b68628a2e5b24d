import type { Response } from 'express';
import type { Reply } from './reply.ts';

/** Sends a route's answer; does nothing when the client is gone or has been answered. */
export function sendReply(response: Response, reply: Reply): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = reply.status;
  response.setHeader('Cache-Control', 'no-store');
  for (const name in reply.headers) response.setHeader(name, reply.headers[name] ?? '');
  if (reply.body === undefined) {
    if (reply.status !== 204) response.setHeader('Content-Length', 0);
    response.end();
    return;
  }
  const text = JSON.stringify(reply.body);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
