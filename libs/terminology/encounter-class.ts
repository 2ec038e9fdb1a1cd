/** v3-ActCode classes of list `_ActEncounterCode`. */
export const ENCOUNTER_CLASS: Record<string, string> = {
  AMB: 'ambulatory', EMER: 'emergency', FLD: 'field', HH: 'home health', IMP: 'inpatient encounter', ACUTE: 'inpatient acute',
  NONAC: 'inpatient non-acute', OBSENC: 'observation encounter', PRENC: 'pre-admission', SS: 'short stay', VR: 'virtual',
};

/** Appointment and encounter categories (`pc_catid`). */
export const VISIT_CATEGORY: Record<number, string> = {
  1: 'No Show', 2: 'In Office', 3: 'Out Of Office', 4: 'Vacation', 5: 'Office Visit', 6: 'Holidays', 7: 'Closed', 8: 'Lunch', 9: 'Established Patient', 10: 'New Patient',
  11: 'Reserved', 12: 'Health and Behavioral Assessment', 13: 'Preventive Care Services', 14: 'Ophthalmological Services', 15: 'Group Therapy',
};

export const OFFICE_VISIT = 5;

/** List `discharge-disposition`. */
export const DISCHARGE_DISPOSITION: Record<string, string> = {
  home: 'Home', 'home-hospice': 'Home-hospice', 'alt-home': 'Alternative home', 'other-hcf': 'Other healthcare facility', hosp: 'Hospice', long: 'Long-term care',
  aadvice: 'Left against advice', 'self-aadvice': 'Self-discharge against advice', exp: 'Expired', psy: 'Psychiatric hospital', rehab: 'Rehabilitation', snf: 'Skilled nursing facility',
  'comm-hospital': 'Community hospital', oth: 'Other',
};
