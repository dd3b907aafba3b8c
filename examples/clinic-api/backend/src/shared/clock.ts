/** The clinic's own time zone: a birthday or a due date is a day here, whatever the server's zone is. */
export const CLINIC_ZONE = 'America/New_York';

const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: CLINIC_ZONE });

export const now = (): Date => new Date();

/** Today at the clinic, as yyyy-mm-dd. */
export const today = (): string => isoDay.format(now());
