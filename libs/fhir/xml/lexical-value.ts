import { PRIMITIVE_TYPES } from '../definitions/primitive-types';
import { Decimal, isKeptByJavaScript } from '../json/decimal';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The JSON value of what XML has as text; undefined where it is none of the type. Value spaces are for the validation to judge. */
export function lexicalValue(text: string, type: string): string | number | boolean | Decimal | undefined {
  switch (PRIMITIVE_TYPES.get(type)?.json) {
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'number': return NUMBER.test(text) ? (isKeptByJavaScript(text) ? Number(text) : new Decimal(text)) : undefined;
    default: return text;
  }
}
