/** URLs as people read them. */

/** Japanese, not percent signs. What is no well-formed escape stays. */
export function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
