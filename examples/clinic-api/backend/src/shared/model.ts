import type { Money } from './money';

export type Role = 'clinician' | 'reception' | 'billing' | 'admin';

export interface Patient {
  id: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  sex: 'female' | 'male' | 'other';
  email: string;
  phone: string;
}

export interface Provider {
  id: string;
  npi: string;
  name: string;
  specialty: string;
  languages: string[];
  locationId: string;
  acceptsNewPatients: boolean;
}

export interface Location {
  id: string;
  name: string;
  timeZone: string;
  latitude: number;
  longitude: number;
  opensAt: string;
  closesAt: string;
}

export interface Appointment {
  id: string;
  patientId: string;
  providerId: string;
  startsAt: string;
  endsAt: string;
  reason: string;
  status: 'booked' | 'cancelled' | 'completed' | 'no-show';
}

export interface Allergy {
  id: string;
  patientId: string;
  substance: string;
  reaction: string;
  severity: 'mild' | 'moderate' | 'severe';
}

export interface Medication {
  id: string;
  name: string;
  drugClass: string;
  form: 'tablet' | 'capsule' | 'solution' | 'inhaler';
  maxDailyMg: number;
  interactsWith: string[];
}

export interface Prescription {
  id: string;
  patientId: string;
  providerId: string;
  medicationId: string;
  doseMg: number;
  timesPerDay: number;
  days: number;
  refillsLeft: number;
  lastFilledOn: string;
}

export interface InvoiceLine {
  code: string;
  description: string;
  quantity: number;
  unitPrice: Money;
}

export interface Invoice {
  id: string;
  patientId: string;
  issuedOn: string;
  dueOn: string;
  paid: Money;
  lines: InvoiceLine[];
}

export interface Claim {
  id: string;
  invoiceId: string;
  policyId: string;
  diagnosisCodes: string[];
  status: 'draft' | 'submitted' | 'paid' | 'denied';
  denialReason: string | null;
}

export interface Policy {
  id: string;
  patientId: string;
  payer: string;
  startsOn: string;
  endsOn: string | null;
  deductible: Money;
  deductibleMet: Money;
  coinsurancePercent: number;
}

export interface LabResult {
  id: string;
  patientId: string;
  loinc: string;
  name: string;
  value: number;
  unit: string;
  low: number;
  high: number;
  observedAt: string;
}

export interface Consent {
  id: string;
  patientId: string;
  purpose: 'treatment' | 'research' | 'marketing' | 'data-sharing';
  decision: 'permit' | 'deny';
  validFrom: string;
  validUntil: string | null;
}

export interface License {
  id: string;
  providerId: string;
  authority: string;
  number: string;
  expiresOn: string;
}

export interface Referral {
  id: string;
  patientId: string;
  fromProviderId: string;
  toProviderId: string;
  urgency: 'routine' | 'urgent' | 'emergency';
  reason: string;
  status: 'requested' | 'accepted' | 'scheduled' | 'completed' | 'declined';
}

export interface Document {
  id: string;
  patientId: string;
  title: string;
  contentType: string;
  objectKey: string;
}

/** All tables of the clinic's database, by name. */
export interface Tables {
  patients: Patient;
  providers: Provider;
  locations: Location;
  appointments: Appointment;
  allergies: Allergy;
  medications: Medication;
  prescriptions: Prescription;
  invoices: Invoice;
  claims: Claim;
  policies: Policy;
  labResults: LabResult;
  consents: Consent;
  licenses: License;
  referrals: Referral;
  documents: Document;
}
