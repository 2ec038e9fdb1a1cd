import type { SearchRequest } from '#libs/fhir';
import type { Access } from '../../../kernel';
import { readPosition, signPosition } from './page-link';
import type { Position } from './page-order';

/** The search itself, whichever of its pages is asked for: where it is made, and what it asks. */
const questionOf = (path: string, request: SearchRequest): unknown => [path, request.type, request.used.filter(([name]) => name !== '_cursor')];

export const writeCursor = (secret: string, access: Access, path: string, request: SearchRequest, position: Position): string => signPosition(secret, access, questionOf(path, request), position);

/** The position in `request.cursor`. Throws `invalid` for a link that was edited, or made for another caller or search. */
export const readCursor = (secret: string, access: Access, path: string, request: SearchRequest): Position => readPosition(secret, access, questionOf(path, request), request.cursor!) as Position;
