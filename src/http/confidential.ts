// The one gate behind every answer at the address of a private feed, be it document, page, redirect or problem.

/** The answer as nobody may keep, find or read who wasn't given its address. */
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
