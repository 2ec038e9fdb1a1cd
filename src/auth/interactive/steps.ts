import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Flow, type Step } from './flow';
import { type Interaction, Interactions } from './interactions';
import { interactionGone } from './interaction-gone';
import { PagePaths } from './pages.paths';
import { sendRedirect } from './reply';
import { Sessions, type WebSession } from './sessions';

/** A request under way with the session it belongs to and what it needs next. */
export interface Progress {
  interaction: Interaction;
  session: WebSession;
  step: Step;
}

const PAGE = { 'sign-in': 'provider/login', patient: 'smart/patient-select', consent: 'scope-authorize-confirm' } as const;

/** Leads the browser along the flow. */
@Injectable()
export class Steps {
  constructor(
    private readonly sessions: Sessions,
    private readonly interactions: Interactions,
    private readonly flow: Flow,
    private readonly paths: PagePaths,
  ) {}

  /** The interaction that a page of this browser names. Throws when it is over, or another browser's. */
  async resume(request: FastifyRequest, handle: string | undefined): Promise<Progress> {
    const session = await this.sessions.current(request);
    const interaction = session && handle ? await this.interactions.find(session.id, handle) : undefined;
    if (!session || !interaction) throw interactionGone();
    return { session, interaction, step: await this.flow.next(interaction, session) };
  }

  /** Sends the browser to the page of this step, or with the answer to the app. */
  go(reply: FastifyReply, { interaction, step }: Pick<Progress, 'interaction' | 'step'>): void {
    const location = step.page === 'answer' ? step.location : this.paths.of(PAGE[step.page], { interaction: interaction.handle });
    sendRedirect(reply, location);
  }
}
