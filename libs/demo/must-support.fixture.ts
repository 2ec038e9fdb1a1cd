/**
 * Must-support elements of US Core 8.0.0 that can fit a living person, by profile; a choice of types is named
 * without its type. Left out: elements a profile only inherits and cannot use (components of single values), the
 * url of an attachment whose data is given, and what belongs to the practice rather than to a patient.
 */
const vitalSign = 'status category code subject effective performer value dataAbsentReason';

export const mustSupport: Record<string, string> = {
  'head-occipital-frontal-circumference-percentile': vitalSign,
  'pediatric-bmi-for-age': vitalSign,
  'pediatric-weight-for-height': vitalSign,
  'us-core-bmi': vitalSign,
  'us-core-body-height': vitalSign,
  'us-core-body-temperature': vitalSign,
  'us-core-body-weight': vitalSign,
  'us-core-head-circumference': vitalSign,
  'us-core-heart-rate': vitalSign,
  'us-core-respiratory-rate': vitalSign,
  'us-core-adi-documentreference':
    'identifier status type category subject date author authenticator content content.attachment content.attachment.contentType content.attachment.data content.format',
  'us-core-allergyintolerance': 'clinicalStatus verificationStatus code patient recorder reaction reaction.manifestation',
  'us-core-average-blood-pressure': 'status category code subject effective performer component component.value component.dataAbsentReason',
  'us-core-blood-pressure':
    'status category code subject effective performer dataAbsentReason component component.code component.value component.dataAbsentReason',
  'us-core-care-experience-preference': 'status category code subject effective performer value',
  'us-core-careplan': 'text text.status text.div status intent category subject contributor',
  'us-core-careteam': 'status subject participant participant.role participant.member',
  'us-core-condition-encounter-diagnosis': 'category code subject encounter recordedDate recorder',
  'us-core-condition-problems-health-concerns':
    'clinicalStatus verificationStatus category code subject onset abatement recordedDate recorder',
  'us-core-coverage': 'identifier status type subscriberId beneficiary relationship period payor class',
  'us-core-diagnosticreport-lab': 'status category code subject encounter effective issued performer resultsInterpreter result',
  'us-core-diagnosticreport-note':
    'status category code subject encounter effective issued performer resultsInterpreter result presentedForm',
  'us-core-documentreference':
    'identifier status type category subject date author content content.attachment content.attachment.contentType content.attachment.data content.format context context.encounter context.period',
  'us-core-encounter':
    'identifier identifier.system identifier.value status class type subject participant participant.type participant.period participant.individual period reasonCode reasonReference hospitalization hospitalization.dischargeDisposition location location.location serviceProvider',
  'us-core-goal': 'lifecycleStatus description subject start target target.due expressedBy',
  'us-core-immunization':
    'status statusReason vaccineCode patient encounter occurrence primarySource location lotNumber performer performer.actor',
  'us-core-implantable-device':
    'udiCarrier udiCarrier.deviceIdentifier udiCarrier.carrierHRF distinctIdentifier manufactureDate expirationDate lotNumber serialNumber type patient',
  'us-core-medicationdispense':
    'status medication subject context performer performer.actor authorizingPrescription type quantity whenHandedOver dosageInstruction dosageInstruction.text dosageInstruction.timing dosageInstruction.route dosageInstruction.doseAndRate dosageInstruction.doseAndRate.dose',
  'us-core-medicationrequest':
    'status intent category reported medication subject encounter authoredOn requester reasonCode reasonReference dosageInstruction dosageInstruction.text dosageInstruction.timing dosageInstruction.route dosageInstruction.doseAndRate dosageInstruction.doseAndRate.dose dispenseRequest dispenseRequest.numberOfRepeatsAllowed dispenseRequest.quantity',
  'us-core-observation-adi-documentation': 'status category code subject issued performer value',
  'us-core-observation-clinical-result': 'status category code subject encounter effective performer value dataAbsentReason',
  'us-core-observation-lab':
    'status category code code.text subject encounter effective performer value dataAbsentReason interpretation specimen referenceRange',
  'us-core-observation-occupation': 'status category code subject performer component',
  'us-core-observation-pregnancyintent': 'status category code subject performer',
  'us-core-observation-pregnancystatus': 'status category code subject performer',
  'us-core-observation-screening-assessment':
    'status category code subject effective performer value dataAbsentReason hasMember derivedFrom',
  'us-core-observation-sexual-orientation': 'status code subject effective',
  'us-core-patient':
    'identifier identifier.system identifier.value name name.use name.family name.given name.suffix name.period telecom telecom.system telecom.value telecom.use birthDate address address.use address.line address.city address.state address.postalCode address.period communication communication.language',
  'us-core-procedure': 'basedOn status code subject encounter performed performer performer.actor reasonCode reasonReference',
  'us-core-provenance': 'target target.reference recorded agent agent.type agent.who agent.onBehalfOf',
  'us-core-pulse-oximetry':
    'status category code code.coding subject effective performer value dataAbsentReason component component.code component.value component.dataAbsentReason',
  'us-core-questionnaireresponse':
    'identifier questionnaire status subject authored author item item.linkId item.text item.answer item.answer.value item.answer.item item.item',
  'us-core-relatedperson': 'active patient relationship name telecom address',
  'us-core-servicerequest':
    'status intent category code code.text subject encounter occurrence authoredOn requester reasonCode reasonReference',
  'us-core-simple-observation': 'status category code subject effective performer value derivedFrom',
  'us-core-smokingstatus': 'status category code subject effective performer value',
  'us-core-specimen': 'identifier accessionIdentifier type subject collection collection.bodySite condition',
  'us-core-treatment-intervention-preference': 'status category code subject effective performer value',
};

/** Profiles that fit only some people. */
export const notFor = {
  woman: [
    'head-occipital-frontal-circumference-percentile',
    'pediatric-bmi-for-age',
    'pediatric-weight-for-height',
    'us-core-head-circumference',
  ],
  child: [
    'us-core-adi-documentreference',
    'us-core-observation-occupation',
    'us-core-observation-pregnancyintent',
    'us-core-observation-pregnancystatus',
    'us-core-observation-sexual-orientation',
  ],
};
