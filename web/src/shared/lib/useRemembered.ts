import { useState } from "react";

function read<T>(key: string, initial: T): T {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? initial : (JSON.parse(stored) as T);
  } catch {
    return initial;
  }
}

/** A choice of how to look at things, kept by this browser. */
export function useRemembered<T>(name: string, initial: T): [T, (next: T) => void] {
  const key = `tembea.${name}`;
  const [value, setValue] = useState(() => read(key, initial));
  const choose = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage may be forbidden; the choice then lasts until the page is closed.
    }
  };
  return [value, choose];
}
