import type { IsoDate } from '../calendar';
import { instantAt } from '../calendar';
import type { Chart } from '../chart';
import { type Allergen, type AllergenName, allergens, noKnownAllergy } from '../codes/allergens';
import { hl7 } from '../codes/systems';
import { practitioner } from '../practice/staff';
import { concept, snomed } from '../values';

/** Lists an allergy with the reaction it once caused. */
export function listAllergy(chart: Chart, name: AllergenName, onset: IsoDate): void {
  const { code, category, type, criticality, reaction }: Allergen = allergens[name];
  chart.addProfiled('AllergyIntolerance', 'us-core-allergyintolerance', {
    ...standing(chart, onset),
    type,
    category: [category],
    criticality,
    code: snomed(code),
    onsetDateTime: onset,
    lastOccurrence: onset,
    reaction: [
      { manifestation: reaction.manifestations.map((manifestation) => snomed(manifestation)), onset, severity: reaction.severity },
    ],
  });
}

/** Asked, and there is none. */
export function listNoAllergy(chart: Chart, asked: IsoDate): void {
  chart.addProfiled('AllergyIntolerance', 'us-core-allergyintolerance', { ...standing(chart, asked), code: snomed(noKnownAllergy) });
}

function standing(chart: Chart, recorded: IsoDate) {
  return {
    clinicalStatus: concept(hl7('allergyintolerance-clinical'), ['active', 'Active']),
    verificationStatus: concept(hl7('allergyintolerance-verification'), ['confirmed', 'Confirmed']),
    patient: chart.patient,
    recordedDate: instantAt(recorded, 600),
    recorder: practitioner(chart.doctor),
  };
}
