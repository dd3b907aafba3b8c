import { DateTime, Interval } from 'luxon';
import * as z from 'zod';
import { missing } from '../shared/problem';
import { repository } from '../shared/repository';
import { createRouter } from '../shared/router';
import { day } from '../shared/schemas';
import { query } from '../shared/validate';

const appointments = repository('appointments');
const locations = repository('locations');
const providers = repository('providers');

const slotQuery = z.object({
  date: day,
  minutes: z.coerce.number().int().min(10).max(120).default(30),
});

const app = createRouter();

/** A provider's free slots. Opening hours are wall-clock times at the location, regardless of the UTC offset on that day. */
app.get('/:providerId', query(slotQuery), async (c) => {
  const { date, minutes } = c.req.valid('query');
  const providerId = c.req.param('providerId');
  const provider = (await providers.get(providerId)) ?? missing('Provider', providerId);
  const location = (await locations.get(provider.locationId)) ?? missing('Location', provider.locationId);

  const zone = location.timeZone;
  const opens = DateTime.fromISO(`${date}T${location.opensAt}`, { zone });
  const closes = DateTime.fromISO(`${date}T${location.closesAt}`, { zone });
  const open = opens.weekday <= 5 ? Interval.fromDateTimes(opens, closes) : undefined;
  const taken = (await appointments.list({ providerId, status: 'booked' })).map(({ startsAt, endsAt }) =>
    Interval.fromDateTimes(DateTime.fromISO(startsAt, { zone }), DateTime.fromISO(endsAt, { zone })),
  );

  const slots = (open?.splitBy({ minutes }) ?? [])
    .filter((slot) => slot.length('minutes') === minutes && !taken.some((busy) => busy.overlaps(slot)))
    .map((slot) => slot.start?.toISO({ suppressMilliseconds: true, suppressSeconds: true }));
  return c.json({ providerId, date, timeZone: zone, minutes, slots });
});

export default app;
