import type { ViewerEvents } from '../viewer/viewer-events.ts'

/** The events of the element, and what their `detail` is. */
export interface ViewerElementEvents extends ViewerEvents {
  /** Why faces or an image that were set cannot be shown, or nothing can be drawn. */
  readonly viewererror: unknown
}

type Listener<Type extends keyof ViewerElementEvents> = (
  event: CustomEvent<ViewerElementEvents[Type]>,
) => void

/** An element whose own events are typed, as those that all elements have. */
export interface TypedEvents extends HTMLElement {
  addEventListener<Type extends keyof ViewerElementEvents>(
    type: Type,
    listener: Listener<Type>,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener<Type extends keyof ViewerElementEvents>(
    type: Type,
    listener: Listener<Type>,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void
}
