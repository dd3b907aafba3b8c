import { mutants } from './mutants';
import { anyValue, asDocumented, inferred, malformed, responses, Subject } from './properties';
import { Concern } from '../run/concern';

export const results: Concern<Subject> = {
  name: 'results', subject: 'results/subject.ts', properties: [anyValue, asDocumented, malformed, inferred, responses], mutants,
};
