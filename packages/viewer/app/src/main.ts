import { defineFaceViewerElement } from '../../src/element.ts'
import { KEYS_HELP } from '../../src/navigation/keyboard.ts'
import { App } from './app.ts'
import { part } from './page/part.ts'

defineFaceViewerElement()
part('keys-help', HTMLElement).textContent =
  `The viewer obeys keys while it has the focus. ${KEYS_HELP}`
new App()
