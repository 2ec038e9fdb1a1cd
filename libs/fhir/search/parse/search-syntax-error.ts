/** `not-supported` for what R4 has and this server has not, `value` for what R4 does not allow. */
export type SearchFault = 'value' | 'not-supported' | 'too-costly';

const NAME = /^:?[A-Za-z_][\w.:-]{0,99}$/;

/** What a request calls a parameter or modifier, to be said back to it. What cannot be such a name may be anything, so it is not repeated. */
export const quoted = (name: string): string => (NAME.test(name) ? `“${name}”` : 'what was given');

/** A search that cannot be carried out as asked. The message names the parameter, never its value. */
export class SearchSyntaxError extends Error {
  constructor(
    readonly parameter: string,
    message: string,
    readonly fault: SearchFault = 'value',
  ) {
    super(message);
    this.name = 'SearchSyntaxError';
  }
}
