import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { FaceCamera } from './FaceCamera.tsx'

const place = document.getElementById('app')
if (place) createRoot(place).render(createElement(FaceCamera))
