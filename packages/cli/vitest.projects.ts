import type { TestProjectInlineConfiguration } from 'vitest/config'
import { sharedAndAlone } from '../../fixtures/shared-and-alone.ts'

// Each changes what others see: modules of Node.js, or the globals.
const alone = ['test/output/output-folder.test.ts', 'test/commands/blur-strength.test.ts']

/** The command's tests, in this process and as processes of its own. */
export const projects: TestProjectInlineConfiguration[] = sharedAndAlone('cli', alone, {
  globalSetup: ['test/bundle-command.ts'],
})
