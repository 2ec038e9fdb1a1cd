/**
 * The definitions package carries a few elements of later drafts and of its vendor among those of FHIR 4.0.1.
 * Each path here (and all below it) is left out; `npm run generate` fails when one is no longer there.
 */
export const NOT_IN_R4: readonly string[] = [
  'Meta.project',
  'Meta.author',
  'Meta.onBehalfOf',
  'Meta.account',
  'Meta.accounts',
  'Meta.compartment',
  'Binary.url',
  'DeviceDefinition.bodySite',
  'DeviceDefinition.classification',
  'EvidenceVariable.characteristic.linkId',
  'EvidenceVariable.characteristic.note',
  'EvidenceVariable.characteristic.definitionReference',
  'EvidenceVariable.characteristic.definitionCanonical',
  'EvidenceVariable.characteristic.definitionCodeableConcept',
  'EvidenceVariable.characteristic.definitionExpression',
  'EvidenceVariable.characteristic.definitionId',
  'EvidenceVariable.characteristic.definitionByTypeAndValue',
  'EvidenceVariable.characteristic.definitionByCombination',
  'EvidenceVariable.characteristic.instances[x]',
  'EvidenceVariable.characteristic.duration[x]',
  'EvidenceVariable.characteristic.timeFromEvent',
  'ObservationDefinition.publisher',
  'ResearchStudy.name',
  'ResearchStudy.label',
  'ResearchStudy.studyDesign',
  'ResearchStudy.region',
  'ResearchStudy.descriptionSummary',
  'ResearchStudy.classifier',
  'ResearchStudy.associatedParty',
  'ResearchStudy.progressStatus',
  'ResearchStudy.whyStopped',
  'ResearchStudy.recruitment',
  'ResearchStudy.comparisonGroup',
  'ResearchStudy.outcomeMeasure',
  'ResearchStudy.result',
  'ResearchStudy.objective.description',
];

/** Resource types of later releases in the same files. */
export const TYPES_NOT_IN_R4: readonly string[] = ['SubscriptionStatus'];

/** Search parameters of later releases in the same files, by URL. */
export const PARAMETERS_NOT_IN_R4: readonly string[] = ['http://hl7.org/fhir/SearchParameter/DeviceDefinition-classification'];
