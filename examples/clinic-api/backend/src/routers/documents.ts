import * as z from 'zod';
import { audit } from '../shared/audit';
import { allow } from '../shared/auth';
import { newId } from '../shared/ids';
import { missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { id, ofPatient } from '../shared/schemas';
import { downloadUrl, uploadUrl } from '../shared/storage';
import { json, query } from '../shared/validate';

const documents = repository('documents');

const upload = z.object({
  patientId: id,
  title: z.string().min(1).max(120),
  contentType: z.enum(['application/pdf', 'image/jpeg', 'image/png', 'application/dicom']),
});

const extension: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/dicom': 'dcm',
};

const app = createRouter();
app.use(allow('clinician'));

app.get('/', query(ofPatient), async (c) => c.json({ items: await documents.list(c.req.valid('query')) }));

/** The browser uploads the file directly to the bucket, so the size limits of API Gateway and Lambda do not apply. */
app.post('/', json(upload), async (c) => {
  const input = c.req.valid('json');
  const documentId = newId('doc');
  const objectKey = `${input.patientId}/${documentId}`;
  const document = await documents.insert({ id: documentId, ...input, objectKey });
  await audit(c.get('user'), 'create', input.patientId, `documents/${documentId}`);
  return c.json({ ...document, uploadUrl: await uploadUrl(objectKey, input.contentType) }, 201);
});

app.get('/:id/download', async (c) => {
  const document = (await documents.get(c.req.param('id'))) ?? missing('Document', c.req.param('id'));
  await audit(c.get('user'), 'read', document.patientId, `documents/${document.id}`);
  const fileName = `${document.title.replace(/[^\w-]+/g, '-')}.${extension[document.contentType] ?? 'bin'}`;
  return c.json({ fileName, expiresInSeconds: 300, url: await downloadUrl(document.objectKey, fileName) });
});

export default app;
