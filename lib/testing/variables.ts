/**
 * The environment variables of test APIs, in the process of the test. They are set when a test API is created, because modules may read them when
 * they are loaded. When it is closed, they have the values again that they had before.
 */
type Variables = Readonly<Record<string, string>>;

/** Those of the test APIs that are open, the newest first, which wins. */
const open: Variables[] = [];
/** The values before any of them. */
const originals = new Map<string, string | undefined>();

/** Returns what takes the variables back. The order in which test APIs are closed does not matter. */
export function setVariables(variables: Variables): () => void {
  for (const name of Object.keys(variables)) {
    if (!originals.has(name)) originals.set(name, process.env[name]);
  }
  const own = { ...variables };
  open.unshift(own);
  apply(Object.keys(own));
  return () => {
    const index = open.indexOf(own);
    if (index < 0) return;
    open.splice(index, 1);
    apply(Object.keys(own));
  };
}

function apply(names: readonly string[]): void {
  for (const name of names) {
    const setter = open.find((variables) => Object.hasOwn(variables, name));
    const value = setter ? setter[name] : originals.get(name);
    if (!setter) originals.delete(name);
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
