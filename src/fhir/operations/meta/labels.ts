import type { Coding, ResourceMeta } from '#libs/fhir';

/** What the $meta operations speak of; everything else in `meta` is the server’s. */
export interface Labels {
  profile: string[];
  security: Coding[];
  tag: Coding[];
}

export const labelsOf = (meta: ResourceMeta | undefined): Labels => ({ profile: meta?.profile ?? [], security: meta?.security ?? [], tag: meta?.tag ?? [] });

/** Codings are the same label where system and code are; how they are displayed says nothing. */
const sameCoding = (a: Coding, b: Coding): boolean => a.system === b.system && a.code === b.code;

/** Sets: what is there already is not added again (R4 resource-operation-meta-add). */
export function withLabels(labels: Labels, more: Labels): Labels {
  return {
    profile: [...new Set([...labels.profile, ...more.profile])],
    security: united(labels.security, more.security),
    tag: united(labels.tag, more.tag),
  };
}

/** What is not there is no error (R4 resource-operation-meta-delete). */
export function withoutLabels(labels: Labels, gone: Labels): Labels {
  const rest = (from: readonly Coding[], these: readonly Coding[]) => from.filter((one) => !these.some((other) => sameCoding(one, other)));
  return { profile: labels.profile.filter((one) => !gone.profile.includes(one)), security: rest(labels.security, gone.security), tag: rest(labels.tag, gone.tag) };
}

function united(labels: readonly Coding[], more: readonly Coding[]): Coding[] {
  const all = [...labels];
  for (const one of more) if (!all.some((other) => sameCoding(one, other))) all.push(one);
  return all;
}

/** `meta` with these labels in place of its own; an empty list is no JSON of FHIR. */
export function labelled(meta: ResourceMeta | undefined, labels: Labels): ResourceMeta {
  const { profile: _p, security: _s, tag: _t, ...rest } = meta ?? {};
  const lists = Object.entries(labels).filter(([, list]) => (list as unknown[]).length > 0);
  return { ...rest, ...Object.fromEntries(lists) };
}
