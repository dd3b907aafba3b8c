import { noForgery, oneDocument, shown, Subject } from './logger';
import { mutants } from './mutants';
import { counted } from './requests';
import { Concern } from '../run/concern';

export const logs: Concern<Subject> = { name: 'logs and metrics', subject: 'logging/subject.ts', properties: [oneDocument, shown, noForgery, counted], mutants };
