/** Canonical addresses of the code and identifier systems the clinic uses. */
export const systems = {
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  mvx: 'http://hl7.org/fhir/sid/mvx',
  cpt: 'http://www.ama-assn.org/go/cpt',
  cdt: 'http://www.ada.org/cdt',
  ucum: 'http://unitsofmeasure.org',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  clia: 'urn:oid:2.16.840.1.113883.4.7',
  naic: 'urn:oid:2.16.840.1.113883.6.300',
  ssn: 'http://hl7.org/fhir/sid/us-ssn',
  cdcRace: 'urn:oid:2.16.840.1.113883.6.238',
  language: 'urn:ietf:bcp:47',
  taxonomy: 'http://nucc.org/provider-taxonomy',
  paymentType: 'https://nahdo.org/sopt',
  dischargeStatus: 'http://terminology.hl7.org/CodeSystem/nubc-UB92',
  occupation: 'http://terminology.hl7.org/CodeSystem/PHOccupationalDataForHealthODH',
  usCoreCategory: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category',
  carePlanCategory: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
  healthConcern: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category',
  documentCategory: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
  transmitter: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type',
  documentFormat: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode',
} as const;

/** Identifier and canonical addresses the demo clinic itself assigns; `.example` is reserved (RFC 2606). */
export const clinicSystem = (name: string) => `https://cedarmesa.example/${name}`;

/** A code system published at terminology.hl7.org. */
export const hl7 = (name: string) => `http://terminology.hl7.org/CodeSystem/${name}`;

/** A US Core profile or extension; unversioned, since one store serves clients of several versions. */
export const usCore = (name: string) => `http://hl7.org/fhir/us/core/StructureDefinition/${name}`;
