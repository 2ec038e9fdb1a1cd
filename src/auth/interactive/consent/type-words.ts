/** FHIR types in the words of someone who is not a programmer, in the order in which a consent page lists them. */
export const TYPE_WORDS: Readonly<Record<string, string>> = {
  Patient: 'Name, birth date and contact details',
  AllergyIntolerance: 'Allergies and intolerances',
  Condition: 'Health conditions and diagnoses',
  MedicationRequest: 'Prescriptions',
  MedicationDispense: 'Medicines handed out',
  Medication: 'Medicine details',
  Observation: 'Test results, vital signs and other observations',
  DiagnosticReport: 'Lab and imaging reports',
  Specimen: 'Samples taken for tests',
  Immunization: 'Vaccinations',
  Procedure: 'Procedures and operations',
  Encounter: 'Visits',
  Appointment: 'Appointments',
  DocumentReference: 'Clinical notes and documents',
  Binary: 'Contents of documents',
  Media: 'Pictures and recordings',
  CarePlan: 'Care plans',
  CareTeam: 'Care team',
  Goal: 'Health goals',
  ServiceRequest: 'Orders and referrals',
  Device: 'Implants and devices',
  Coverage: 'Insurance coverage',
  QuestionnaireResponse: 'Answers to questionnaires',
  RelatedPerson: 'Family and contact persons',
  Provenance: 'Where each record came from',
  Practitioner: 'Doctors and nurses',
  PractitionerRole: 'Roles of doctors and nurses',
  Organization: 'Clinics and organisations',
  Location: 'Places of care',
  Questionnaire: 'Questionnaires',
  Group: 'Patient groups',
  Person: 'People',
  ValueSet: 'Code lists',
};

/** Standard and portal API resources. */
export const RESOURCE_WORDS: Readonly<Record<string, string>> = {
  patient: 'Patients', encounter: 'Visits', vital: 'Vital signs', soap_note: 'Visit notes', allergy: 'Allergies',
  medical_problem: 'Health problems', medication: 'Medications', prescription: 'Prescriptions', surgery: 'Operations',
  dental_issue: 'Dental problems', immunization: 'Vaccinations', procedure: 'Orders and results', document: 'Documents',
  appointment: 'Appointments', insurance: 'Insurance', insurance_company: 'Insurance companies', insurance_type: 'Insurance types',
  employer: 'Employers', transaction: 'Referrals and transactions', message: 'Messages', facility: 'Facilities',
  practitioner: 'Doctors and nurses', user: 'Staff', drug: 'Drug stock', product: 'Product registration', list: 'Pick lists', version: 'Version of the server',
};

/** Categories that sub-choices are made of (SMART 2.2 granular scopes in US Core), by code. */
export const CATEGORY_WORDS: Readonly<Record<string, string>> = {
  'encounter-diagnosis': 'Diagnoses made at visits',
  'problem-list-item': 'The problem list',
  'health-concern': 'Health concerns',
  laboratory: 'Laboratory results',
  'vital-signs': 'Vital signs',
  'social-history': 'Social history',
  sdoh: 'Living situation (social determinants of health)',
  survey: 'Surveys and screenings',
  procedure: 'Clinical tests',
  'clinical-note': 'Clinical notes',
};

/** Who you are, connections, and lasting access. */
export const WORD_WORDS: Readonly<Record<string, readonly [title: string, about: string]>> = {
  fhirUser: ['Your profile', 'Which person in this clinic’s records you are'],
  profile: ['Your name', 'Name and user name'],
  name: ['Your full name', ''],
  given_name: ['Your first name', ''],
  family_name: ['Your last name', ''],
  nickname: ['Your nickname', ''],
  email: ['Your e-mail address', ''],
  email_verified: ['That your e-mail address is confirmed', ''],
  phone: ['Your phone number', ''],
  phone_verified: ['That your phone number is confirmed', ''],
  address: ['Your postal address', ''],
  launch: ['What is open in the record', 'The patient and visit on your screen'],
  'launch/patient': ['Which patient is chosen', 'The app learns whose record it works with'],
  'api:oemr': ['Use the clinic’s own interface', 'Needed for the clinic data above'],
  'api:fhir': ['Use the FHIR interface', 'Needed for health records'],
  'api:port': ['Use the patient portal’s interface', 'Needed for portal data'],
  online_access: ['Stay connected while you are signed in', ''],
  offline_access: ['Stay connected when you are away', ''],
};

/** `MedicationStatement` reads as “Medication statement” when there are no better words. */
export const spelledOut = (name: string): string => {
  const words = name.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
