// A message with somebody to write to in it.
import type { FC } from 'hono/jsx'
import type { Edition } from './edition.ts'
import { asName } from './in-language.ts'
import type { MessageKey } from './messages.ts'

interface PersonProps {
  readonly edition: Edition
  readonly message: MessageKey & ('contact' | 'takedown')
  readonly name?: string
  readonly email: string
}

export const Person: FC<PersonProps> = ({ edition, message, name, email }) => (
  <>
    {edition.parts(message).map((part) =>
      'text' in part ? (
        part.text
      ) : (
        <a href={`mailto:${email}`} {...asName(edition.publication.language)}>
          {name ?? email}
        </a>
      ),
    )}
  </>
)
