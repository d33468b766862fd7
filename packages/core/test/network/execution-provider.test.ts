import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { describe, expect, test } from 'vitest'
import { listProviders, openOnFirst } from '../../src/network/execution-provider.ts'

const isName = (value: unknown) => typeof value === 'string'

describe('listProviders', () => {
  test('takes one or several', () => {
    expect(listProviders('cpu', isName, 'a name')).toEqual(['cpu'])
    expect(listProviders(['cuda', 'cpu'], isName, 'a name')).toEqual(['cuda', 'cpu'])
  })

  test.each([[[]], [[1]], [1], [null]])('refuses %j and says what is expected', (asked) => {
    const list = () => listProviders<unknown>(asked, isName, 'a name')
    expect(list).toThrow(InvalidArgumentError)
    expect(list).toThrow('Expected a name, or a list of them, for options.provider')
  })
})

describe('openOnFirst', () => {
  const opener = (working: string) => {
    const tried: string[] = []
    const open = async (name: string) => {
      tried.push(name)
      if (name !== working) throw new Error(`${name} is not there.`)
      return { provider: { name, threads: 2 } }
    }
    return { tried, open }
  }

  test('takes the first and tries no other', async () => {
    const { tried, open } = opener('cuda')
    expect(await openOnFirst(['cuda', 'cpu'], open)).toEqual({
      provider: { name: 'cuda', threads: 2 },
    })
    expect(tried).toEqual(['cuda'])
  })

  test('passes those over that cannot be opened, and says why', async () => {
    const { open } = opener('cpu')
    expect(await openOnFirst(['cuda', 'webgpu', 'cpu'], open)).toEqual({
      provider: {
        name: 'cpu',
        threads: 2,
        fallbackReason: 'cuda is not there. webgpu is not there.',
      },
    })
  })

  test('rejects with what the last one fails with', async () => {
    const { open } = opener('cpu')
    await expect(openOnFirst(['cuda', 'webgpu'], open)).rejects.toThrow('webgpu is not there.')
  })
})
