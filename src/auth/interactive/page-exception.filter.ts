import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOrNone, log, SalusError } from '../../kernel';
import { OAuthError } from '../oauth/oauth-error';
import { OAuthExceptionFilter } from '../oauth/oauth-exception.filter';
import { AuthorizeRefused } from './authorize-refused';
import { messagePage } from './pages/message.page';
import { sendPage, sendRedirect } from './reply';

/** Failures of pages: to the app where its address was proven, else a readable page, or JSON for programs. */
@Catch()
export class PageExceptionFilter implements ExceptionFilter {
  private readonly json = new OAuthExceptionFilter();

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (thrown instanceof AuthorizeRefused) return refuse(thrown, reply);
    if (!wantsPage(http.getRequest<FastifyRequest>())) return this.json.catch(thrown, host);
    const { status, message, hint, headers } = told(thrown);
    void reply.headers(headers);
    sendPage(reply, messagePage(TITLES[status] ?? 'That did not work', message, { hint, requestId: contextOrNone()?.requestId }), status);
  }
}

const TITLES: Record<number, string> = {
  401: 'This app cannot be used',
  403: 'Not allowed',
  404: 'Not found',
  429: 'Too many attempts',
  500: 'Something went wrong on our side',
  503: 'Not available at the moment',
};

function refuse(refused: AuthorizeRefused, reply: FastifyReply): void {
  const note = contextOrNone()?.audit;
  if (note) note.action = `${note.action ?? 'authorize'}-refused`;
  sendRedirect(reply, refused.location);
}

export const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

interface Told {
  status: number;
  message: string;
  hint?: string;
  headers: Record<string, string>;
}

/** What the person is told; causes and stacks stay in the log. */
function told(thrown: unknown): Told {
  if (thrown instanceof OAuthError) return { status: thrown.status, message: thrown.description, hint: thrown.hint, headers: thrown.headers };
  if (thrown instanceof SalusError && thrown.status < 500) return { status: thrown.status, message: thrown.message, headers: thrown.headers };
  if (thrown instanceof HttpException && thrown.getStatus() < 500) return { status: thrown.getStatus(), message: thrown.message, headers: {} };
  log.error({ err: thrown }, 'page failed');
  const status = thrown instanceof SalusError ? thrown.status : 500;
  return { status, message: 'The server could not finish this. Try again in a moment.', headers: {} };
}
