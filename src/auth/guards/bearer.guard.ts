import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { invalid, SalusError } from '../../kernel';
import type { CheckedToken } from '../tokens/checked-token';
import { BearerStrategy } from './bearer.strategy';

/** What the strategy gets to see of a request: it would also take tokens from the query and the body. */
interface HeaderOnly {
  headers: { authorization?: string };
  user?: CheckedToken;
}

type WithView = FastifyRequest & { bearerView?: HeaderOnly };

/** Authenticates by the Authorization header and nothing else (RFC 6750 §2.1, RFC 9700 §4.3). */
@Injectable()
export class BearerGuard extends AuthGuard() {
  constructor(private readonly strategy: BearerStrategy) {
    super({ defaultStrategy: strategy.name });
  }

  /** The caller's token, checked. Throws 401 without a valid one, 400 when two are sent. */
  async authenticate(execution: ExecutionContext): Promise<CheckedToken> {
    const known = this.known(execution);
    if (known) return known;
    await this.canActivate(execution);
    return this.getRequest(execution).user!;
  }

  /** The common case without the detour: a header that is as it should be, and a token found valid lately. The strategy judges all else. */
  known(execution: ExecutionContext): CheckedToken | undefined {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    if (sentTwice(request)) throw invalid('Send one Authorization header.');
    const { authorization } = request.headers;
    return authorization?.startsWith(SCHEME) ? this.strategy.known(authorization.slice(SCHEME.length)) : undefined;
  }

  override getRequest(execution: ExecutionContext): HeaderOnly {
    const request = execution.switchToHttp().getRequest<WithView>();
    request.bearerView ??= { headers: { authorization: request.headers.authorization } };
    return request.bearerView;
  }

  override handleRequest<T>(error: unknown, user: T | false | null | undefined, challenge: unknown): T {
    if (error) throw error;
    if (!user) throw new SalusError('unauthenticated', 'A valid access token is required.', [], { headers: { 'www-authenticate': headerOf(challenge) } });
    return user;
  }
}

const SCHEME = 'Bearer ';

/** Node keeps the first of several and drops the rest; the raw list tells. */
function sentTwice({ raw: { rawHeaders } }: FastifyRequest): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === HEADER.length && name.toLowerCase() === HEADER) count += 1;
  }
  return count > 1;
}

const HEADER = 'authorization';

/** The strategy answers a malformed header with a status instead of a challenge. */
const headerOf = (challenge: unknown): string => (typeof challenge === 'string' ? challenge : 'Bearer realm="Salus", error="invalid_token"');
