#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts'

// A reader that goes away, as in `| head`, is noticed where results are written.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

process.exitCode = await runCommandLine(process.argv.slice(2))
