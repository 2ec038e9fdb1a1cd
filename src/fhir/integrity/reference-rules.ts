import { Inject, Injectable } from '@nestjs/common';
import { type FhirResource, parseJson } from '#libs/fhir';
import { CONFIG, type Config, siteUrls } from '../../config';
import type { Tx } from '../../database';
import { type Access, SalusError } from '../../kernel';
import { ResourceWriter, type Written } from '../store';
import { closeLinks } from './deletions';
import { danglingReferences } from './references';

/** Something written in this transaction, and how its request wants it. */
export interface Stored {
  written: Written;
  cascade?: boolean;
}

/** What this server promises of references: which may lead to nothing, and what a delete may leave behind. */
@Injectable()
export class ReferenceRules {
  constructor(
    private readonly writer: ResourceWriter,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get enforced(): boolean {
    return this.config.SALUS_REFERENCES === 'refuse';
  }

  /** To be called in the transaction of a write once everything is written; what it throws takes all of it back. */
  async checkDeletions(tx: Tx, access: Access, stored: readonly Stored[]): Promise<void> {
    const allowed = this.config.SALUS_DELETE_REFERENCED === 'allow';
    const deletions = stored
      .filter(({ written, cascade }) => written.outcome === 'deleted' && (cascade || !allowed))
      .map(({ written: { type, id }, cascade = false }) => ({ type, id, cascade }));
    await closeLinks(tx, access, this.writer, deletions, { base: this.base(access), current: this.enforced });
  }

  /** The same for what was stored: the refusals of those whose references lead to nothing, where that is not accepted. */
  async refusals(tx: Tx, access: Access, stored: readonly Stored[]): Promise<Map<Stored, SalusError>> {
    const changed = this.enforced ? stored.filter(({ written }) => written.outcome === 'created' || written.outcome === 'updated') : [];
    const resources = new Map(changed.map((one) => [parseJson(one.written.body.toString()) as FhirResource, one]));
    const dangling = await danglingReferences(tx, access, [...resources.keys()], this.base(access));
    return new Map([...dangling].map(([resource, names]) => [resources.get(resource)!, refusal(resource, names)]));
  }

  private base({ site }: Access): string {
    return siteUrls(this.config, site).fhir;
  }
}

const MOST_NAMED = 10;

function refusal({ resourceType }: FhirResource, names: readonly string[]): SalusError {
  const problems = names.slice(0, MOST_NAMED).map((name) => ({ rule: 'not-found', message: `This ${resourceType} refers to ${name}, which is not there.` }));
  return new SalusError('unprocessable', 'References must lead to resources that are there; store those first, or all in one transaction.', problems);
}
