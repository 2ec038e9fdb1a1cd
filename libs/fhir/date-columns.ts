/**
 * FHIR dateTime ↔ the date columns of the standard API (`YYYY-MM-DD HH:MM:SS` in UTC, or a date of less precision as it is).
 * The resource keeps the offset it was written with; only the column is in UTC.
 */
export function dateColumn(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (!value.includes('T')) return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** Undefined where the column is empty. Times of day without seconds, as older clients send them, get :00. */
export function dateTimeOf(column: string | null): string | undefined {
  if (!column) return undefined;
  const [day, time] = column.split(/[ T]/) as [string, string | undefined];
  if (!time) return day;
  return `${day}T${time.length === 5 ? `${time}:00` : time}Z`;
}
