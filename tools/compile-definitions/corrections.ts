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

/**
 * Expressions of components that contradict the parameters they are components of, by the URL of the composite:
 * R4 swaps code and target of a relation, writes a data type in another case, and takes all types of a choice.
 */
export const COMPONENT_EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  'http://hl7.org/fhir/SearchParameter/DocumentReference-relationship': ['target', 'code'],
  'http://hl7.org/fhir/SearchParameter/Group-characteristic-value': ['code', 'value.as(CodeableConcept) | value.as(boolean)'],
  'http://hl7.org/fhir/SearchParameter/Observation-code-value-date': ['code', 'value.as(dateTime) | value.as(Period)'],
};
