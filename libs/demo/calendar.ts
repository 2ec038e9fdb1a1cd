/** A day as FHIR writes it: YYYY-MM-DD. */
export type IsoDate = string;

/** The clinic lies in Arizona, which keeps mountain standard time all year: one offset fits every instant. */
const CLINIC_OFFSET = '-07:00';
const DAY = 86_400_000;

const parse = (date: IsoDate) => new Date(`${date}T00:00:00Z`);
const format = (day: Date): IsoDate => day.toISOString().slice(0, 10);

export function addDays(date: IsoDate, days: number): IsoDate {
  return format(new Date(parse(date).getTime() + days * DAY));
}

/** Adds calendar months; the 31st of a shorter month becomes its last day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const day = parse(date);
  const wanted = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + months);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(wanted, last));
  return format(day);
}

export function addYears(date: IsoDate, years: number): IsoDate {
  return addMonths(date, years * 12);
}

export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((parse(to).getTime() - parse(from).getTime()) / DAY);
}

/** Age in months, with the days as a fraction; what growth charts are read by. */
export function monthsBetween(from: IsoDate, to: IsoDate): number {
  return daysBetween(from, to) / 30.4375;
}

/** Completed years, as an age is told. */
export function yearsBetween(from: IsoDate, to: IsoDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** Dates of this form sort as they follow each other. */
export function laterOf(one: IsoDate, other: IsoDate): IsoDate {
  return [one, other].sort()[1] as IsoDate;
}

/** The nearest earlier working day, since offices are closed at weekends. */
export function workday(date: IsoDate): IsoDate {
  const weekday = parse(date).getUTCDay();
  if (weekday === 0) return addDays(date, -2);
  return weekday === 6 ? addDays(date, -1) : date;
}

/** The instant so many minutes after midnight at the clinic; minutes past the day run into the next. */
export function instantAt(date: IsoDate, minutes: number): string {
  const day = addDays(date, Math.floor(minutes / 1440));
  const rest = ((minutes % 1440) + 1440) % 1440;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day}T${two(Math.floor(rest / 60))}:${two(rest % 60)}:00${CLINIC_OFFSET}`;
}
