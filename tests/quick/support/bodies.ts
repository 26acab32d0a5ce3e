// Bodies made without a folder, in an article whose address is always the same.
import { expect } from 'vitest'
import { type Body, type BodySource, makeBody } from '../../../src/content/bodies/body.ts'
import { UnfitBody } from '../../../src/content/bodies/tree.ts'

/** The address of the article that every body here belongs to. */
export const LINK = 'https://portal.example/2026/03/a.html'

/** A reference from the article's own address, as where no file lies beside it. */
function absolute(reference: string): string | undefined {
  return URL.canParse(reference, LINK) ? new URL(reference, LINK).href : undefined
}

export function bodyOf(source: string, form: BodySource['form'] = 'html'): Body {
  return makeBody({ form, source }, absolute)
}

export function htmlOf(source: string, form: BodySource['form'] = 'html'): string {
  return bodyOf(source, form).html
}

/** The same, or nothing of a body that is refused, which is all that may go wrong. */
export function htmlOrRefused(source: string, form: BodySource['form']): string {
  try {
    return htmlOf(source, form)
  } catch (error) {
    expect(error).toBeInstanceOf(UnfitBody)
    return ''
  }
}
