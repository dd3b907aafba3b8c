import { mutants } from './mutants';
import { anyValue, asDocumented, inferred, malformed, responses, Subject, tooLarge } from './properties';
import { Concern } from '../run/concern';

export const results: Concern<Subject> = {
  name: 'results', subject: 'results/subject.ts', properties: [anyValue, asDocumented, malformed, tooLarge, inferred, responses], mutants,
};
