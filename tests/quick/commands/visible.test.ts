// Text from elsewhere at a terminal: all of it is seen, and none of it acts.
import { expect, it } from 'vitest'
import { visible } from '../../../src/commands/visible.ts'

it.each([
  ['clears the screen', '\u001B[2J', '␛[2J'],
  ['begins a line', 'a\r\nb', 'a␍␊b'],
  ['deletes', '\u007F', '␡'],
  ['controls in one byte', '\u009B2J', '�2J'],
  ['separates lines', '\u2028\u2029', '��'],
  ['reverses the line', '\u202Egpj\u202C', '�gpj�'],
  ['isolates a direction', '\u2066a\u2069', '�a�'],
  ['is half a character', 'a\uD83D', 'a�'],
  ['says something', '港口 🚢 é', '港口 🚢 é'],
])('what %s is shown', (_, text, shown) => expect(visible(text)).toBe(shown))
