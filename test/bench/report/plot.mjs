/** An SVG plot of cold starts by memory size, with one line for each peer. */
import { APPS } from '../apps/index.mjs';
import { PEERS } from '../peers/index.mjs';
import { center } from './statistics.mjs';

const WIDTH = 860;
const HEIGHT = 420;
const MARGIN = { left: 64, right: 40, top: 40, bottom: 140 };

/** The distance between two grid lines, in milliseconds. */
const STEP = 200;

const COLORS = ['#0b7285', '#868e96', '#e67700', '#c92a2a', '#5f3dc4', '#2b8a3e', '#a61e4d', '#1864ab', '#495057'];

export function plot({ app, memories, peers, cells }) {
  const values = Object.fromEntries(peers.map((peer) => [peer, memories.map((memory) => center(cells[memory][peer].sum))]));
  const top = Math.ceil(Math.max(...Object.values(values).flat()) / STEP) * STEP;
  const x = (i) => MARGIN.left + (i * (WIDTH - MARGIN.left - MARGIN.right)) / Math.max(1, memories.length - 1);
  const y = (value) => MARGIN.top + (1 - value / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const steps = Array.from({ length: top / STEP + 1 }, (_, i) => STEP * i);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Cold start by memory size">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${MARGIN.left}" y="20" font-size="14" font-weight="600" fill="#212529">${APPS[app].describe}: INIT and first response, ms, by memory size</text>
${steps.map((value) => `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e9ecef"/><text x="${MARGIN.left - 8}" y="${y(value) + 4}" text-anchor="end" fill="#495057">${value}</text>`).join('\n')}
${memories.map((memory, i) => `<text x="${x(i)}" y="${HEIGHT - MARGIN.bottom + 20}" text-anchor="middle" fill="#495057">${memory} MB</text>`).join('\n')}
${peers.map((peer, i) => {
    const points = values[peer].map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLORS[i % COLORS.length]}" stroke-width="${peer === 'lazy' ? 3.5 : 1.5}"/>`;
  }).join('\n')}
${peers.map((peer, i) => {
    const [column, row] = [i % 2, Math.floor(i / 2)];
    const [left, base] = [MARGIN.left + column * 400, HEIGHT - MARGIN.bottom + 46 + row * 18];
    return `<line x1="${left}" x2="${left + 22}" y1="${base - 4}" y2="${base - 4}" stroke="${COLORS[i % COLORS.length]}" stroke-width="${peer === 'lazy' ? 3.5 : 1.5}"/><text x="${left + 30}" y="${base}" fill="#212529">${PEERS[peer].describe}</text>`;
  }).join('\n')}
</svg>
`;
}
