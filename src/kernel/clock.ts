/** The time, behind one door, so that a test can move it. */
export const clock = { now: (): number => Date.now() };

/** FHIR instant in UTC with milliseconds. */
export const instant = (ms = clock.now()): string => new Date(ms).toISOString();

/** `YYYY-MM-DD HH:MM:SS` in UTC, the date-time form of the standard API. */
export const sqlDateTime = (ms = clock.now()): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export const sqlDate = (ms = clock.now()): string => new Date(ms).toISOString().slice(0, 10);
