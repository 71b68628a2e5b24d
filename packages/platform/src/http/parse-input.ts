import type { Request } from 'express';
import type { z } from 'zod';
import type { FieldError } from '../domain-error.ts';
import { fieldErrors } from './field-errors.ts';
import { hostileText, maySmuggle } from './hostile-text.ts';
import { invalidRequest } from './invalid-request.ts';
import { parseQuery } from './parse-query.ts';
import { invalidJson } from './read-body.ts';
import type { AnyRoute } from './route.ts';

/** A request's three parts as its route's schemas made them. */
export interface ParsedInput {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

/**
 * Parses what a request brings by its route's schemas; all that is wrong is told at once.
 * @throws ProblemError 400 `invalid-json` or `invalid-request`
 */
export function parseInput(route: AnyRoute, request: Request, bodyText: string | undefined): ParsedInput {
  const json = bodyText === undefined ? undefined : parseJson(bodyText);
  const query = parseQuery(request.url);
  const errors: FieldError[] = [];
  const check = (schema: z.ZodObject | undefined, value: unknown, where: FieldError['in'], walk: boolean) => {
    const hostile = walk ? hostileText(value, where) : undefined;
    if (hostile) errors.push(hostile);
    if (hostile || schema === undefined) return {};
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    errors.push(...fieldErrors(result.error, where));
    return {};
  };
  const input = {
    params: check(route.params, request.params, 'params', true),
    query: check(route.query, query, 'query', true),
    body: check(route.body, json, 'body', bodyText !== undefined && maySmuggle(bodyText)),
  };
  if (errors.length > 0) throw invalidRequest(errors);
  return input;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson('The body is not JSON.');
  }
}
