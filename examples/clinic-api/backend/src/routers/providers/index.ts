import * as z from 'zod';
import { allow } from '../../shared/auth';
import { newId } from '../../shared/ids';
import { paginate, pageQuery } from '../../shared/pagination';
import { conflict, missing } from '../../shared/problem';
import { repository } from '../../shared/repository';
import { createRouter } from '../../shared/router';
import { id } from '../../shared/schemas';
import { json, query } from '../../shared/validate';
import { isNpi } from './npi';
import { searchProviders } from './search';

const providers = repository('providers');

const newProvider = z.object({
  npi: z.string().refine(isNpi, 'is not a National Provider Identifier'),
  name: z.string().min(3),
  specialty: z.string().regex(/^[a-z-]+$/),
  languages: z.array(z.string().length(2)).min(1),
  locationId: id,
  acceptsNewPatients: z.boolean().default(true),
});

const filters = z.object({
  specialty: z.string().optional(),
  language: z.string().length(2).optional(),
  accepting: z.stringbool().optional(),
});

const app = createRouter();

app.get('/', query(pageQuery.extend(filters.shape)), async (c) => {
  const { limit, cursor, ...wanted } = c.req.valid('query');
  return c.json(paginate(await searchProviders(wanted), { limit, cursor }));
});

app.get('/:id', async (c) =>
  c.json((await providers.get(c.req.param('id'))) ?? missing('Provider', c.req.param('id'))),
);

app.post('/', allow(), json(newProvider), async (c) => {
  const input = c.req.valid('json');
  const [known] = await providers.list({ npi: input.npi });
  if (known) throw conflict('That identifier belongs to a provider', { providerId: known.id });
  return c.json(await providers.insert({ id: newId('p'), ...input }), 201);
});

export default app;
