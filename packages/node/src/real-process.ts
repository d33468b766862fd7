import { createRequire } from 'node:module'
import { runInThisContext } from 'node:vm'
import { here } from './here.ts'

/** Node.js's own process; Jest and others that run modules in a context of their own make another. */
export const realProcess: NodeJS.Process = runInThisContext('process')

/**
 * Loads packages of native code outside of such a context. Its arrays come from there in any case, and
 * its own code, loaded in the context, would not know them.
 */
export const realRequire: NodeJS.Require =
  realProcess === process
    ? createRequire(here)
    : realProcess.getBuiltinModule('node:module').createRequire(here)
