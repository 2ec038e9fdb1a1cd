import { type Html, html } from '../../../kernel';
import type { PatientListing, PatientQuery } from '../../ports';
import { formToken } from '../form-token';
import { layout } from '../layout';
import type { WebSession } from '../sessions';

/** What the patient picker shows. */
export interface PatientSelectView {
  session: WebSession;
  handle: string;
  searchAction: string;
  chooseAction: string;
  clientName: string;
  query: PatientQuery;
  patients: PatientListing[];
  /** There are more than are shown. */
  more: boolean;
}

/** Staff choose whose record the app may work with. */
export function patientSelectPage(view: PatientSelectView): Html {
  return layout({
    title: 'Choose a patient',
    wide: true,
    content: html`
<h1>Choose a patient</h1>
<p class="lead"><strong>${view.clientName}</strong> will work with this patient’s record.</p>
${searchForm(view)}
${view.patients.length > 0 ? patientList(view) : html`<p class="notice calm" role="status">No patient matches. Try fewer letters, or the first letters of the last name alone.</p>`}
${view.more && html`<p class="hint" role="status">Only the first ${view.patients.length} are shown. Search for a name to see others.</p>`}`,
  });
}

const searchForm = ({ searchAction, handle, query }: PatientSelectView): Html => html`
<form method="get" action="${searchAction}" role="search" class="search">
<input type="hidden" name="interaction" value="${handle}">
<div class="field"><label for="fname">First name</label><input type="search" id="fname" name="search[fname]" value="${query.fname}" autocomplete="off" maxlength="100"></div>
<div class="field"><label for="lname">Last name</label><input type="search" id="lname" name="search[lname]" value="${query.lname}" autocomplete="off" maxlength="100"></div>
<div class="field"><label for="dob">Born</label><input type="date" id="dob" name="search[dob]" value="${query.dob}" autocomplete="off"></div>
<button class="quiet" type="submit">Search</button>
</form>`;

const patientList = ({ session, handle, chooseAction, patients }: PatientSelectView): Html => html`
<form method="post" action="${chooseAction}">
${formToken(session)}
<input type="hidden" name="interaction" value="${handle}">
<ul class="people" aria-label="Patients">
${patients.map(
  (patient, index) => html`<li><button type="submit" name="patient_id" value="${patient.id}" aria-describedby="about-${index}">${patient.name}</button><span id="about-${index}">${about(patient)}</span></li>
`,
)}</ul>
</form>`;

/** What tells two people of one name apart. */
const about = ({ birthDate, gender, mrn }: PatientListing): string =>
  [birthDate && `born ${birthDate}`, gender, mrn && `no. ${mrn}`].filter(Boolean).join(' · ');
