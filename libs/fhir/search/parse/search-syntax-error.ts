/** `not-supported` for what R4 has and this server has not, `value` for what R4 does not allow. */
export type SearchFault = 'value' | 'not-supported' | 'too-costly';

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
