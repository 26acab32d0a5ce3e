// What the pages do beyond HTML: times in the reader's zone, copying, full texts in place, a builder that follows the form.
// @ts-check

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()

/** @param {ParentNode} root */
function enliven(root) {
  for (const time of root.querySelectorAll('time')) {
    // Times in an article's own text stay as they were written.
    if (time.dataset.moment === undefined) continue
    const { lang } = time.closest('[lang]:not([lang=""])') ?? document.documentElement
    // The language of the words around it, which may not be the article's, as it is written where the reader is.
    const format = new Intl.DateTimeFormat(asReadBy(time.lang || lang), {
      dateStyle: 'long',
      timeStyle: 'short',
    })
    time.textContent = format.format(new Date(time.dateTime))
  }
  for (const button of root.querySelectorAll('button[data-copy]')) {
    if (button instanceof HTMLButtonElement) offerCopying(button)
  }
  for (const link of root.querySelectorAll('a.full-text')) {
    if (link instanceof HTMLAnchorElement) showInPlace(link)
  }
  reachByKeys(root)
}

/**
 * Code and tables that are wider than a page, so that they can be scrolled by keys in browsers that don't see to it.
 * @param {ParentNode} root what is shown
 */
function reachByKeys(root) {
  for (const wide of root.querySelectorAll('.body :is(pre, table)')) {
    if (wide instanceof HTMLElement && wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0
  }
}

/**
 * A language in the kind of it that the reader's browser asks for: one reads `9 March` and another `March 9`.
 * @param {string} lang
 */
function asReadBy(lang) {
  const [language] = lang.split('-')
  return navigator.languages.find((own) => own.split('-')[0] === language) ?? lang
}

/** @param {HTMLButtonElement} button */
function offerCopying(button) {
  const field = document.getElementById(button.dataset.copy ?? '')
  // Browsers let only secure pages copy.
  if (!(field instanceof HTMLInputElement) || navigator.clipboard === undefined) return
  const label = button.textContent
  const name = button.ariaLabel
  button.hidden = false
  button.addEventListener('click', async () => {
    field.select()
    await navigator.clipboard.writeText(field.value)
    button.textContent = button.dataset.copied ?? label
    // So that those who hear the page are told as well.
    button.ariaLabel = null
    setTimeout(() => {
      button.textContent = label
      button.ariaLabel = name
    }, 2000)
  })
}

/** @param {HTMLAnchorElement} link */
function showInPlace(link) {
  /** @type {HTMLElement | undefined} */
  let shown
  let isComing = false
  link.setAttribute('role', 'button')
  link.setAttribute('aria-expanded', 'false')
  const toggle = async (/** @type {MouseEvent | KeyboardEvent} */ event) => {
    // It is to be opened in another tab or window, or saved.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    // Asked again while it is on its way: once is enough.
    if (isComing) return
    if (shown === undefined) {
      isComing = true
      try {
        shown = await bodyAt(link.href)
      } catch {
        location.assign(link.href)
        return
      } finally {
        isComing = false
      }
      shown.hidden = true
      link.closest('.entry')?.append(shown)
    }
    shown.hidden = !shown.hidden
    reachByKeys(link.closest('.entry') ?? document)
    link.setAttribute('aria-expanded', String(!shown.hidden))
  }
  link.addEventListener('click', toggle)
  link.addEventListener('keydown', (event) => {
    if (event.key === ' ') toggle(event)
  })
}

/** @param {string} address of an article's page */
async function bodyAt(address) {
  const page = await pageAt(address)
  const body = page.querySelector('.body')
  if (!(body instanceof HTMLElement)) throw new Error(`no text at ${address}`)
  // Two texts in one page may use the same names.
  for (const named of body.querySelectorAll('[id]')) named.removeAttribute('id')
  return document.adoptNode(body)
}

/** @param {string} address */
async function pageAt(address, init = {}) {
  // The page may be shown under another host than the publication's, such as behind a proxy: only the path counts.
  const { pathname, search } = new URL(address)
  const response = await fetch(pathname + search, init)
  if (!response.ok) throw new Error(`${response.status} ${address}`)
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  return Object.assign(page, { address: response.url })
}

/** @param {HTMLFormElement} form */
function follow(form) {
  const place = form.dataset.live ?? ''
  /** @type {AbortController | undefined} */
  let running
  const update = async () => {
    running?.abort()
    running = new AbortController()
    const query = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && value !== '') query.append(name, value)
    }
    const address = `${form.action.replace(/[?#].*/, '')}?${query}`
    // At once, so that who leaves before the answer is there and comes back finds the form as it was.
    stand(address)
    try {
      const page = await pageAt(address, { signal: running.signal })
      const [shown, next] = [document.getElementById(place), page.getElementById(place)]
      if (shown === null || next === null) return
      renew(shown, next)
      enliven(shown)
      stand(page.address)
    } catch (error) {
      // Aborted: another choice took its place.
      if (error instanceof DOMException) return
      console.warn(error)
      const result = document.getElementById(place)
      const status = result?.querySelector('[role=status]')
      result?.classList.add('stale')
      if (status) status.textContent = form.dataset.failed ?? ''
    }
  }
  form.addEventListener('keydown', (event) => {
    const { target, key, isComposing } = event
    if (key !== 'Enter' || isComposing || !(target instanceof HTMLInputElement)) return
    // The button beside a field leads to what it found; without a script the return key presses the form's own.
    const button = target.parentElement?.querySelector('button[formaction]')
    if (!(button instanceof HTMLButtonElement)) return
    event.preventDefault()
    form.requestSubmit(button)
  })
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name.endsWith('-find')) return
    if (target.checked && target.type === 'checkbox') takeBack(form, target)
    clearTimeout(waiting)
    // Words are still being typed; a choice stands before the page can be left.
    if (target.type === 'search') waiting = setTimeout(update, 300)
    else update()
  })
  // A page that a browser kept as it was left may be ahead of its result.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) update()
  })
}

/** @param {string} address what the page shows from now on */
function stand(address) {
  const { pathname, search } = new URL(address)
  history.replaceState(null, '', pathname + search)
}

/**
 * A result becomes the next one around its status, which stays: whoever hears the page is told what changes in an element
 * that was there, not of one that comes with its words.
 * @param {Element} shown
 * @param {Element} next
 */
function renew(shown, next) {
  const [status, news] = [shown, next].map((one) => one.querySelector('[role=status]'))
  if (!status || !news) return
  for (const part of [...shown.children]) if (part !== status) part.remove()
  const parts = [...next.children]
  const at = parts.indexOf(news)
  status.before(...parts.slice(0, at))
  status.after(...parts.slice(at + 1))
  status.textContent = news.textContent
  shown.classList.remove('stale')
}

/**
 * What is included isn't left out.
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} chosen
 */
function takeBack(form, { name, value }) {
  const opposite = value.startsWith('-') ? value.slice(1) : `-${value}`
  for (const box of form.querySelectorAll('input[type=checkbox]')) {
    if (box instanceof HTMLInputElement && box.name === name && box.value === opposite)
      box.checked = false
  }
}

for (const zone of document.querySelectorAll('[data-zone]')) {
  if (zone instanceof HTMLElement)
    zone.textContent = (zone.textContent ?? '').replace(zone.dataset.zone ?? '', timeZone)
}
enliven(document)
for (const form of document.querySelectorAll('form[data-live]')) {
  if (form instanceof HTMLFormElement) follow(form)
}
