// A reader that polls one feed for a long time, and what it holds of it.

/** An entry as the reader shows it: its title, and its text as far as that tells an edit. */
export interface Held {
  readonly title: string
  readonly text: string
}

export interface Poller {
  readonly name: string
  /** Why it is sent a feed whole where others are sent a delta; nothing where it isn't. */
  readonly neverDelta?: string
  /** Whether it asks by the validators that it was given. */
  readonly isConditional: boolean
  /** Whether it comes after a feed that moved. */
  readonly followsMoves: boolean
  /** Whether it shows what was edited. */
  readonly showsEdits: boolean
  /**
   * Begins to poll a feed.
   * @param home a folder of its own.
   */
  readonly subscribe: (home: string, url: string) => Promise<Subscription>
}

export interface Subscription {
  readonly poll: () => Promise<void>
  readonly holds: () => Promise<Held[]>
  readonly end: () => Promise<void>
}

export const nothing = async () => {}
