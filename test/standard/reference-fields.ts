/** What OpenEMR's records hold, name by name: the contract the standard API is checked against. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Table `patient_data`, 132 columns. */
export const PATIENT_COLUMNS = words(`
  id uuid title language financial fname lname mname DOB street postal_code city state country_code drivers_license ss occupation phone_home
  phone_biz phone_contact phone_cell pharmacy_id status contact_relationship date sex referrer referrerID providerID ref_providerID email
  email_direct ethnoracial race ethnicity religion interpreter interpreter_needed migrantseasonal family_size monthly_income billing_note homeless
  financial_review pubpid pid genericname1 genericval1 genericname2 genericval2 hipaa_mail hipaa_voice hipaa_notice hipaa_message hipaa_allowsms
  hipaa_allowemail squad fitness referral_source usertext1 usertext2 usertext3 usertext4 usertext5 usertext6 usertext7 usertext8 userlist1 userlist2
  userlist3 userlist4 userlist5 userlist6 userlist7 pricelevel regdate contrastart completed_ad ad_reviewed advance_directive_user_authenticator vfc
  mothersname guardiansname allow_imm_reg_use allow_imm_info_share allow_health_info_ex allow_patient_portal deceased_date deceased_reason
  soap_import_status cmsportal_login care_team_provider care_team_facility care_team_status county industry imm_reg_status imm_reg_stat_effdate
  publicity_code publ_code_eff_date protect_indicator prot_indi_effdate guardianrelationship guardiansex guardianaddress guardiancity guardianstate
  guardianpostalcode guardiancountry guardianphone guardianworkphone guardianemail sexual_orientation gender_identity birth_fname birth_lname
  birth_mname dupscore name_history suffix street_line_2 patient_groups prevent_portal_apps provider_since_date created_by updated_by preferred_name
  nationality_country last_updated tribal_affiliations sex_identified pronoun
`);

export const PATIENT_NUMBERS = words('id pharmacy_id providerID ref_providerID pid fitness advance_directive_user_authenticator soap_import_status dupscore created_by updated_by');

export const PREVIOUS_NAME_FIELDS = words(`
  previous_name_prefix previous_name_first previous_name_middle previous_name_last previous_name_suffix previous_name_enddate formatted_name
`);

export const ADDRESS_FIELDS = words(`
  id contact_id contact_address_id period_start period_end type use priority line1 line2 city district state postal_code country_code
`);

/** Of `form_encounter` and what is joined to it. */
export const ENCOUNTER_FIELDS = words(`
  eid euuid date reason onset_date sensitivity billing_note pc_catid last_level_billed last_level_closed last_stmt_date stmt_count supervisor_id
  invoice_refno referral_source billing_facility external_id last_update pos_code class_code class_title pc_catname pid puuid facility_id
  facility_uuid facility_name facility_location_uuid billing_facility_id billing_facility_uuid billing_facility_name billing_location_uuid
  provider_id referring_provider_id ordering_provider_id provider_uuid provider_username referrer_uuid referrer_username discharge_disposition
  discharge_disposition_text
`);

/** What releases up to 6 called these. */
export const ENCOUNTER_ALIASES = words('id uuid facility encounter');

/** Of `form_vitals`. */
export const VITAL_FIELDS = words(`
  pid puuid eid euuid user_uuid user_npi id form_id uuid date external_id note bps bpd weight height temperature temp_method pulse respiration BMI
  BMI_status waist_circ head_circ oxygen_saturation oxygen_flow_rate ped_weight_height ped_bmi ped_head_circ inhaled_oxygen_concentration
  last_updated date_created
`);

/** Unit of each measured column, shown as `<column>_unit`. */
export const VITAL_UNITS: Readonly<Record<string, string>> = {
  weight: 'lb', height: 'in', head_circ: 'in', waist_circ: 'in', temperature: 'degF', pulse: '/min', respiration: '/min', BMI: 'kg/m2', bps: 'mm[Hg]', bpd: 'mm[Hg]',
  inhaled_oxygen_concentration: '%', oxygen_saturation: '%', oxygen_flow_rate: 'L/min', ped_weight_height: '%', ped_bmi: '%', ped_head_circ: '%',
};

/** DECIMAL columns: text with six digits after the point. */
export const VITAL_DECIMALS = words(`
  weight height temperature pulse respiration BMI waist_circ head_circ oxygen_saturation oxygen_flow_rate ped_weight_height ped_bmi ped_head_circ
  inhaled_oxygen_concentration
`);

/** Table `facility`, 40 columns. */
export const FACILITY_FIELDS = words(`
  id uuid name phone fax street city state postal_code country_code federal_ein website email service_location billing_location accepts_assignment
  pos_code x12_sender_id attn domain_identifier facility_npi facility_taxonomy tax_id_type color primary_business_entity facility_code
  extra_validation mail_street mail_street2 mail_city mail_state mail_zip oid iban info weno_id inactive date_created last_updated organization_type
`);

export const FACILITY_NUMBERS = words('id service_location billing_location accepts_assignment pos_code primary_business_entity extra_validation inactive');

/** Table `users` without `password`, and three titles. */
export const PRACTITIONER_FIELDS = words(`
  id uuid username authorized info source fname mname lname suffix federaltaxid federaldrugid upin facility facility_id see_auth active npi title
  specialty billname email email_direct google_signin_email url assistant organization valedictory street streetb city state zip country_code street2
  streetb2 city2 state2 zip2 country_code2 phone fax phonew1 phonew2 phonecell notes cal_ui taxonomy calendar abook_type default_warehouse irnpool
  state_license_number weno_prov_id newcrop_user_role cpoe physician_type main_menu_role patient_menu_role portal_user supervisor_id billing_facility
  billing_facility_id date_created last_updated
  abook_title physician_title physician_code
`);

export const PRACTITIONER_NUMBERS = words('id authorized source facility_id see_auth active cal_ui calendar cpoe portal_user supervisor_id billing_facility_id');
