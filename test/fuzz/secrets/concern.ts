import { mutants } from './mutants';
import { close, inherited, locally, ownValue, Subject } from './properties';
import { Concern } from '../run/concern';

export const secrets: Concern<Subject> = { name: 'secrets', subject: 'secrets/subject.ts', properties: [ownValue, locally, inherited], mutants, close };
