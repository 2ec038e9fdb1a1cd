import { reading } from '#libs/fhir';

const { text, list } = reading;

/** Stands between the notes of one resource in the one column there is for them. */
const BETWEEN = '\n---\n';

/** `comments` of the notes of a resource. */
export const readNotes = (notes: unknown): string | null => list(notes).flatMap((note) => text(note.text) ?? []).join(BETWEEN) || null;

export const notesOf = (comments: string | null): unknown[] => (comments ?? '').split(BETWEEN).flatMap((part) => (part ? [{ text: part }] : []));
