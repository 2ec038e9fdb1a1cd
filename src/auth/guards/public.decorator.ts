import { declare } from './route-rule';

/** A route that needs no access token. The reason is part of the declaration. */
export const Public = (why: string) => declare({ surface: 'public', why });
