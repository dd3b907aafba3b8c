/** Returns a problem for each required item that is not present. */
export function missing(subject, present, required) {
  return required.filter((item) => !present.includes(item)).map((item) => `${subject}: "${item}" is missing`);
}
