import { h, type Ref, type VNode } from 'vue'

/** One tab and its panel. */
export interface Tab {
  readonly label: string
  readonly content: readonly VNode[]
}

/** Tabs with their panels; `chosen` counts from 0. All panels stay in the page. */
export function tabs(id: string, chosen: Ref<number>, all: readonly Tab[]): VNode[] {
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined) return
    chosen.value = (chosen.value + by + all.length) % all.length
    document.getElementById(`${id}-tab-${chosen.value}`)?.focus()
  }
  const list = all.map(({ label }, i) =>
    h(
      'button',
      {
        id: `${id}-tab-${i}`,
        type: 'button',
        role: 'tab',
        'aria-selected': chosen.value === i,
        'aria-controls': `${id}-panel-${i}`,
        tabindex: chosen.value === i ? 0 : -1,
        onClick: () => {
          chosen.value = i
        },
      },
      label,
    ),
  )
  const panels = all.map(({ content }, i) =>
    h(
      'div',
      {
        id: `${id}-panel-${i}`,
        role: 'tabpanel',
        'aria-labelledby': `${id}-tab-${i}`,
        hidden: chosen.value !== i,
      },
      [...content],
    ),
  )
  return [h('div', { class: 'example-tabs', role: 'tablist', onKeydown: step }, list), ...panels]
}
