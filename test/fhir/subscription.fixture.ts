import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  bundle: NotificationBundle;
}

export interface NotificationBundle {
  type: string;
  meta: { profile: string[] };
  entry: { fullUrl: string; resource?: Record<string, unknown> & { parameter?: Parameter[] }; request: { method: string; url: string }; response: { status: string } }[];
}

interface Parameter { name: string; part?: Parameter[]; [value: string]: unknown }

/** An endpoint on this machine that keeps what it is sent. */
export interface Receiver {
  host: string;
  url: string;
  received: Received[];
  /** What it answers from now on. */
  answer: number;
  /** Resolves with the first `count` notifications that fit, as soon as they are there. */
  wait(fits: (one: Received) => boolean, count?: number): Promise<Received[]>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const text = Buffer.concat(parts).toString();
      received.push({ headers: request.headers, text, bundle: JSON.parse(text) as NotificationBundle });
      response.writeHead(receiver.answer, { location: receiver.url }).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = {
    host,
    url: `http://${host}/hook`,
    received,
    answer: 200,
    wait: (fits, count = 1) => until(() => {
      const found = received.filter(fits);
      return found.length >= count ? found.slice(0, count) : undefined;
    }, () => `notification; received: ${received.map(typeOf).join(', ')}`),
    close: () => new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    }),
  };
  return receiver;
}

const PATIENCE_MS = 20_000;

export async function until<T>(look: () => T | undefined | Promise<T | undefined>, what: () => string = () => 'change'): Promise<T> {
  for (const started = Date.now(); ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - started > PATIENCE_MS) throw new Error(`No such ${what()}`);
    await new Promise((wait) => setTimeout(wait, 25));
  }
}

const statusOf = ({ bundle }: Received): Parameter[] => bundle.entry[0]!.resource!.parameter!;
const valueNamed = (parameters: Parameter[], name: string): unknown => {
  const { name: _, part: __, ...value } = parameters.find((one) => one.name === name) ?? { name };
  return Object.values(value)[0];
};

export const typeOf = (one: Received): string => String(valueNamed(statusOf(one), 'type'));
export const subscriptionOf = (one: Received): string => String((valueNamed(statusOf(one), 'subscription') as { reference: string }).reference).split('/').at(-1)!;
export const numbersOf = (one: Received): number[] => statusOf(one).filter(({ name }) => name === 'notification-event').map(({ part }) => Number(valueNamed(part!, 'event-number')));
export const focusesOf = (one: Received): (string | undefined)[] => statusOf(one).filter(({ name }) => name === 'notification-event').map(({ part }) => (valueNamed(part!, 'focus') as { reference?: string } | undefined)?.reference?.split('/').slice(-2).join('/'));
export const statusParameter = (one: Received, name: string): unknown => valueNamed(statusOf(one), name);
/** The events told to one subscription. */
export const eventsFor = (id: string) => (one: Received): boolean => subscriptionOf(one) === id && typeOf(one) === 'event-notification';
