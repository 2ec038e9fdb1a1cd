import { Inject, Injectable } from '@nestjs/common';
import { OutboundError, postJson } from '../../../auth';
import { CONFIG, type Config } from '../../../config';
import { rulesFor } from '../define/endpoint';
import type { StoredSubscription } from '../subscription.store';
import { Circuit } from './circuit';
import { signatureHeaders } from './signature';
import { SubscriptionLimits } from './subscription-limits';

/** Sends notifications to endpoints. */
@Injectable()
export class Sender {
  private readonly circuit: Circuit;

  constructor(
    limits: SubscriptionLimits,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.circuit = new Circuit(() => limits.circuitMs);
  }

  /** Undefined when the endpoint took it (2xx); else why not, in words that hold no secret. */
  async send({ definition: { endpoint, timeoutMs }, headers, secret }: StoredSubscription, body: Buffer): Promise<string | undefined> {
    if (this.circuit.isOpen(endpoint)) return 'The endpoint kept failing and is left alone for a while.';
    const fault = await this.attempt(endpoint, timeoutMs, { ...headers, ...signatureHeaders(secret, body), 'content-type': 'application/fhir+json; charset=utf-8' }, body);
    this.circuit.note(endpoint, fault === undefined);
    return fault;
  }

  private async attempt(url: string, timeoutMs: number, headers: Record<string, string>, body: Buffer): Promise<string | undefined> {
    try {
      const status = await postJson({ url, body, headers, timeoutMs, rules: rulesFor(url, this.config.SALUS_SUBSCRIPTION_HOSTS) });
      return status >= 200 && status < 300 ? undefined : `The endpoint answered ${status}.`;
    } catch (error) {
      if (error instanceof OutboundError) return `The endpoint failed: ${error.message}.`;
      throw error;
    }
  }
}
