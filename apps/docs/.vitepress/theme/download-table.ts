import { type FunctionalComponent, h } from 'vue'
import download from '../../data/download.json' with { type: 'json' }

const parts: readonly (readonly [keyof typeof download, string])[] = [
  ['page', 'the page: HTML, scripts, styles, samples'],
  ['scripts', "the example's own scripts and the detector's worker"],
  ['kernels', 'the kernels that run the network: WebAssembly'],
  ['weights', 'the network and its mesh branch'],
  ['total', 'in all'],
]

/** What a visitor downloads before the first face; `scripts/write-download.ts` measures it. */
export const DownloadTable: FunctionalComponent = () =>
  h('table', [
    h(
      'thead',
      h('tr', [h('th', { scope: 'col' }, 'Part'), h('th', { scope: 'col' }, 'Bytes sent')]),
    ),
    h(
      'tbody',
      parts.map(([part, text]) =>
        h('tr', [h('td', text), h('td', download[part].toLocaleString('en'))]),
      ),
    ),
  ])
