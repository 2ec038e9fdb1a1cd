import type { Code } from '../values';

/** The note types US Core asks every server for, and the two kinds of advance directive the clinic keeps. */
export const noteTypes = {
  consultation: ['11488-4', 'Consult note'],
  discharge: ['18842-5', 'Discharge summary'],
  history: ['34117-2', 'History and physical note'],
  procedure: ['28570-0', 'Procedure note'],
  progress: ['11506-3', 'Progress note'],
  imaging: ['18748-4', 'Diagnostic imaging study'],
  laboratory: ['11502-2', 'Laboratory report'],
  pathology: ['11526-1', 'Pathology study'],
  operation: ['11504-8', 'Surgical operation note'],
  emergency: ['34111-5', 'Emergency department Note'],
  livingWill: ['86533-7', 'Patient Living will'],
  doNotResuscitate: ['84095-9', 'Do not resuscitate'],
} satisfies Record<string, Code>;

export type NoteType = keyof typeof noteTypes;
