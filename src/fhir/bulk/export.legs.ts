import { compartmentTypes } from '#libs/fhir';
import type { ExportCheckpoint, ExportFile, ExportPayload } from './export.job';
import { changeWalk, deletionWalk, type ChangeAudience } from './walk/change.walk';
import { memberWalk } from './walk/member.walk';
import { snapshotWalk } from './walk/snapshot.walk';
import type { Walk, WalkScope } from './walk/walk';

/** One stretch of an export: a type's resources, or its deletions. */
export interface Leg {
  list: ExportFile['list'];
  type: string;
  walk(scope: WalkScope): Walk;
}

/** The stretches of an export, in the order in which they are gone. The same for every start of a job. */
export function legsOf(payload: ExportPayload, { types }: ExportCheckpoint): Leg[] {
  const resources = types.map((type): Leg => ({ list: 'output', type, walk: (scope) => resourceWalk(payload, type, scope) }));
  if (payload.since === undefined) return resources;
  const deletions = types.map((type): Leg => ({ list: 'deleted', type, walk: (scope) => deletionWalk(scope, type, audienceOf(payload, type)) }));
  return [...resources, ...deletions];
}

function resourceWalk(payload: ExportPayload, type: string, scope: WalkScope): Walk {
  const audience = audienceOf(payload, type);
  if (payload.since !== undefined) return changeWalk(scope, type, audience);
  return audience === 'members' ? memberWalk(scope, type) : snapshotWalk(scope, type, audience);
}

/** At Patient and Group level: the compartments' own, and of the shared types what is nobody's record. */
function audienceOf({ level }: ExportPayload, type: string): ChangeAudience {
  if (level === 'system') return 'all';
  if (!compartmentTypes.has(type)) return 'nobody';
  return level === 'group' ? 'members' : 'patients';
}
