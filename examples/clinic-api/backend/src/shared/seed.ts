import type { Tables } from './model';

/** The data of the demo clinic. All people are fictional, and all dates are in 2031. */
export const seed: { [Table in keyof Tables]: Tables[Table][] } = {
  patients: [
    { id: 'pt-200', givenName: 'Ada', familyName: 'Example', birthDate: '1984-02-29', sex: 'female', email: 'ada@example.com', phone: '+1-202-555-0101' },
    { id: 'pt-201', givenName: 'Bo', familyName: 'Sample', birthDate: '2024-11-05', sex: 'male', email: 'bo@example.com', phone: '+1-202-555-0102' },
    { id: 'pt-202', givenName: 'Cleo', familyName: 'Placeholder', birthDate: '1957-07-14', sex: 'other', email: 'cleo@example.com', phone: '+1-202-555-0103' },
  ],
  providers: [
    { id: 'p-100', npi: '1000000012', name: 'Dr. Nora Testcase', specialty: 'family-medicine', languages: ['en', 'es'], locationId: 'loc-1', acceptsNewPatients: true },
    { id: 'p-101', npi: '1000000020', name: 'Dr. Ilse Fixture', specialty: 'pediatrics', languages: ['en', 'de'], locationId: 'loc-1', acceptsNewPatients: true },
    { id: 'p-102', npi: '1000000038', name: 'Dr. Sam Mockup', specialty: 'cardiology', languages: ['en', 'fr'], locationId: 'loc-2', acceptsNewPatients: false },
  ],
  locations: [
    { id: 'loc-1', name: 'Harbor Street Clinic', timeZone: 'America/New_York', latitude: 40.7033, longitude: -74.017, opensAt: '08:00', closesAt: '16:00' },
    { id: 'loc-2', name: 'Lakeside Heart Center', timeZone: 'America/Chicago', latitude: 41.8826, longitude: -87.6226, opensAt: '09:00', closesAt: '17:00' },
  ],
  appointments: [
    { id: 'a-300', patientId: 'pt-200', providerId: 'p-100', startsAt: '2031-03-10T13:00:00.000Z', endsAt: '2031-03-10T13:30:00.000Z', reason: 'Asthma check-up', status: 'booked' },
    { id: 'a-301', patientId: 'pt-201', providerId: 'p-101', startsAt: '2031-03-10T14:00:00.000Z', endsAt: '2031-03-10T14:30:00.000Z', reason: 'Well-child visit', status: 'booked' },
    { id: 'a-302', patientId: 'pt-202', providerId: 'p-102', startsAt: '2031-02-04T16:00:00.000Z', endsAt: '2031-02-04T17:00:00.000Z', reason: 'Blood pressure', status: 'completed' },
    { id: 'a-303', patientId: 'pt-200', providerId: 'p-100', startsAt: '2031-02-03T14:00:00.000Z', endsAt: '2031-02-03T14:30:00.000Z', reason: 'Cough', status: 'completed' },
    { id: 'a-304', patientId: 'pt-202', providerId: 'p-100', startsAt: '2031-02-05T15:00:00.000Z', endsAt: '2031-02-05T15:30:00.000Z', reason: 'Flu shot', status: 'no-show' },
  ],
  allergies: [
    { id: 'al-1', patientId: 'pt-200', substance: 'penicillin', reaction: 'anaphylaxis', severity: 'severe' },
    { id: 'al-2', patientId: 'pt-202', substance: 'latex', reaction: 'rash', severity: 'mild' },
  ],
  medications: [
    { id: 'm-1', name: 'amoxicillin', drugClass: 'penicillin', form: 'capsule', maxDailyMg: 3000, interactsWith: ['methotrexate'] },
    { id: 'm-2', name: 'warfarin', drugClass: 'anticoagulant', form: 'tablet', maxDailyMg: 10, interactsWith: ['ibuprofen', 'amiodarone'] },
    { id: 'm-3', name: 'ibuprofen', drugClass: 'nsaid', form: 'tablet', maxDailyMg: 2400, interactsWith: ['warfarin', 'lisinopril'] },
    { id: 'm-4', name: 'lisinopril', drugClass: 'ace-inhibitor', form: 'tablet', maxDailyMg: 40, interactsWith: ['ibuprofen'] },
  ],
  prescriptions: [
    { id: 'rx-1', patientId: 'pt-202', providerId: 'p-102', medicationId: 'm-4', doseMg: 10, timesPerDay: 1, days: 90, refillsLeft: 2, lastFilledOn: '2031-01-06' },
    { id: 'rx-2', patientId: 'pt-202', providerId: 'p-102', medicationId: 'm-2', doseMg: 5, timesPerDay: 1, days: 30, refillsLeft: 0, lastFilledOn: '2031-02-04' },
  ],
  invoices: [
    {
      id: 'inv-1', patientId: 'pt-200', issuedOn: '2031-01-10', dueOn: '2031-02-09', paid: 4000,
      lines: [
        { code: '99213', description: 'Office visit, established patient', quantity: 1, unitPrice: 12500 },
        { code: '94010', description: 'Spirometry', quantity: 1, unitPrice: 6050 },
      ],
    },
    {
      id: 'inv-2', patientId: 'pt-202', issuedOn: '2031-02-04', dueOn: '2031-03-06', paid: 0,
      lines: [{ code: '93000', description: 'Electrocardiogram', quantity: 1, unitPrice: 8000 }],
    },
  ],
  claims: [
    { id: 'c-1', invoiceId: 'inv-1', policyId: 'pol-1', diagnosisCodes: ['J45.20'], status: 'draft', denialReason: null },
    { id: 'c-2', invoiceId: 'inv-2', policyId: 'pol-2', diagnosisCodes: ['I10'], status: 'denied', denialReason: 'Policy not in force on the date of service' },
  ],
  policies: [
    { id: 'pol-1', patientId: 'pt-200', payer: 'Evergreen Mutual', startsOn: '2030-01-01', endsOn: null, deductible: 50000, deductibleMet: 42000, coinsurancePercent: 20 },
    { id: 'pol-2', patientId: 'pt-202', payer: 'Sunrise Health', startsOn: '2028-06-01', endsOn: '2030-12-31', deductible: 100000, deductibleMet: 0, coinsurancePercent: 10 },
  ],
  labResults: [
    { id: 'lab-1', patientId: 'pt-202', loinc: '2823-3', name: 'Potassium', value: 5.6, unit: 'mmol/L', low: 3.5, high: 5.1, observedAt: '2031-02-04T17:20:00.000Z' },
    { id: 'lab-2', patientId: 'pt-202', loinc: '2160-0', name: 'Creatinine', value: 0.9, unit: 'mg/dL', low: 0.6, high: 1.3, observedAt: '2031-02-04T17:20:00.000Z' },
  ],
  consents: [
    { id: 'con-1', patientId: 'pt-200', purpose: 'research', decision: 'permit', validFrom: '2029-01-01', validUntil: '2033-12-31' },
    { id: 'con-2', patientId: 'pt-200', purpose: 'research', decision: 'deny', validFrom: '2031-01-15', validUntil: null },
    { id: 'con-3', patientId: 'pt-202', purpose: 'data-sharing', decision: 'permit', validFrom: '2030-05-01', validUntil: '2031-04-30' },
  ],
  licenses: [
    { id: 'lic-1', providerId: 'p-100', authority: 'New York', number: 'NY-000100', expiresOn: '2031-04-15' },
    { id: 'lic-2', providerId: 'p-101', authority: 'New York', number: 'NY-000101', expiresOn: '2033-09-30' },
    { id: 'lic-3', providerId: 'p-102', authority: 'Illinois', number: 'IL-000102', expiresOn: '2031-02-28' },
  ],
  referrals: [
    { id: 'ref-1', patientId: 'pt-200', fromProviderId: 'p-100', toProviderId: 'p-102', urgency: 'urgent', reason: 'Palpitations', status: 'requested' },
    { id: 'ref-2', patientId: 'pt-201', fromProviderId: 'p-101', toProviderId: 'p-102', urgency: 'routine', reason: 'Heart murmur', status: 'scheduled' },
  ],
  documents: [
    { id: 'doc-1', patientId: 'pt-200', title: 'Spirometry 2031', contentType: 'application/pdf', objectKey: 'pt-200/doc-1' },
  ],
};
