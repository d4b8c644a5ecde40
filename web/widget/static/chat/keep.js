// What a reload must not lose, kept for this tab only; in memory where the browser refuses storage.

const memory = new Map();

/** The kept value of a name, or null. */
export function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return memory.get(name) ?? null;
  }
}

/** Keeps a value under a name; null forgets it. */
export function keep(name, value) {
  memory.set(name, value);
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Storage is off or full; memory serves until the page goes.
  }
}
