const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True if the day exists in the Gregorian calendar; months and days count from 1. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (month === 2 && day === 29) return isLeapYear(year);
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0);
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
