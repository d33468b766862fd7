import {
  type Component,
  defineComponent,
  h,
  onBeforeUnmount,
  onMounted,
  ref,
  useId,
  type VNode,
} from 'vue'
import { type OpenStage, openStage } from '../../examples/kit/stage.ts'
import { loadExample } from './load-example.ts'
import { tabs } from './tabs.ts'

interface Properties {
  /** The example's folder. */
  name: string
  /** Loads nothing heavy before the visitor asks for it. */
  waits?: boolean
}

/** A live example; what is in the slot is shown as its code. */
const LiveExample: Component = defineComponent(
  ({ name, waits = false }: Properties, { slots }) => {
    const root = ref<HTMLElement>()
    const status = ref('')
    const failed = ref(false)
    let stage: OpenStage | undefined

    onMounted(async () => {
      const say = (text: string) => {
        status.value = text
      }
      const open = openStage(root.value!, { waits, say })
      stage = open
      try {
        const run = await loadExample(name)
        if (!open.signal.aborted) await run(open)
      } catch (error) {
        failed.value = true
        open.say(`This did not work: ${error instanceof Error ? error.message : String(error)}`)
      }
    })
    onBeforeUnmount(() => void stage?.close())

    const live = (): VNode[] => [
      h('div', { ref: root, class: 'example-root' }),
      h('p', { class: ['example-status', { failed: failed.value }], role: 'status' }, status.value),
    ]
    const id = useId()
    const tab = ref(0)
    return () =>
      h('section', { class: 'example', 'aria-label': `Live example: ${name}` }, [
        slots.default
          ? tabs(id, tab, [
              { label: 'Try it', content: live() },
              { label: 'Code', content: slots.default() },
            ])
          : live(),
      ])
  },
  { props: { name: { type: String, required: true }, waits: Boolean } },
)

export default LiveExample
