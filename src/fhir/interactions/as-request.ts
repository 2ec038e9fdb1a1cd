import { type Problem, SalusError } from '../../kernel';

const ENTRY = 'Bundle.entry[0]';

/** What is said of the only entry of a transaction, as its request was not in a Bundle at all. */
export function asRequest(error: unknown, type: string): unknown {
  if (!(error instanceof SalusError)) return error;
  if (error.cause instanceof SalusError) return error.cause;
  const { kind, message, problems, headers } = error;
  if (!problems.some(({ path }) => path?.startsWith(ENTRY))) return error;
  return new SalusError(kind, message, problems.map((problem) => told(problem, type)), { cause: error, headers });
}

/** `Bundle.entry[0].resource.id` → `Patient.id`; the parts of a request have no place in FHIRPath. */
function told({ path, ...problem }: Problem, type: string): Problem {
  const [, element] = /^Bundle\.entry\[0\]\.resource(\..+)$/.exec(path ?? '') ?? [];
  return { ...problem, ...(element !== undefined && { path: `${type}${element}` }) };
}
