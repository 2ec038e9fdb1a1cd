import { Injectable } from '@nestjs/common';

/** Times of the delivery. */
@Injectable()
export class SubscriptionLimits {
  /** Before the first retry; each further one waits twice as long. */
  firstRetryMs = 5_000;
  longestRetryMs = 15 * 60_000;
  /** An endpoint that failed several times in a row is left alone for so long. */
  circuitMs = 60_000;
  /** A subscription whose endpoint has failed for so long is switched off. */
  giveUpMs = 24 * 3_600_000;
  /** A job works on one subscription for so long, then makes room for others. */
  turnMs = 15_000;
  /** Undelivered events beyond which a subscription is switched off. */
  backlog = 100_000;
  /** Bytes of resources in one notification. */
  notificationBytes = 8 * 1024 * 1024;
}
