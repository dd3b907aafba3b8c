/** The clinic's time zone. A birthday or a due date is a day in this zone, regardless of the server's zone. */
export const CLINIC_ZONE = 'America/New_York';

const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: CLINIC_ZONE });

export const now = (): Date => new Date();

/** Today at the clinic, as yyyy-mm-dd. */
export const today = (): string => isoDay.format(now());
