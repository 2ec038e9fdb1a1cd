/** A part of a profile that is left out: the key of a constraint, `slicing` or `binding` at an element, and why. */
export interface NotCompiledProfilePart {
  /** End of the profile's URL. */
  profile: string;
  version?: string;
  path: string;
  part: string;
  reason: string;
}

/** `npm run generate` fails on a part that it cannot compile and that is not here, and on a line here that meets none. */
export const NOT_COMPILED_PARTS: readonly NotCompiledProfilePart[] = [
  { profile: 'lipidprofile', path: 'DiagnosticReport.result', part: 'slicing', reason: 'Told apart by what the references lead to, which is another resource.' },
  { profile: 'allergyintolerance-substanceExposureRisk', path: 'Extension', part: 'inv-1', reason: 'Speaks of the AllergyIntolerance around the extension as if it were part of it.' },
  ...['us-core-observation-lab', 'us-core-smokingstatus', 'us-core-observation-clinical-result'].map((profile) => {
    return { profile, version: '6.1.0', path: 'Observation.value[x]', part: 'us-core-3', reason: 'Asks the value for a value of its own; corrected in 7.0.0.' };
  }),
  { profile: 'us-core-observation-lab', version: '6.1.0', path: 'Observation.value[x]', part: 'us-core-4', reason: 'Asks the value for a value of its own; corrected in 7.0.0.' },
  ...['us-core-3', 'us-core-4'].map((part) => {
    return { profile: 'us-core-observation-lab', version: '3.1.1', path: 'Observation.value[x]', part, reason: 'Asks the value for a value of its own; corrected in 7.0.0.' };
  }),
  { profile: 'us-core-provenance', version: '3.1.1', path: 'Provenance.agent.onBehalfOf', part: 'provenance-1', reason: 'Asks the reference for agents of its own; corrected in 6.1.0.' },
  { profile: 'us-core-pulse-oximetry', version: '3.1.1', path: 'Observation.component.value[x]', part: 'binding', reason: 'Wants a unit of vital signs and fixes L/min, which is none of them; corrected in 6.1.0.' },
  { profile: 'us-core-condition', version: '3.1.1', path: 'Condition', part: 'us-core-1', reason: 'A recommendation on a category that need not be listed: memberOf() is no matter of the resource alone.' },
];
