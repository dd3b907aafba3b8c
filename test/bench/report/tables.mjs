/** Markdown tables of the measurements. */
import { PEERS } from '../peers/index.mjs';
import { share, table } from './markdown.mjs';
import { center, median, ratio } from './statistics.mjs';

const ms = (value) => value.toFixed(1);

/** A row for each peer that the given peer is compared with. The columns are memory sizes. */
export function ratioTable({ app, memories, peers, of, cells, empty }, spare) {
  const rows = peers.filter((peer) => peer !== of).map((peer) => [
    PEERS[peer].describe,
    ...memories.map((memory) => share(ratio(cells[memory][of].sum, cells[memory][peer].sum, spare ? empty[memory] : undefined))),
  ]);
  return table([`${app}: ${PEERS[of].describe} against`, ...memories.map((memory) => `${memory} MB`)], rows);
}

export function timesTable({ app, memories, peers, cells, empty }) {
  const rows = memories.flatMap((memory) => [
    ...peers.map((peer) => {
      const { init, first, sum, peakMb } = cells[memory][peer];
      return [`${memory} MB`, PEERS[peer].describe, ms(center(init)), ms(center(first)), ms(center(sum)), center(peakMb).toFixed(0)];
    }),
    [`${memory} MB`, 'an empty handler', '', '', ms(median(empty[memory].flat())), ''],
  ]);
  return table([app, '', 'INIT ms', 'first response ms', 'sum ms', 'peak MB'], rows);
}

/** The sums on a file system that needs more time for each file. */
export function filesTable({ app, peers, of, cells, filesAt, files }) {
  const cost = (peer, perFile) => center(cells[filesAt][peer].sum) + files[peer].count * perFile;
  const rows = peers.map((peer) => [
    PEERS[peer].describe,
    files[peer].count.toFixed(1),
    (files[peer].bytes / 1024).toFixed(0),
    ...[0, 1, 5].map((perFile) => `${ms(cost(peer, perFile))} (${(cost(of, perFile) / cost(peer, perFile)).toFixed(2)})`),
  ]);
  return table([`${app} at ${filesAt} MB`, 'files', 'KB', 'sum ms', '+1 ms a file', '+5 ms a file'], rows);
}
