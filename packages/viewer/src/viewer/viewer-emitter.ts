import type { ViewerEvents } from './viewer-events.ts'

/** Tells listeners what happens in a viewer. */
export class ViewerEmitter {
  private readonly target = new EventTarget()

  addEventListener<Type extends keyof ViewerEvents>(
    type: Type,
    listener: (event: CustomEvent<ViewerEvents[Type]>) => void,
  ): void {
    this.target.addEventListener(type, listener as EventListener)
  }

  removeEventListener<Type extends keyof ViewerEvents>(
    type: Type,
    listener: (event: CustomEvent<ViewerEvents[Type]>) => void,
  ): void {
    this.target.removeEventListener(type, listener as EventListener)
  }

  protected emit<Type extends keyof ViewerEvents>(type: Type, detail: ViewerEvents[Type]): void {
    this.target.dispatchEvent(new CustomEvent(type, { detail }))
  }
}
