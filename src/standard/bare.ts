import type { FastifyReply } from 'fastify';
import { type Problem, SalusError } from '../kernel';

/** A validation failure of a route without envelope: the body is the messages object alone. */
export class BareInvalid extends SalusError {
  readonly bare = true;

  constructor(problems: Problem[]) {
    super('invalid', 'The input is not valid.', problems);
  }
}

/** Bare style: the value itself, or 404 with an empty body where there is nothing (an empty list is nothing). */
export function sendBare(reply: FastifyReply, value: unknown, status = 200): void {
  const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (nothing) void reply.code(404).send();
  else void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(value));
}
