import { Injectable } from '@nestjs/common';
import { conflict, invalid, log } from '../../kernel';
import { isAclGroup } from '../acl/groups';
import { WindowLimiter } from '../limits/window-limiter';
import { Tokens } from '../tokens/tokens';
import type { Account, AccountKind, Credentials, NewAccount } from './account';
import { AccountStore } from './account.store';
import { hashPassword, MAX_PASSWORD, verifyPassword } from './passwords';
import { SignInFailures } from './sign-in-failures';

/** Failures from one address, over all names, before it has to wait. */
const PER_ADDRESS = 100;
const WINDOW = 10 * 60_000;

/** People who sign in, and the rules for letting them. */
@Injectable()
export class Accounts {
  private readonly byAddress = new WindowLimiter(PER_ADDRESS, WINDOW);

  constructor(
    private readonly store: AccountStore,
    private readonly failures: SignInFailures,
    private readonly tokens: Tokens,
  ) {}

  /**
   * The account, or undefined: for a wrong name, password or e-mail, a disabled account and one that is locked for
   * the moment alike. The work done is the same in each case, so that neither answer nor time tells them apart.
   */
  async authenticate(credentials: Credentials): Promise<Account | undefined> {
    const locked = this.tooMany(credentials) || (await this.failures.lockedFor(credentials)) > 0;
    const known = await this.store.byUsername(credentials.kind, credentials.username);
    const proven = await verifyPassword(known?.passwordHash, credentials.password);
    if (known && proven && !locked && known.account.enabled && emailMatches(known.account, credentials)) {
      await this.failures.clear(credentials);
      return known.account;
    }
    // Tries during a lock do not lengthen it: who keeps guessing must not keep the owner out.
    if (!locked) await this.failures.record(credentials);
    if (credentials.address) this.byAddress.take(credentials.address);
    log.warn({ event: 'sign-in-failed', kind: credentials.kind, locked }, 'sign-in failed');
    return undefined;
  }

  private tooMany({ address }: Credentials): boolean {
    return address !== undefined && this.byAddress.blocked(address) > 0;
  }

  byId(kind: AccountKind, id: string): Promise<Account | undefined> {
    return this.store.byId(kind, id);
  }

  async byUsername(kind: AccountKind, username: string): Promise<Account | undefined> {
    return (await this.store.byUsername(kind, username))?.account;
  }

  list(kind: AccountKind): Promise<Account[]> {
    return this.store.list(kind);
  }

  async create(given: NewAccount): Promise<Account> {
    assertComplete(given);
    if (await this.store.byUsername(given.kind, given.username)) throw conflict(`The user name ${given.username} is taken.`);
    return this.store.add(given, await hashPassword(given.password));
  }

  /** Ends every token of the account: a password is changed because the old one may be known. */
  async setPassword(kind: AccountKind, id: string, password: string): Promise<boolean> {
    assertPassword(password);
    const changed = await this.store.setPasswordHash(kind, id, await hashPassword(password));
    await this.tokens.revokeAccount(kind, id);
    return changed;
  }

  async disable(kind: AccountKind, id: string): Promise<boolean> {
    const changed = await this.store.setEnabled(kind, id, false);
    await this.tokens.revokeAccount(kind, id);
    return changed;
  }

  enable(kind: AccountKind, id: string): Promise<boolean> {
    return this.store.setEnabled(kind, id, true);
  }
}

const sameAddress = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a.trim().toLowerCase() === b?.trim().toLowerCase();

const emailMatches = (account: Account, { email }: Credentials): boolean => account.kind === 'users' || sameAddress(account.email, email);

function assertPassword(password: string): void {
  if (password.length === 0 || password.length > MAX_PASSWORD) throw invalid(`A password has 1 to ${MAX_PASSWORD} characters.`);
}

function assertComplete(given: NewAccount): void {
  assertPassword(given.password);
  if (!/^[^\p{C}\s]{1,150}$/u.test(given.username)) throw invalid('A user name has 1 to 150 characters without spaces.');
  if (given.kind === 'users' && !isAclGroup(given.group ?? '')) throw invalid(`“${given.group ?? ''}” is not a group of the access control list.`);
  if (given.kind === 'patient' && !given.patient) throw invalid('A portal account belongs to a patient.');
  if (given.kind === 'patient' && !given.email) throw invalid('A portal account needs the e-mail address the patient signs in with.');
}
