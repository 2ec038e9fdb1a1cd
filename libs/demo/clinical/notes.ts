import type { Reference } from '#libs/fhir';
import { type NoteType, noteTypes } from '../codes/notes';
import { clinicSystem, systems, usCore } from '../codes/systems';
import { stableUuid } from '../identity';
import { fullName, practitioner } from '../practice/staff';
import { base64, type Code, coding, concept, loinc, refer } from '../values';
import { during, encounterOf, type Visit } from './encounters';

const plainText: Code = ['urn:ihe:iti:xds:2017:mimeTypeSufficient', 'mimeType Sufficient'];

export interface Attachment {
  contentType: string;
  language?: string;
  /** The content itself, or the address of the Binary that holds it. */
  data?: string;
  url?: string;
  size?: number;
  title: string;
  creation: string;
}

/** Keeps the content of an attachment in a Binary of the same patient; documents and reports that show it name its address. */
export function keptApart({ chart }: Visit, { data = '', ...attachment }: Attachment): Attachment {
  const binary = chart.add('Binary', { contentType: attachment.contentType, securityContext: chart.patient, data });
  return { ...attachment, url: `Binary/${binary.id}`, size: Buffer.from(data, 'base64').length };
}

/** Plain text as an attachment, headed with who wrote it about whom and when. */
export function textAttachment(visit: Visit, title: string, paragraphs: readonly string[]): Attachment {
  const { chart, on, clinician } = visit;
  const head = `${title}\nPatient: ${chart.patient.display} (${chart.person.recordNumber}), born ${chart.person.birthDate}\nDate: ${on}\nAuthor: ${fullName(clinician)}`;
  const data = base64([head, ...paragraphs].join('\n\n'));
  return { contentType: 'text/plain', language: 'en-US', data, title, creation: during(visit, 40) };
}

/** Files a clinical note of the visit. */
export function writeNote(visit: Visit, type: NoteType, paragraphs: readonly string[]): Reference {
  return fileNote(visit, type, textAttachment(visit, noteTypes[type][1], paragraphs));
}

/** Files an attachment that already exists, such as a report's, as a clinical note. */
export function fileNote(visit: Visit, type: NoteType, attachment: Attachment): Reference {
  const { chart } = visit;
  const document = chart.addProfiled('DocumentReference', 'us-core-documentreference', {
    identifier: [{ system: clinicSystem('document'), value: documentNumber(visit, type) }],
    status: 'current',
    docStatus: 'final',
    type: loinc(noteTypes[type]),
    category: [concept(systems.documentCategory, ['clinical-note', 'Clinical Note'])],
    subject: chart.patient,
    date: during(visit, 45),
    author: [practitioner(visit.clinician)],
    custodian: visit.facility.organization,
    content: [{ attachment, format: coding(systems.documentFormat, plainText) }],
    context: { encounter: [encounterOf(visit)], period: { start: visit.start, end: visit.end } },
  });
  return refer(document, noteTypes[type][1]);
}

/** The four parts of a progress note: what is told, found, thought of it, and to be done. */
export interface Soap {
  subjective: string;
  objective: string;
  assessment: string;
  plan: string;
}

export function writeProgressNote(visit: Visit, { subjective, objective, assessment, plan }: Soap): Reference {
  return writeNote(visit, 'progress', [
    `Subjective: ${subjective}`,
    `Objective: ${objective}`,
    `Assessment: ${assessment}`,
    `Plan: ${plan}`,
  ]);
}

/** Files an advance directive; a clinician attests that it was signed (US Core ADI DocumentReference). */
export function fileDirective(visit: Visit, type: 'livingWill' | 'doNotResuscitate', paragraphs: readonly string[]): Reference {
  const { chart } = visit;
  const written = textAttachment(visit, noteTypes[type][1], paragraphs);
  const document = chart.addProfiled('DocumentReference', 'us-core-adi-documentreference', {
    extension: [{ url: usCore('us-core-authentication-time'), valueDateTime: during(visit, 28) }],
    identifier: [{ system: clinicSystem('document'), value: documentNumber(visit, type) }],
    status: 'current',
    type: loinc(noteTypes[type]),
    category: [loinc(['42348-3', 'Advance healthcare directives'])],
    subject: chart.patient,
    date: during(visit, 28),
    author: [practitioner(visit.clinician)],
    authenticator: practitioner(visit.clinician),
    custodian: visit.facility.organization,
    content: [written, keptApart(visit, { ...written, title: `${written.title}, as signed` })].map((attachment) => ({
      attachment,
      format: coding(systems.documentFormat, plainText),
    })),
    context: { encounter: [encounterOf(visit)], period: { start: visit.start, end: visit.end } },
  });
  return refer(document, noteTypes[type][1]);
}

function documentNumber(visit: Visit, type: NoteType): string {
  return stableUuid(String(visit.encounter.id), 'note', type, visit.chart.filed.length);
}
