/** Figures for people. What is not known is a dash. */

const UNKNOWN = "–";
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function count(value) {
  return value === null || value === undefined ? UNKNOWN : whole.format(value);
}

export function plural(value, one, many) {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A rate per second. */
export function rate(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return value >= 100 ? whole.format(value) : tenth.format(value);
}

export function percent(share) {
  return share === null || share === undefined ? UNKNOWN : `${tenth.format(share * 100)} %`;
}

/** Nines that were measured: 3 is 99.9 %. */
export function nines(value) {
  return value === null || value === undefined ? UNKNOWN : `${tenth.format(Math.floor(value * 10) / 10)} nines`;
}

export function bytes(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let amount = value;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? whole.format(amount) : tenth.format(amount)} ${units[unit]}`;
}

export function millis(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  if (value < 1_000) {
    return `${tenth.format(value)} ms`;
  }
  if (value < 120_000) {
    return `${tenth.format(value / 1_000)} s`;
  }
  return value < 7_200_000 ? `${tenth.format(value / 60_000)} min` : `${tenth.format(value / 3_600_000)} h`;
}

/** The time of day, to the second. */
export function time(at) {
  const date = at instanceof Date ? at : new Date(at);
  return Number.isNaN(date.getTime()) ? UNKNOWN : clock.format(date);
}
