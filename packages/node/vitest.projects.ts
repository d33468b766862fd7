import type { TestProjectInlineConfiguration } from 'vitest/config'
import { sharedAndAlone } from '../../fixtures/shared-and-alone.ts'

// Each replaces a module that other files load, too.
const alone = ['test/detector-contract.test.ts', 'test/read-limits.test.ts']

/** The package's tests. */
export const projects: TestProjectInlineConfiguration[] = sharedAndAlone('node', alone)
