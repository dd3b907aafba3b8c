import { type Item, ItemTable } from './dynamo';
import type { User } from './auth';
import { now } from './clock';
import { newId } from './ids';

export interface AuditEntry extends Item {
  userId: string;
  action: 'read' | 'create' | 'update';
  resource: string;
}

export const auditTrail = new ItemTable<AuditEntry>(process.env.AUDIT_TABLE, [
  {
    pk: 'pt-200',
    sk: '2031-02-03T09:15:00.000Z#ev-1',
    userId: 'u-nora',
    action: 'create',
    resource: 'patients/pt-200',
  },
  { pk: 'pt-200', sk: '2031-02-03T09:40:00.000Z#ev-2', userId: 'u-ilse', action: 'read', resource: 'allergies' },
]);

/** Records who accessed what in a patient's record. Entries are stored by patient, because patients ask for theirs. */
export function audit(user: User, action: AuditEntry['action'], patientId: string, resource: string): Promise<void> {
  const sk = `${now().toISOString()}#${newId('ev')}`;
  return auditTrail.put({ pk: patientId, sk, userId: user.id, action, resource });
}
