/** The one address that is listened on. */
export const LOOPBACK = '127.0.0.1'

/** What browsers do not say in `Host`. */
const USUAL_PORT = 80

/**
 * True if a request's `Host` names this machine: a page elsewhere could point a name of its own at
 * it, and is not let in.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return [LOOPBACK, 'localhost'].some((name) => {
    return host === `${name}:${port}` || (port === USUAL_PORT && host === name)
  })
}
