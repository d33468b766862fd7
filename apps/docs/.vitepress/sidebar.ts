import type { DefaultTheme } from 'vitepress'
import { readExamples } from './read-examples.ts'
import { readModelCards } from './read-model-cards.ts'

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Quick start', link: '/guide/quick-start' },
      { text: 'Which option do I need?', link: '/guide/which-option' },
      { text: 'Options and errors', link: '/guide/options-and-errors' },
      { text: 'How it works', link: '/guide/how-it-works' },
      { text: 'Coordinate frames', link: '/guide/coordinate-frames' },
      { text: 'Models', link: '/guide/models' },
      { text: 'Accuracy', link: '/guide/accuracy' },
      { text: 'Performance', link: '/guide/performance' },
      { text: 'Benchmarks', link: '/guide/benchmarks' },
      { text: 'Beside other packages', link: '/guide/comparison' },
      { text: 'Expressions', link: '/guide/expressions' },
      { text: 'Showing meshes', link: '/guide/viewer' },
      { text: 'Videos', link: '/guide/videos' },
      { text: 'Recognition', link: '/guide/recognition' },
      { text: 'Millions of pictures', link: '/guide/batch' },
      { text: 'Privacy and security', link: '/guide/privacy-and-security' },
      { text: 'Serving the files', link: '/guide/hosting' },
      { text: 'Bundles, runtimes and tests', link: '/guide/bundles-and-runtimes' },
    ],
  },
]

const more: DefaultTheme.SidebarItem[] = [
  {
    text: 'Recipes',
    items: [
      { text: 'Cut out avatars', link: '/recipes/avatars' },
      { text: 'Blur a folder', link: '/recipes/blur-folder' },
      { text: 'Align for ArcFace', link: '/recipes/align-arcface' },
      { text: 'An avatar in Blender', link: '/recipes/blender' },
      { text: 'Drive an avatar', link: '/recipes/drive-an-avatar' },
      { text: 'A million pictures', link: '/recipes/million-pictures' },
      { text: 'A server', link: '/recipes/server' },
      { text: 'A webcam in React', link: '/recipes/webcam-react' },
    ],
  },
  {
    text: 'Moving from',
    items: [
      { text: 'face-api.js', link: '/migration/face-api' },
      { text: 'Human', link: '/migration/human' },
      { text: 'MediaPipe', link: '/migration/mediapipe' },
      { text: 'Earlier versions', link: '/migration/new-names' },
    ],
  },
  {
    text: 'More',
    items: [
      { text: 'Questions', link: '/faq' },
      { text: 'The command line', link: '/reference/command-line/' },
      ...readModelCards().map(({ name, title }) => {
        return { text: `Model card: ${title}`, link: `/model-cards/${name}` }
      }),
    ],
  },
]

/** Every page of the site, in reading order. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const examples = readExamples().map(({ name, title }) => {
    return { text: title, link: `/examples/${name}` }
  })
  return [...guide, { text: 'Live examples', items: examples }, ...more]
}
