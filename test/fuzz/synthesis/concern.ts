import { sameAsset } from './assets';
import { equalIds, guarded, same } from './authorization';
import { mutants } from './mutants';
import { grammar, oddValues } from './options';
import { close, Subject } from './project';
import { Concern } from '../run/concern';

export const synthesis: Concern<Subject> = {
  name: 'synthesis', subject: 'synthesis/subject.ts', properties: [guarded, equalIds, same, sameAsset, grammar, oddValues], mutants, close,
};
