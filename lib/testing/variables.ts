/**
 * The environment variables of test APIs, in the process of the test. They are set when a test API is created, because modules may read them when
 * they are loaded. When it is closed, they get their previous values back.
 */
type Variables = Readonly<Record<string, string>>;

/** The variables of the open test APIs, newest first. The newest value applies. */
const open: Variables[] = [];
/** The values before the first test API was created. */
const originals = new Map<string, string | undefined>();

/** Returns a function that restores the variables. Test APIs can be closed in any order. */
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
