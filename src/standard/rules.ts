import { ValidateBy, type ValidationArguments } from 'class-validator';

/**
 * Field rules of the standard API as class-validator decorators. Each failure carries the code that the API's
 * clients know (`LengthBetween::TOO_SHORT` …), in the form `code|text`.
 */
const nameOf = (args: ValidationArguments, display?: string): string => display ?? args.property.replaceAll('_', ' ');

const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function rule(name: string, validate: (value: unknown) => boolean, code: string | ((value: unknown) => string), text: (field: string, value: unknown) => string, display?: string): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate,
      defaultMessage: (args) => `${typeof code === 'string' ? code : code(args!.value)}|${text(nameOf(args!, display), args!.value)}`,
    },
  });
}

/** Must be sent on create. `name` is how messages call the field. */
export const Required = (display?: string): PropertyDecorator =>
  rule('required', (value) => value !== undefined, 'Required::NON_EXISTENT_KEY', (field) => `${field} must be provided, but does not exist`, display);

/** Between `min` and `max` characters. */
export const Text = (min: number, max: number, display?: string): PropertyDecorator =>
  rule(
    'text',
    (value) => isText(value) && String(value).length >= min && String(value).length <= max,
    (value) => (!isText(value) ? 'IsString::NOT_A_STRING' : String(value).length < min ? 'LengthBetween::TOO_SHORT' : 'LengthBetween::TOO_LONG'),
    (field, value) => (isText(value) && String(value).length > max ? `${field} must be ${max} characters or shorter` : `${field} must be ${min} characters or longer`),
    display,
  );

export const Numeric = (display?: string): PropertyDecorator =>
  rule('numeric', (value) => isText(value) && /^-?\d{1,15}(\.\d{1,12})?$/.test(String(value).trim()), 'Numeric::NOT_NUMERIC', (field) => `${field} must be numeric`, display);

export const OneOf = (allowed: readonly string[], code = 'InArray::NOT_IN_ARRAY', display?: string): PropertyDecorator =>
  rule('oneOf', (value) => isText(value) && allowed.includes(String(value)), code, (field) => `${field} must be one of: ${allowed.join(', ')}`, display);

export const Email = (display?: string, code = 'Email::INVALID_VALUE'): PropertyDecorator =>
  rule('email', (value) => typeof value === 'string' && value.length <= 254 && /^[^\s@<>()]{1,64}@[^\s@.]{1,63}(\.[^\s@.]{1,63})+$/.test(value), code, (field) => `${field} must be a valid email address`, display);

export const Url = (): PropertyDecorator =>
  rule('url', (value) => typeof value === 'string' && value.length <= 255 && URL.canParse(value) && /^https?:/i.test(value), 'Url::INVALID_URL', (field) => `${field} must be a valid URL`);

/** A calendar day that exists, `YYYY-MM-DD`. */
export const isSqlDate = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

export const SqlDate = (display?: string): PropertyDecorator =>
  rule('sqlDate', isSqlDate, 'DateTime::INVALID_VALUE', (field) => `${field} must be a valid date`, display);

const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** `YYYY-MM-DD` with or without `HH:MM[:SS]`. */
export const SqlDateTime = (display?: string): PropertyDecorator =>
  rule(
    'sqlDateTime',
    (value) => {
      if (typeof value !== 'string') return false;
      const [day, time, ...rest] = value.split(/[ T]/);
      return rest.length === 0 && isSqlDate(day) && (time === undefined || TIME.test(time));
    },
    'DateTime::INVALID_VALUE',
    (field) => `${field} must be a valid date`,
    display,
  );
