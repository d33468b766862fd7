import type { DefaultTheme } from 'vitepress'
import { readExamples } from './read-examples.ts'

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Guide',
    items: [
      { text: 'Quick start', link: '/guide/quick-start' },
      { text: 'How it works', link: '/guide/how-it-works' },
      { text: 'Coordinate frames', link: '/guide/coordinate-frames' },
      { text: 'Models', link: '/guide/models' },
      { text: 'Accuracy', link: '/guide/accuracy' },
      { text: 'Performance', link: '/guide/performance' },
      { text: 'Privacy and security', link: '/guide/privacy-and-security' },
      { text: 'Serving the files', link: '/guide/hosting' },
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
      { text: 'A million pictures', link: '/recipes/million-pictures' },
      { text: 'A webcam in React', link: '/recipes/webcam-react' },
    ],
  },
  {
    text: 'Moving from',
    items: [
      { text: 'face-api.js', link: '/migration/face-api' },
      { text: 'Human', link: '/migration/human' },
      { text: 'MediaPipe', link: '/migration/mediapipe' },
    ],
  },
  {
    text: 'More',
    items: [
      { text: 'Questions', link: '/faq' },
      { text: 'Model card: detectors', link: '/model-cards/mnet025' },
      { text: 'Model card: meshes', link: '/model-cards/mesh' },
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
