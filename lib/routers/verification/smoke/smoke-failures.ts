import * as path from 'path';
import { SmokeAnswer, SmokeRun } from './send-requests';
import { SmokeEvent } from './smoke-event';
import { SmokeRequest } from './smoke-requests';

/** How many missing files an error names for each request. */
const MAX_FILES = 5;

/** How many characters of an error are shown. */
const MESSAGE_SHOWN = 2000;

/** The requests and the responses. */
export interface SmokeTest {
  readonly requests: readonly SmokeRequest[];
  readonly events: readonly SmokeEvent[];
  readonly run: SmokeRun;
  /** The directory of the asset. */
  readonly directory: string;
  /** Advice about missing files. */
  readonly fileAdvice: string;
}

/** Describes the requests whose response had a different status than declared. Undefined if there are none. */
export function smokeProblem(test: SmokeTest): string | undefined {
  const failures = test.requests.flatMap((_, i) => describeFailure(test, i));
  if (failures.length === 0) return undefined;
  const looked = test.run.answers.some(({ missingFiles }) => missingFiles.length > 0);
  return [
    `${failures.length === 1 ? 'a smoke request' : `${failures.length} smoke requests`} did not get the declared response from the built asset`,
    ...failures,
    ...looked ? [test.fileAdvice] : [],
  ].join('\n\n');
}

/** A failure of a router that tried to use the network is inconclusive, because verification has no network. */
function describeFailure({ requests, events, run, directory }: SmokeTest, i: number): string[] {
  const { method, target, status } = requests[i];
  const answer = run.answers.find(({ index }) => index === i);
  if (answer && (answer.status === status || answer.usedNetwork)) return [];
  return [[
    `  request ${method} ${target} (requests[${i}])`,
    `  router  ${events[i].prefix}`,
    `  status  ${answer ? answer.status : 'none'}, expected ${status}`,
    ...detailsOf(answer, run.end, directory),
  ].join('\n')];
}

function detailsOf(answer: SmokeAnswer | undefined, end: string, directory: string): string[] {
  const error = answer ? answer.error : end;
  const shorten = (text: string) => text.split(`${directory}${path.sep}`).join('');
  return [
    ...error === undefined ? [] : [`  error   ${shorten(error).slice(0, MESSAGE_SHOWN).replace(/\n/g, '\n          ')}`],
    ...(answer?.missingFiles ?? []).slice(0, MAX_FILES).map((file) => `  missing ${shorten(file)}`),
  ];
}
