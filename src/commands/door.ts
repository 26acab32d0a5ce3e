// The door of a server: it takes requests from the start, and answers 503 until the application does.
import type { Server } from 'node:http'
import type { Application } from '../http/app.tsx'
import type { Health } from '../http/health.ts'
import { type Answers, addressOf, startListening, stopListening } from './listening.ts'
import { readNumber, type Values } from './options.ts'
import type { Part } from './part.ts'

const NOT_READY: Answers = {
  fetch: () =>
    new Response('Starting.\n', {
      status: 503,
      headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' },
    }),
  ready: () => undefined,
}

export interface Door {
  /** A URL. */
  readonly address: string
  /** Lets the application answer from now on. */
  readonly open: (app: Application) => Promise<void>
  /** Resolves once what was asked is answered. */
  readonly close: () => Promise<void>
}

/** @throws UsageError where it can't listen there. */
export async function openDoor(values: Values, part: Part, health: Health): Promise<Door> {
  let answers = NOT_READY
  const host = values.host as string
  const listen = () =>
    startListening(readNumber('port', values.port as string, 65_535), host, {
      fetch: (request, env) => health.answer(request) ?? answers.fetch(request, env),
      ready: (asked) => answers.ready(asked),
    })
  // Where other workers answer already, nobody has to be told to wait.
  let server = part.address === undefined ? await listen() : undefined
  return {
    address: part.address ?? addressOf(server as Server, host),
    async open(app) {
      answers = { fetch: (request, env) => app.fetch(request, env), ready: app.answerReady }
      server ??= await listen()
    },
    close: () => stopListening(server),
  }
}
