// What every answer at the address of a private feed passes last, be it a document, page, redirect or problem.

/** Keeps an answer out of shared caches, search engines and other sites' scripts. */
export function confidential(answer: Response): Response {
  const { headers } = answer
  // Conditions still work: a reader that keeps the document and its tag itself is answered 304.
  headers.set('Cache-Control', 'private, no-store')
  headers.set('X-Robots-Tag', 'noindex')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.delete('Access-Control-Allow-Origin')
  headers.delete('Access-Control-Expose-Headers')
  return answer
}
