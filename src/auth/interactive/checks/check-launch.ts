import type { AuthorizeParams } from '../authorize-params';
import type { Launch } from '../launches';
import { Refusal } from './refusal';

/**
 * The EHR launch that a request belongs to. Handle and scope `launch` come together or not at all, and a handle that
 * is unknown, used, too old or another app's refuses the request: a context is never invented or widened.
 */
export async function checkLaunch(
  { launch: handle }: AuthorizeParams,
  scopes: readonly string[],
  find: (handle: string) => Promise<Launch | undefined>,
): Promise<Launch | undefined> {
  if (handle === undefined) {
    if (scopes.includes('launch') && !scopes.includes('launch/patient')) {
      throw new Refusal('invalid_request', 'The scope “launch” needs the parameter “launch” from the EHR; without it ask for launch/patient.');
    }
    return undefined;
  }
  if (!scopes.includes('launch')) throw new Refusal('invalid_request', 'The parameter “launch” needs the scope “launch”, requested and registered.');
  const launch = handle.length <= 512 ? await find(handle) : undefined;
  if (!launch) throw new Refusal('invalid_request', 'The launch has expired, was used before or belongs to another app. Open the app from the patient’s record again.');
  return launch;
}
