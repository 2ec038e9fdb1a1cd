import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { log, SalusError } from '../../kernel';
import { OAuthError } from './oauth-error';

/** Renders every failure of an OAuth endpoint as RFC 6749 JSON that no cache keeps. */
@Catch()
export class OAuthExceptionFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = asOAuthError(thrown);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    reply
      .status(error.status)
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache', ...error.headers })
      .type('application/json; charset=utf-8')
      .send(error.body);
  }
}

function asOAuthError(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  if (thrown instanceof SalusError) return fromSalus(thrown);
  if (thrown instanceof HttpException) return fromStatus(thrown.getStatus(), thrown.message);
  log.error({ err: thrown }, 'authorization server failed');
  if (isPassing(thrown)) return new OAuthError('temporarily_unavailable', 'The server is busy. Try again.', { headers: { 'retry-after': '1' } });
  return new OAuthError('server_error', 'The authorization server failed. Try again later.');
}

/** Locked or unreachable databases: nothing was written, so the same request may succeed in a moment. */
const PASSING = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'ER_CON_COUNT_ERROR', 'SQLITE_BUSY', 'ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST']);

const isPassing = (thrown: unknown): boolean => PASSING.has(String((thrown as { code?: unknown } | null)?.code));

function fromSalus(error: SalusError): OAuthError {
  if (error.status >= 500) log.error({ err: error }, 'authorization server failed');
  return fromStatus(error.status, error.message, error.headers);
}

function fromStatus(status: number, message: string, headers: Record<string, string> = {}): OAuthError {
  const error = status >= 500 ? 'server_error' : status === 401 ? 'access_denied' : 'invalid_request';
  return new OAuthError(error, message, { status, headers });
}
