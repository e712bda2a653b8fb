const KNOWN = /^\/(inbox|quotes|clients)\/[\w-]+$/;

/** A link of the API, when it leads to a page that this app has; else null, and nothing is linked. */
export function appPath(link: string | null | undefined): string | null {
  return link && KNOWN.test(link) ? link : null;
}
