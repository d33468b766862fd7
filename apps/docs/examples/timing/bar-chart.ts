import { formatTime } from '../kit/count-faces.ts'
import { element } from '../kit/element.ts'

/** A table of times with a bar for each. */
export function barChart(parent: HTMLElement): {
  show(times: readonly (readonly [name: string, milliseconds: number])[]): void
} {
  const body = element('tbody')
  const head = ['Stage', '', 'Time'].map((text) => {
    return element('th', { scope: 'col' }, [
      text || element('span', { className: 'visually-hidden' }, ['Share']),
    ])
  })
  const table = element('table', { className: 'example-bars' }, [
    element('thead', {}, [element('tr', {}, head)]),
    body,
  ])
  parent.append(table)
  return {
    show: (times) => {
      const most = Math.max(...times.map(([, time]) => time))
      body.replaceChildren(
        ...times.map(([name, time]) => {
          const bar = element('div', { className: 'example-bar' })
          bar.style.width = `${(100 * time) / most}%`
          return element('tr', {}, [
            element('th', { scope: 'row' }, [name]),
            element('td', {}, [bar]),
            element('td', {}, [formatTime(time)]),
          ])
        }),
      )
    },
  }
}
