import type { TestApp } from '../harness/start-app';

/** What a browser sees of one answer. */
export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  /** Where it was sent on to, when that is not on this server. */
  left: URL | undefined;
  /** Path and query it ended on. */
  at: string;
}

type Fields = [name: string, value: string][];

interface Visit {
  fields?: Fields;
  headers?: Record<string, string>;
  /** Stop at the first answer instead of following redirects. */
  once?: boolean;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!);
const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decode(value);
};

/** A browser without script: keeps cookies, follows redirects on this server, fills in forms. */
export class Browser {
  readonly cookies = new Map<string, string>();
  seen!: Seen;

  constructor(private readonly app: TestApp) {}

  async go(path: string, { fields, headers = {}, once = false }: Visit = {}): Promise<Seen> {
    const response = await fetch(new URL(path, this.app.url), {
      method: fields ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { accept: 'text/html,application/xhtml+xml', cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '), ...headers },
      ...(fields && { body: new URLSearchParams(fields) }),
    });
    this.keepCookies(response.headers.getSetCookie());
    const location = response.headers.get('location');
    const target = location === null ? undefined : new URL(location, this.app.url);
    this.seen = { status: response.status, headers: response.headers, text: await response.text(), left: undefined, at: path };
    if (!target) return this.seen;
    if (target.origin !== this.app.url) this.seen.left = target;
    else if (!once) return this.go(target.pathname + target.search);
    return this.seen;
  }

  /** Fields of the page's POST form as a browser would send them untouched. */
  fields(): Fields {
    const form = /<form method="post"[\s\S]*?<\/form>/.exec(this.seen.text)?.[0] ?? '';
    return [...form.matchAll(/<input [^>]*>/g)].flatMap(([tag]): Fields => {
      const name = attribute(tag, 'name');
      const ticks = /type="(checkbox|radio)"/.test(tag);
      return name && (!ticks || / checked/.test(tag)) ? [[name, attribute(tag, 'value') ?? '']] : [];
    });
  }

  /** Values of all checkboxes of scopes, ticked or not. */
  scopes(): string[] {
    return [...this.seen.text.matchAll(/<input type="checkbox" name="scope"[^>]*>/g)].map(([tag]) => attribute(tag, 'value')!);
  }

  /** Names on the buttons that choose a patient, with their values. */
  patients(): Map<string, string> {
    return new Map([...this.seen.text.matchAll(/<button [^>]*name="patient_id"[^>]*>([^<]*)</g)].map(([tag, name]) => [decode(name!), attribute(tag, 'value')!]));
  }

  /** Sends the page's form, with some fields set otherwise, some added and some scopes unticked. */
  async submit(changes: Record<string, string> = {}, unticked: string[] = [], ticked: string[] = []): Promise<Seen> {
    const action = attribute(/<form method="post"[^>]*>/.exec(this.seen.text)?.[0] ?? '', 'action') ?? this.seen.at;
    const kept = this.fields().filter(([name, value]) => !(name in changes) && !(name === 'scope' && unticked.includes(value)));
    return this.go(action, { fields: [...kept, ...ticked.map((scope): [string, string] => ['scope', scope]), ...Object.entries(changes)] });
  }

  signIn(username: string, password: string, more: Record<string, string> = {}): Promise<Seen> {
    return this.submit({ username, password, ...more });
  }

  choose(name: string): Promise<Seen> {
    const patient = this.patients().get(name);
    if (patient === undefined) throw new Error(`“${name}” is not among ${[...this.patients().keys()].join(', ')}.`);
    return this.submit({ patient_id: patient });
  }

  authorize(unticked: string[] = [], ticked: string[] = []): Promise<Seen> {
    return this.submit({ proceed: '1' }, unticked, ticked);
  }

  private keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) this.cookies.set(name, value);
      else if (name) this.cookies.delete(name);
    }
  }
}
