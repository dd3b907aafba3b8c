import { DateTime } from 'luxon';
import * as z from 'zod';
import { now } from '../shared/clock';
import type { Location } from '../shared/model';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { instant } from '../shared/schemas';
import { query } from '../shared/validate';

const locations = repository('locations');

interface Point {
  latitude: number;
  longitude: number;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance by the haversine formula. */
function kilometres(a: Point, b: Point): number {
  const h =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}

function isOpen({ timeZone, opensAt, closesAt }: Location, at: string): boolean {
  const local = DateTime.fromISO(at, { zone: timeZone });
  const time = local.toFormat('HH:mm');
  return local.weekday <= 5 && opensAt <= time && time < closesAt;
}

const nearest = z.object({
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
  at: instant.default(() => now().toISOString()),
});

const app = createRouter();

app.get('/', async (c) => c.json({ items: await locations.list() }));

app.get('/nearest', query(nearest), async (c) => {
  const { at, ...point } = c.req.valid('query');
  const items = (await locations.list())
    .map((location) => ({ ...location, km: Math.round(kilometres(point, location)), open: isOpen(location, at) }))
    .sort((a, b) => a.km - b.km);
  return c.json({ at, items });
});

export default app;
