import { arrives } from './arrival';
import { corsHeaders, preflights } from './cors';
import { mutants } from './mutants';
import { anyDepth, neverAnother, rightRouter } from './routing';
import { Subject } from './serve';
import { Concern } from '../run/concern';

export const dispatch: Concern<Subject> = {
  name: 'dispatch', subject: 'dispatch/subject.ts', properties: [rightRouter, neverAnother, anyDepth, arrives, corsHeaders, preflights], mutants,
};
