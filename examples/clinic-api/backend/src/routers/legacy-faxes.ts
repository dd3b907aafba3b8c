import express, { type ErrorRequestHandler } from 'express';
import serverless from 'serverless-http';
import { authenticate } from '../shared/auth';
import { newId } from '../shared/ids';
import { notFound, Problem } from '../shared/problem';

interface Fax {
  id: string;
  from: string;
  pages: number;
  filedUnder?: string;
}

const inbox = new Map<string, Fax>([
  ['fax-1', { id: 'fax-1', from: '+1-202-555-0150', pages: 3 }],
  ['fax-2', { id: 'fax-2', from: '+1-202-555-0151', pages: 1, filedUnder: 'pt-202' }],
]);

const faxes = express.Router();

faxes.use(async (req, _res, next) => {
  await authenticate(req.get('authorization'));
  next();
});

faxes.get('/', (req, res) => {
  const unfiledOnly = req.query.unfiled === 'true';
  const items = [...inbox.values()].filter((fax) => !unfiledOnly || !fax.filedUnder);
  res.json({ items, pages: items.reduce((sum, fax) => sum + fax.pages, 0) });
});

faxes.post('/', (req, res) => {
  const { from, pages } = req.body ?? {};
  if (typeof from !== 'string' || !Number.isInteger(pages)) throw new Problem(422, 'A fax has a sender and pages');
  const fax: Fax = { id: newId('fax'), from, pages };
  inbox.set(fax.id, fax);
  res.status(201).location(`${req.baseUrl}/${fax.id}`).json(fax);
});

faxes.put('/:id/patient/:patientId', (req, res) => {
  const fax = inbox.get(req.params.id);
  if (!fax) throw notFound('Fax', req.params.id);
  fax.filedUnder = req.params.patientId;
  res.json(fax);
});

const problems: ErrorRequestHandler = (error, _req, res, _next) => {
  const problem = error instanceof Problem ? error : new Problem(error.status ?? 500, 'The request failed');
  const { status, detail } = problem;
  if (status >= 500) console.error(error);
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, detail, ...problem.extensions }));
};

// From the clinic's first API. The adapter passes the raw event to Express, so the app is mounted at the full path.
const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.use('/api/v1/legacy-faxes', faxes);
app.use(problems);

export const handler = serverless(app);
