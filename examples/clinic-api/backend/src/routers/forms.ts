import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import { newId } from '../shared/ids';
import { missing, unprocessable } from '../shared/problem';
import { createRouter } from '../shared/router';
import { json } from '../shared/validate';

const newPatient = {
  title: 'Welcome to the clinic',
  type: 'object',
  required: ['fullName', 'birthDate', 'emergencyContact'],
  additionalProperties: false,
  properties: {
    fullName: { type: 'string', minLength: 3 },
    birthDate: { type: 'string', format: 'date' },
    email: { type: 'string', format: 'email' },
    smoker: { type: 'boolean', default: false },
    cigarettesPerDay: { type: 'integer', minimum: 1 },
    emergencyContact: { type: 'string', minLength: 3 },
  },
  if: { properties: { smoker: { const: true } }, required: ['smoker'] },
  then: { required: ['cigarettesPerDay'] },
};

const phq2 = {
  title: 'Over the last two weeks, how often have you been bothered by',
  type: 'object',
  required: ['littleInterest', 'feelingDown'],
  properties: {
    littleInterest: { type: 'integer', minimum: 0, maximum: 3 },
    feelingDown: { type: 'integer', minimum: 0, maximum: 3 },
  },
};

/** Intake forms are JSON Schema, because the browser renders its inputs from the same document. */
const forms = new Map<string, object>([
  ['new-patient', newPatient],
  ['phq-2', phq2],
]);

const ajv = addFormats(new Ajv({ allErrors: true, useDefaults: true }));
const find = (formId: string) => forms.get(formId) ?? missing('Form', formId);
const compiled = new Map<string, ValidateFunction>();

/** Compiling a schema takes milliseconds, so each form is compiled at its first submission. */
function validatorFor(formId: string): ValidateFunction {
  const validate = compiled.get(formId) ?? ajv.compile(find(formId));
  compiled.set(formId, validate);
  return validate;
}

const app = createRouter();

app.get('/', (c) => c.json({ items: [...forms.keys()].sort() }));
app.get('/:formId', (c) => c.json(find(c.req.param('formId'))));

app.post('/:formId/responses', json(z.looseObject({})), async (c) => {
  const answers = c.req.valid('json');
  const validate = validatorFor(c.req.param('formId'));
  if (!validate(answers)) {
    const errors = validate.errors?.map(({ instancePath, message }) => ({ pointer: instancePath, detail: message }));
    throw unprocessable('Some answers are missing or wrong', { errors });
  }
  return c.json({ responseId: newId('resp'), formId: c.req.param('formId'), answers }, 201);
});

export default app;
