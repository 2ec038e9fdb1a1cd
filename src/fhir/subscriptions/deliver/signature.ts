import { createHmac } from 'node:crypto';
import { clock, newUuid } from '../../../kernel';

/**
 * Headers that prove a notification: `X-Salus-Signature: sha256=` and the hexadecimal HMAC-SHA256, under the key that
 * `Subscription/[id]/$signing-secret` tells, of the value of `X-Salus-Timestamp` (seconds since 1970), a dot, and the body.
 */
export function signatureHeaders(secret: string, body: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  return { 'x-salus-timestamp': timestamp, 'x-salus-delivery': newUuid(), 'x-salus-signature': `sha256=${signature}` };
}
